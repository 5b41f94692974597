import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { BrokerBench, KIOSK } from './kiosk-bench.ts';
import { Mosquitto } from './mosquitto.ts';

const run = promisify(execFile);
const SCRIPT = new URL('../../docs/broker/by-hand.sh', import.meta.url).pathname;
const TRANSCRIPT = new URL('../../docs/broker/by-hand.txt', import.meta.url).pathname;

/** What differs from run to run, and what a kiosk of another day would say. */
const VARIABLE: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}/g, '‹uuid›'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g, '‹uuid›'],
  [/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '‹time›'],
  [/"(mono|rev|lastSeq|acked|upto|seq)":\d+/g, '"$1":‹n›'],
  [/"auditHead":"[^"]*"/g, '"auditHead":"‹seq:hash›"'],
  [/"ep":"[0-9a-f]{16}"/g, '"ep":"‹epoch›"'],
  [/"box":"[^"]*"/g, '"box":"‹key›"'],
  [/"ref":"[^"]*"/g, '"ref":"‹ref›"'],
  [/"fw":"[^"]*"/g, '"fw":"‹version›"'],
  [/ \| tee \S+/g, ''],
];

it('R22 mosquitto_pub, mosquitto_sub and OpenSSL need the contract alone', async () => {
  const broker = await Mosquitto.start();
  const bench = await new BrokerBench(broker).startAlone();
  const { command: KEY, people: PEOPLE_KEY } = bench.keyFiles(broker.folder);
  const where = { HOST: 'localhost', PORT: `${broker.port}`, CERTS: broker.path('') };
  const env = { ...process.env, ...where, KEY, PEOPLE_KEY };
  const { stdout } = await run('sh', [SCRIPT, KIOSK, 'LOCK1/9'], { env });
  const text = VARIABLE.reduce((now, [what, by]) => now.replace(what, by), stdout);
  await expect(text).toMatchFileSnapshot(TRANSCRIPT);
  for (const code of ['"code":"DONE"', '"code":"OPENED"', '"code":"BAD_SESSION"']) {
    expect(stdout).toContain(code);
  }
  expect(bench.kiosk.door('LOCK1/9').isOpen).toBe(true);
});
