import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { served } from '../api/api-bench.ts';
import type { Bench } from '../app/bench-kiosk.ts';
import { troubledPickup } from '../app/troubled-pickup.ts';
import { audit, publicKeyOf } from '../offline/audits.ts';
import { lockerctlAt } from './terminal.ts';

const MAIN = new URL('../../src/cli/main.ts', import.meta.url).pathname;
const run = promisify(execFile);

/** After one cut. */
const databaseOf = ({ folder }: Bench): string => join(folder, 'lockerd-1.db');

/** What `lockerctl audit verify` says of the kiosk, which is stopped for it. */
async function audited(bench: Bench) {
  bench.stop();
  const args = ['audit', 'verify', databaseOf(bench)];
  const call = run(process.execPath, [MAIN, ...args, '--key', publicKeyOf(bench.folder)]);
  return call.then(({ stdout }) => ({ code: 0, stdout })).catch((error) => error);
}

it('R30 B8 B2 a jam, a crash and a retry are one story with grades; the audit passes', async () => {
  const { bench, parcel } = await troubledPickup();

  const { folder } = await served(bench);
  const { stdout } = await lockerctlAt(folder)(`evidence ${bench.parcel(parcel).ref}`);
  let rest = stdout.split('\n');
  for (const row of STORY) {
    const at = rest.findIndex((line) => row.test(line));
    expect(at, `${row} in order in ${stdout}`).toBeGreaterThanOrEqual(0);
    rest = rest.slice(at + 1);
  }

  const good = await audited(bench);
  expect(good).toMatchObject({ code: 0, stdout: expect.stringContaining('0 findings') });

  bench.start();
  bench.kiosk.door('LOCK1/9').force();
  bench.until('it is seen', () => bench.slot('LOCK1/9').bar?.reason === 'forced');
  bench.stop();
  const forced = await audit(databaseOf(bench), [publicKeyOf(bench.folder)]);
  expect(forced.found).toHaveLength(1);
  expect(forced.lines.join('\n')).toMatch(/^\d+ unauthorised: .*LOCK1\/9/m);
});

const STORY = [
  /parcel\.stored/,
  /commanded .*intent\.armed .*pickup/,
  /acknowledged .*pulse\.result/,
  /intent\.no_change/,
  /--- the kiosk was started again ---/,
  /sensed .*slot\.opened .*rev=(?:[89]|\d\d)/,
  /inferred .*parcel\.retrieved/,
];
