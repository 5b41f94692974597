import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runStorm } from '../../sim/storm/run-storm.ts';
import { USUAL_TROUBLES } from '../../sim/storm/scene.ts';
import type { App } from '../../src/app.ts';
import { NoTrace, readTrace } from '../../src/offline/read-trace.ts';
import { replayTrace } from '../../src/offline/replay-trace.ts';
import { Bench, PIN, scratchFolder } from '../app/bench-kiosk.ts';
import { Keys } from '../app/keys.ts';

const textOf = (app: App): string =>
  app.tools
    .trace()
    .map((entry) => `${JSON.stringify(entry)}\n`)
    .join('');

it('B4 the trace of a storm, cuts and restarts and all, replays to the same states', async () => {
  const lives: App[] = [];
  const options = { seed: 11, hours: 0.4, troubles: USUAL_TROUBLES };
  const folder = join(scratchFolder(), 'storm');
  await runStorm({ ...options, folder, sabotage: ({ app }) => void lives.push(app) });
  const replayed = lives.map((app) => replayTrace(readTrace(textOf(app))));
  expect(replayed.map(({ difference }) => difference)).toEqual(lives.map(() => null));
  expect(replayed.reduce((sum, { steps }) => sum + steps, 0)).toBeGreaterThan(150);
});

it('B4 shows the first step that does not lead to the same state', () => {
  const bench = new Bench().start();
  const [slot = ''] = bench.app.site.slots.map(({ id }) => id);
  bench.app.supervisor.send(slot, { type: 'BLOCK' });
  bench.kiosk.door(slot).force();
  bench.until('it is seen', () => bench.slot(slot).door === 'open');
  const text = textOf(bench.app);
  expect(replayTrace(readTrace(text)).difference).toBeNull();
  const blocked = text.split('\n').findIndex((line) => line.includes('"type":"BLOCK","mono"'));
  const other = text.replace('"reason":"blocked"', '"reason":"jammed"');
  expect(replayTrace(readTrace(other)).difference).toMatchObject({
    ...{ line: blocked + 1, slot },
    recorded: expect.stringContaining('jammed'),
    replayed: expect.stringContaining('blocked'),
  });
  const looks = text.split('\n').filter((line) => !line.includes('"type":"DOOR_OPENED"'));
  expect(replayTrace(readTrace(looks.join('\n'))).difference).toMatchObject({
    replayed: 'DOOR_OPENED',
  });
});

it('I10 a trace has what was typed as a count, and no number, name or phone', async () => {
  const bench = new Bench().start();
  const staff = await bench.app.people.addCourier('ACME', PIN);
  await bench.app.signIn.check(staff, PIN);
  const { slot } = bench.drop(await bench.courier());
  const { code, second } = bench.numbers();
  new Keys(bench).type(`1 ${code}${second}`);
  bench.takes(slot);
  bench.untilState(slot, 'grace');
  const text = textOf(bench.app);
  const typed = `1${code}${second}`.length;
  expect(text).toContain(`"key":"digit","n":${typed}`);
  for (const secret of [code, second, staff, PIN, '5550111', 'anna@']) {
    expect(text).not.toContain(secret);
  }
});

it('I13 a trace keeps the newest half when it is full, and still replays', () => {
  const bench = new Bench().start();
  const { store, supervisor, site } = bench.app;
  const slots = site.slots.map(({ id }) => id);
  const sizes = Array.from({ length: 4 }, () => {
    store.transaction(() => {
      for (let round = 0; round < 1_000; round += 1) {
        const slot = slots[round % slots.length] ?? '';
        supervisor.send(slot, { type: 'BLOCK' });
        supervisor.send(slot, { type: 'UNBLOCK' });
      }
    });
    bench.wait(1_000);
    return bench.app.tools.trace().length;
  });
  expect(Math.max(...sizes)).toBeLessThan(13_000);
  expect(sizes.at(-1)).toBeLessThan(sizes.at(-2) ?? 0);
  const { steps, difference } = replayTrace(readTrace(textOf(bench.app)));
  expect(difference).toBeNull();
  expect(steps).toBeGreaterThan(1_000);
});

it.each([
  ['', 'line 1 is no JSON'],
  ['{"a":1}', 'line 1 is not the head of a trace'],
  ['{"trace":1,"graceMs":1}\n{"k":"dance"}', 'line 2 is no entry of a trace: "k" is "dance"'],
  ['{"trace":1,"graceMs":1}\n{"k":"row"}', 'line 2 does not say how the slots were'],
])('B4 %s is no trace', (text, message) => {
  expect(() => readTrace(text)).toThrow(NoTrace);
  expect(() => readTrace(text)).toThrow(message);
});
