import { execFile, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { until } from './client.ts';
import { BrokerBench, KIOSK } from './kiosk-bench.ts';
import { Mosquitto } from './mosquitto.ts';

const run = promisify(execFile);
const SEND = new URL('../../docs/broker/send.sh', import.meta.url).pathname;

/** Everything that `mosquitto_sub` prints, a line a message: topic, blank, payload. */
function watch(broker: Mosquitto): string[] {
  const tls = ['--cafile', 'ca.crt', '--cert', 'watcher.crt', '--key', 'watcher.key'];
  const paths = tls.map((word) => (word.startsWith('-') ? word : broker.path(word)));
  const where = ['-V', '5', '-h', 'localhost', '-p', `${broker.port}`];
  const topic = `lockerd/v1/${KIOSK}/up/#`;
  const watcher = spawn('mosquitto_sub', [...where, ...paths, '-q', '1', '-t', topic, '-v']);
  const lines: string[] = [];
  watcher.stdout.on('data', (text) => lines.push(...String(text).split('\n')));
  onTestFinished(() => void watcher.kill());
  return lines;
}

it('R22 mosquitto_pub, mosquitto_sub and OpenSSL need the contract alone', async () => {
  const broker = await Mosquitto.start();
  const bench = await new BrokerBench(broker).start();
  const lines = watch(broker);
  const { app } = bench.kiosk;
  const KEY = join(broker.folder, 'command.key');
  writeFileSync(KEY, bench.commandPem);
  const [HOST, PORT, CERTS] = ['localhost', `${broker.port}`, broker.path('')];
  const env = { ...process.env, HOST, PORT, CERTS, KEY };
  const send = async (...words: string[]) => {
    const { stdout } = await run('sh', [SEND, KIOSK, ...words], { env });
    const id = stdout.trim();
    const told = () => lines.find((line) => line.includes('/up/res ') && line.includes(id));
    await until(`${words[0]} has a result`, () => told() !== undefined);
    const line = told() ?? '';
    return JSON.parse(line.slice(line.indexOf('{'))).d;
  };
  await until('the birth is seen', () => lines.some((line) => line.includes('"state":"ready"')));
  const birth = lines.find((line) => line.includes('"state":"ready"')) ?? '';
  const { sess } = JSON.parse(birth.slice(birth.indexOf('{')));

  const recipient = app.people.addCustomer({ phone: '+12125550111', email: null, language: 'en' });
  const reserveUntil = new Date(bench.clock.wallMs() + 3_600_000).toISOString();
  const parcel = { carrier: 'ACME', label: 'AC0012345', size: 'S', recipient, reserveUntil };
  const announced = await send('parcel.announce', JSON.stringify(parcel));
  expect(announced).toMatchObject({ ok: true, code: 'DONE' });
  expect(app.supervisor.get(announced.slot).state).toBe('reserved');
  const cancelled = await send('parcel.cancel', JSON.stringify({ parcel: announced.parcel }));
  expect(cancelled).toMatchObject({ ok: true, code: 'DONE' });
  const opened = await send('slot.open', '{"slot":"LOCK1/9"}', sess);
  expect(opened).toMatchObject({ ok: true, code: 'OPENED', slot: 'LOCK1/9', grade: 'sensed' });
  const events = () => lines.filter((line) => line.includes('/up/evt ')).join('\n');
  await until('the events are seen', () => events().includes('"slot.opened"'));
  expect(events()).toContain('"parcel.announced"');
  expect(events()).toContain('"command.finished"');
});
