import { execFile, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { until } from './client.ts';
import { BrokerBench, KIOSK } from './kiosk-bench.ts';
import { Mosquitto } from './mosquitto.ts';

const MAIN = new URL('../../src/cli/main.ts', import.meta.url).pathname;
const run = promisify(execFile);

/** What `lockerctl fleet` printed, and the status that it ended with. */
async function fleet(args: readonly string[]) {
  try {
    return { status: 0, ...(await run(process.execPath, [MAIN, ...args])) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { status: code, stdout, stderr };
  }
}

/** A broker with a kiosk, and how an operator reaches it. */
async function site() {
  const broker = await Mosquitto.start();
  const bench = await new BrokerBench(broker).start();
  const key = join(broker.folder, 'command.key');
  writeFileSync(key, bench.commandPem);
  const way = ['--broker', broker.url, '--certs', broker.path('')];
  const ask = (...words: string[]) => fleet(['fleet', ...way, ...words]);
  return { broker, bench, key, way, ask };
}

it('M19 shows every kiosk with its state and age, and free slots by city and size', async () => {
  const { bench, ask } = await site();
  const { city } = bench.kiosk.app.site;
  const kiosks = await ask('kiosks');
  expect(kiosks.stdout).toMatch(new RegExp(`${KIOSK} +${city} +ready +20.*Z +(\\d+|0) s`));
  const [row] = JSON.parse((await ask('kiosks', '--json')).stdout);
  expect(row).toMatchObject({ kiosk: KIOSK, city, state: 'ready', sizes: { S: { free: 5 } } });
  bench.kiosk.app.supervisor.send('LOCK1/1', { type: 'BLOCK' });
  await until('the picture has it', () => bench.view.avail?.sizes.S?.oos === 1);
  const free = await ask('free', '--size', 'S');
  expect(free.stdout).toMatch(new RegExp(`${city} +S +4 +0 +1$`, 'm'));
  const inCity = await ask('free', '--city', city, '--size', 'S', '--json');
  expect(JSON.parse(inCity.stdout)).toEqual([
    { city, kiosk: KIOSK, size: 'S', free: 4, busy: 0, oos: 1 },
  ]);
  expect(JSON.parse((await ask('free', '--city', 'Atlantis', '--json')).stdout)).toEqual([]);
});

it('R22 sends a signed command and waits for its one result', async () => {
  const { bench, ask, key } = await site();
  const send = (...words: string[]) => ask('send', KIOSK, ...words, '--key', key);
  const opened = await send('slot.open', '{"slot":"LOCK1/9"}');
  expect(opened).toMatchObject({ status: 0, stderr: '' });
  expect(opened.stdout).toMatch(/^done +OPENED$[\s\S]*^grade +sensed$/m);
  expect(bench.kiosk.door('LOCK1/9').isOpen).toBe(true);
  const again = await send('slot.open', '{"slot":"LOCK1/9"}', '--json');
  expect(JSON.parse(again.stdout)).toMatchObject({ ok: true, code: 'ALREADY_OPEN' });
  const unknown = await send('slot.open', '{"slot":"LOCK1/99"}');
  expect(unknown.status).toBe(1);
  expect(unknown.stdout).toMatch(/^not done +NOT_FOUND$/m);
});

it('D7 tails the events of all kiosks, a line each', async () => {
  const { bench, way } = await site();
  const tail = spawn(process.execPath, [MAIN, 'fleet', ...way, 'tail']);
  onTestFinished(() => void tail.kill());
  let said = '';
  tail.stdout.on('data', (text) => {
    said += text;
  });
  const { supervisor } = bench.kiosk.app;
  await until('it is told', () => {
    const type = supervisor.get('LOCK1/1').bar === null ? 'BLOCK' : 'UNBLOCK';
    supervisor.send('LOCK1/1', { type });
    return said.includes('slot.barred');
  });
  expect(said).toMatch(new RegExp(`^${KIOSK} +\\d+ +20\\S+Z +slot.barred .*reason=blocked`, 'm'));
});

it('D7 refusals are one clear line and a status of sysexits.h', async () => {
  const { broker, ask, key, way } = await site();
  const nowhere = ['fleet', '--broker', 'mqtt://127.0.0.1:9'];
  const noKey = join(broker.folder, 'none.key');
  const notKey = broker.path('ca.crt');
  const otherKey = broker.path('cloud.key');
  const send = (...words: string[]) => ['fleet', ...way, 'send', ...words];
  const refusals = [
    [['fleet', 'kiosks'], 64, 'no broker was named'],
    [['fleet', '--broker', 'localhost', 'kiosks'], 64, '"localhost" is no broker'],
    [[...nowhere, 'kiosks'], 69, 'ECONNREFUSED'],
    [[...nowhere, 'tail'], 69, 'ECONNREFUSED'],
    [['fleet', ...way, '--as', 'nobody', 'kiosks'], 64, 'nobody.crt: no such file'],
    [send('K', 'rebirth', '--key', noKey), 78, 'none.key is no private key'],
    [send('K', 'rebirth', '--key', notKey), 78, 'ca.crt is no private key'],
    [send('K', 'rebirth', '--key', otherKey), 78, 'a key of the type ec, and has to be ed25519'],
    [send('NOBODY', 'rebirth', '--key', key), 64, 'no kiosk "NOBODY"'],
    [send(KIOSK, 'slot.paint', '--key', key), 64, 'no command "slot.paint"; there are slot.open'],
    [send(KIOSK, 'slot.open', '{"slot":7}', '--key', key), 64, 'does not take d.slot'],
    [send(KIOSK, 'slot.open', '{', '--key', key), 64, 'does not take d'],
    [send(KIOSK, 'rebirth'), 64, "required option '--key <file>' not specified"],
  ] as const;
  for (const [args, status, message] of refusals) {
    const refused = await fleet(args);
    expect([args, refused.status, refused.stderr]).toEqual([args, status, expect.anything()]);
    expect(refused.stderr).toContain(message);
    expect(refused.stderr.trim()).not.toContain('\n');
    expect(refused.stdout).toBe('');
  }
  const foreign = await ask('send', KIOSK, 'slot.block', '{"slot":"LOCK1/3"}', '--key', key);
  expect(foreign.status).toBe(0);
});

it('D7 a kiosk that was stopped is shown, and told nothing', async () => {
  const { bench, ask, key } = await site();
  await new Promise<void>((stopped) => bench.kiosk.app.stop(stopped));
  const [row] = JSON.parse((await ask('kiosks', '--json')).stdout);
  expect(row).toMatchObject({ kiosk: KIOSK, state: 'offline' });
  expect(JSON.parse((await ask('free', '--json')).stdout)).toEqual([]);
  const refused = await ask('send', KIOSK, 'slot.block', '{"slot":"LOCK1/3"}', '--key', key);
  expect(refused).toMatchObject({ status: 75, stdout: '' });
  expect(refused.stderr).toContain(`${KIOSK} is offline`);
  bench.kiosk.start();
});
