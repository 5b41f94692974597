import { join } from 'node:path';
import { readConfig } from '../../src/app.ts';
import { castOf } from '../demo/cast.ts';
import { Stage } from '../demo/stage.ts';
import { EmbeddedKiosk } from '../embedded.ts';
import { streamedRandom } from '../random.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { ROWS, type Row } from './rows.ts';
import type { Chapter, Scenario } from './scenario.ts';
import { Transcript } from './transcript.ts';

const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/**
 * Plays a scenario on a kiosk of its own and gives what was seen and done. The database lies in
 * `folder`, which must be new. @throws StageError when a step does not do what it says.
 */
async function playScenario(scenario: Scenario, folder: string): Promise<string[]> {
  const config = readConfig(new URL('../embedded.toml', import.meta.url).pathname);
  const transcript = new Transcript();
  const clock = new VirtualClock();
  const kiosk = new EmbeddedKiosk({
    clock,
    config: scenario.site?.(config) ?? config,
    folder,
    seed: SEED,
    random: streamedRandom(SEED),
    log: SILENT,
    baud: config.buses[0]?.baud ?? 0,
    onMessage: (message, channel) => stage.received(channel, message),
  });
  const stage: Stage = new Stage(clock, kiosk, transcript);
  stage.switchOn();
  await scenario.play(await castOf(stage));
  await new Promise<void>((stopped) => {
    kiosk.app.stop(stopped);
    clock.advance(STOP_MS);
  });
  return transcript.lines;
}

const SEED = 1;
const STOP_MS = 10_000;

/** The whole of docs/FLOWS.md; every kiosk gets a folder of its own in `folder`. */
export async function flowsDocument(chapters: readonly Chapter[], folder: string): Promise<string> {
  const parts = [HEAD, tableOf(ROWS)];
  for (const [number, { title, scenarios }] of chapters.entries()) {
    parts.push(`## ${title}`);
    for (const [index, scenario] of scenarios.entries()) {
      const lines = await playScenario(scenario, join(folder, `${number}-${index}`));
      parts.push(
        `### ${scenario.title}`,
        scenario.about.join('\n'),
        ['```text', ...lines, '```'].join('\n'),
      );
    }
  }
  return `${parts.join('\n\n')}\n`;
}

function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(({ what, pages, tests = [] }) => {
    const links = [
      ...pages.map(({ title }) => `[${title}](#${anchorOf(title)})`),
      ...tests.map((path) => `[${path}](../${path})`),
    ];
    return `| ${what} | ${links.join(' · ')} |`;
  });
  return ['| What | Where it is shown |', '| --- | --- |', ...lines].join('\n');
}

/** As documents are linked: small letters, blanks as hyphens, other marks left out. */
const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');

const HEAD = `# Flows

What people see and do at the kiosk, flow by flow. Every flow is a page in
[sim/scenarios](../sim/scenarios/index.ts), played through keys and bytes on the simulated wall.
This document is written by \`npm run flows\`; a test plays all of it and compares.`;
