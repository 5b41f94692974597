import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { PtyPort } from '../../sim/pty-port.ts';
import { seededRandom } from '../../sim/random.ts';
import { RealClock } from '../../sim/real-clock.ts';
import { wallOf } from '../../sim/wall-of.ts';
import { readConfig } from '../../src/app.ts';
import type { Config } from '../../src/config/config.ts';
import { NotCommissioned } from '../../src/config/errors.ts';
import { newSlot } from '../../src/domain/slot.ts';
import { openSeal } from '../../src/platform/audit-key.ts';
import { writeSealed } from '../../src/platform/sealed-file.ts';
import { openStore } from '../../src/store/open-store.ts';
import { Bench, scratchFolder } from './bench-kiosk.ts';
import { CommissionBench, site, siteFile } from './commission-bench.ts';

const CU16 = { family: 'kerong-cu16', channels: 2, production: true } as const;
const CLI = ['src/main.ts'];
const NODE = 'node_modules/.bin/node';
const EX_CONFIG = 78;
const WORK_MS_MAX = 60_000;

/** Runs the command, answering each question as soon as it is asked; gives status and output. */
function run(args: readonly string[], answer: (line: string) => string | undefined) {
  return new Promise<{ status: number | null; text: string }>((resolve) => {
    const child = spawn(NODE, [...CLI, ...args]);
    onTestFinished(() => void child.kill('SIGKILL'));
    let text = '';
    const hear = (chunk: Buffer): void => {
      text += chunk.toString();
      for (const line of chunk.toString().split('\n')) {
        const typed = answer(line);
        if (typed !== undefined) child.stdin.write(`${typed}\n`);
      }
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('close', (status) => resolve({ status, text }));
  });
}

test(
  'B11 lockerd is commissioned at a terminal; in production it refuses to run before',
  async () => {
    const folder = scratchFolder();
    const port = join(folder, 'bus');
    const path = siteFile({ ...CU16, ports: [port] }, folder);
    const refused = await run(['run', '--config', path, '--keypad', 'none'], () => undefined);
    expect(refused.status).toBe(EX_CONFIG);
    expect(refused.text).toContain('this site is in production, and its door map');
    expect(refused.text).toContain('npm run lockerd -- commission');

    const config = readConfig(path);
    const around = { clock: new RealClock(), random: seededRandom(1), baud: 19_200 };
    const wall = wallOf(config, around);
    const pty = new PtyPort(wall.bus(port).wire, port);
    onTestFinished(() => pty.unplug());
    const work = await run(['commission', '--config', path], (line) => {
      if (/Shut it/.test(line)) for (const door of wall.board('A').doors) door.push();
      return /Enter/.test(line) && !/q and Enter/.test(line) ? '' : undefined;
    });
    expect(work.text).toContain('2 of 2 doors are good.');
    expect(work.text).toContain(`Written to ${config.doorMap.path}.`);
    expect(work.status).toBe(0);
    const map = JSON.parse(readFileSync(config.doorMap.path, 'utf8'));
    expect(map).toMatchObject({ site: 'FIT', checksum: expect.stringMatching(/^[\da-f]{64}$/) });
  },
  WORK_MS_MAX,
);

/** A kiosk of the config, which starts or refuses to. */
function starts(config: Config): void {
  const bench = new Bench({ config });
  bench.start();
  bench.stop();
}

const PRODUCTION = { production: true, doors: 3 };

async function commissioned(config: Config, spoil?: (bench: CommissionBench) => void) {
  const bench = new CommissionBench(config);
  spoil?.(bench);
  const map = await bench.work();
  if (map === null) throw new Error('the work was ended');
  writeSealed(config.doorMap.path, map);
}

test('B11 a site in production serves with a door map that fits, and not without one', async () => {
  const config = site(PRODUCTION);
  expect(() => starts(config)).toThrow(NotCommissioned);
  expect(() => starts(config)).toThrow('ENOENT');
  await commissioned(config);
  starts(config);
});

test('B11 a door map of another wiring is refused', async () => {
  const config = site(PRODUCTION);
  await commissioned(config);
  const rewired = site({ ...PRODUCTION, doorContact: 'closed-when-open' });
  expect(() => starts({ ...rewired, doorMap: config.doorMap })).toThrow('another wiring');
  const elsewhere = site({ ...PRODUCTION, ports: ['other'] });
  expect(() => starts({ ...elsewhere, doorMap: config.doorMap })).toThrow('another wiring');
  // What has nothing to do with the doors may change.
  starts({ ...config, policy: { ...config.policy, holdDays: 3 } });
});

test('B11 a door map that was changed, or has a door that is not good, is refused', async () => {
  const config = site(PRODUCTION);
  await commissioned(config);
  const text = readFileSync(config.doorMap.path, 'utf8');
  writeFileSync(config.doorMap.path, text.replace('"number": 2', '"number": 3'));
  expect(() => starts(config)).toThrow('checksum is wrong');
  await commissioned(config, ({ wall }) => {
    wall.door('A', 2).contact.fault = 'inverted';
  });
  expect(() => starts(config)).toThrow('1 doors are not good, the first is door 2: inverted');
});

test('B2 B11 every pulse of a fitter is in the journal, and a full slot is named', async () => {
  const config = site({ doors: 2 });
  await commissioned(config);
  const store = openStore(
    config.database.path,
    openSeal(config.keys.audit, false),
    seededRandom(1),
  );
  const rows = store.journal.tail(10).filter(({ t }) => t === 'commission.pulse');
  expect(rows.map(({ slot, cause }) => [slot, cause])).toEqual([
    ['L/1', 'fitter'],
    ['L/2', 'fitter'],
  ]);
  store.slots.put({ ...newSlot('L/2'), state: 'occupied', parcel: 'PARCEL' });
  store.close();
  const bench = new CommissionBench(config);
  await bench.work();
  expect(bench.said.join('\n')).toContain('Door 2 (board A, channel 2). It holds parcel PARCEL.');
});
