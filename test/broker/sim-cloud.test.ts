import { spawn } from 'node:child_process';
import { expect, it, onTestFinished } from 'vitest';
import { until } from './client.ts';
import { BrokerBench } from './kiosk-bench.ts';
import { Mosquitto } from './mosquitto.ts';

const WITHIN_MS = 40_000;

/** `npm run sim:cloud` as somebody at a terminal has it. */
class Typed {
  readonly #child;
  printed = '';

  constructor(args: readonly string[]) {
    this.#child = spawn('node_modules/.bin/node', ['sim/cloud/cloud.ts', ...args]);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.on('data', (bytes: Buffer) => {
        this.printed += bytes.toString('utf8');
      });
    }
    onTestFinished(() => void this.#child.kill('SIGKILL'));
  }

  async says(what: RegExp): Promise<void> {
    await until(`it prints ${what}`, () => what.test(this.printed), WITHIN_MS);
  }

  async types(line: string, then: RegExp): Promise<void> {
    this.printed = '';
    this.#child.stdin.write(`${line}\n`);
    await this.says(then);
  }
}

it('R24 the reference consumer as a command sees, orders, and is rude when told', async () => {
  const broker = await Mosquitto.start();
  const bench = await new BrokerBench(broker).startAlone();
  const { command, people } = bench.keyFiles(broker.folder);
  const cloud = new Typed([
    ...['--broker', broker.url, '--ca', broker.path('ca.crt')],
    ...['--cert', broker.path('cloud.crt'), '--key', broker.path('cloud.key')],
    ...['--command-key', command, '--people-key', people],
  ]);
  await cloud.says(/LOC001 status ready, session/);
  await cloud.says(/LOC001 evt .*kiosk\.started/);
  await bench.drained(WITHIN_MS);
  await cloud.types('customer LOC001 c_1 +12125550111', /LOC001 prov {3}ok, rev 1, 1\n/);
  const parcel = { carrier: 'ACME', label: 'AC0012345', size: 'S', recipient: 'c_1' };
  const announce = `send LOC001 parcel.announce ${JSON.stringify(parcel)}`;
  await cloud.types(announce, /LOC001 res {4}parcel\.announce DONE/);
  await cloud.types('send LOC001 slot.open {"slot":"LOCK1/9"}', /slot\.open OPENED LOCK1\/9/);
  await cloud.types('kiosks', /LOC001: ready; S 5 free 0 busy 0 out.* twice; .*1 people/);
  await cloud.types('vanish', /^/);
  bench.kiosk.app.supervisor.send('LOCK1/2', { type: 'BLOCK' });
  await cloud.says(/alert {2}slot\.LOCK1\.2: blocked/);
  expect(bench.kiosk.app.store.outbox.waiting().count).toBeGreaterThan(0);
  await cloud.types('repeat on', /^/);
  await cloud.types('reorder on', /^/);
  await cloud.types('late 200', /^/);
  await cloud.types('back', /^/);
  await bench.drained(WITHIN_MS);
  await cloud.types('late x y', /^/);
  await cloud.types('nonsense', /no command 'nonsense'; try help/);
});
