import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoSite } from '../demo-site.ts';
import { Tmux } from './tmux.ts';

/**
 * npm run screens [-- --write]
 *
 * Drives `lockerctl kiosk` and `lockerctl watch` in real terminals, against a daemon and a wall of
 * their own, through a whole drop, and ends with 1 when a screen does not come. With `--write` the
 * screens go into docs/screens and docs/LOCKERCTL.md.
 */
const ROOT = new URL('../../', import.meta.url).pathname;
const NODE = process.execPath;
const DOCUMENT = join(ROOT, 'docs/LOCKERCTL.md');
const PIN = '246810';
const PHONE = '+4915112345678';
const folder = mkdtempSync(join(tmpdir(), 'lockerd-screens-'));
const config = join(folder, 'kiosk.toml');
const terminals = new Tmux(`lockerd-screens-${process.pid}`);

const program = (file: string, ...args: readonly string[]): string =>
  [NODE, join(ROOT, file), ...args].map((word) => `'${word}'`).join(' ');
const lockerctl = (...args: readonly string[]): string =>
  program('src/cli/main.ts', '--folder', join(folder, 'api'), ...args);
const lockerd = (...args: readonly string[]): string =>
  execFileSync(NODE, [join(ROOT, 'src/main.ts'), ...args, '--config', config], {
    encoding: 'utf8',
  });

function keep(name: string, screen: string): void {
  process.stdout.write(`\n== ${name}\n${screen}`);
  if (!process.argv.includes('--write')) return;
  mkdirSync(join(ROOT, 'docs/screens'), { recursive: true });
  writeFileSync(join(ROOT, `docs/screens/${name}.txt`), screen);
  const [start, end] = [`<!-- ${name} -->\n\`\`\`text\n`, '```\n'];
  const text = readFileSync(DOCUMENT, 'utf8');
  const from = text.indexOf(start) + start.length;
  if (from < start.length) return;
  writeFileSync(DOCUMENT, text.slice(0, from) + screen + text.slice(text.indexOf(end, from)));
}

async function play(): Promise<void> {
  writeFileSync(config, demoSite(folder) + SOCKETS);
  const wall = join(ROOT, 'sim/walls/demo.toml');
  terminals.open('wall', program('sim/sim.ts', '--wall', wall, '--links', folder));
  await terminals.shows('wall', 'bus main');
  const [staff = ''] =
    /\d{6}/.exec(lockerd('add-courier', '--carrier', 'ACME', '--pin', PIN)) ?? [];
  lockerd('announce', 'ACME-10101', '--carrier', 'ACME', '--size', 'S', '--phone', PHONE);
  terminals.open('daemon', program('src/main.ts', 'run', '--config', config, '--keypad', 'none'));
  await terminals.shows('daemon', '"serving"');
  terminals.open('kiosk', lockerctl('kiosk'));
  keep('kiosk', await terminals.shows('kiosk', 'Market Square'));
  terminals.open('watch', lockerctl('watch'));
  await terminals.shows('watch', 'available');
  await drop(staff);
  await replay();
}

/** A courier at the keypad, and hands at the door. */
async function drop(staff: string): Promise<void> {
  const types = async (keys: string, then: string | RegExp): Promise<string> => {
    terminals.keys('kiosk', keys);
    return terminals.shows('kiosk', then);
  };
  await types('2', /staff number/i);
  await types(staff, 'PIN');
  await types(`${PIN}#`, /Drop a parcel/);
  await types('1', /label/i);
  await types('10101', 'ACME-10101');
  keep('kiosk-open', await types('1', 'is open'));
  keep('watch', await terminals.shows('watch', /▯ +1 S open[\s\S]*slot\.opened/));
  terminals.keys('wall', 'put A 1 book', 'Enter');
  terminals.keys('wall', 'close A 1', 'Enter');
  await terminals.shows('kiosk', /1 {2}Yes|1 .*yes/i);
  terminals.keys('kiosk', '1');
  await terminals.shows('watch', 'parcel.stored');
}

/** The same once more, from a trace of it. */
async function replay(): Promise<void> {
  const file = join(folder, 'kiosk.trace');
  terminals.open(
    'trace',
    `${lockerctl('trace', 'export', file)} && ${lockerctl('watch', '--trace', file)}`,
  );
  await terminals.shows('trace', 'step 0 of');
  terminals.keys('trace', ' ');
  keep(
    'watch-trace',
    await terminals.shows('trace', /LEFT_IT[\s\S]*the end|the end[\s\S]*LEFT_IT/),
  );
  terminals.keys('trace', 'p');
  await terminals.shows('trace', /step \d+ of \d+\n/);
}

const SOCKETS = `
[notices]
spool = "${folder}/notices"
[api]
folder = "${folder}/api"
`;

try {
  await play();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
} finally {
  terminals.end();
  rmSync(folder, { recursive: true, force: true });
}
