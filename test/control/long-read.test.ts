import { expect, it, onTestFinished } from 'vitest';
import { seededRandom } from '../../sim/random.ts';
import { SimTimeSync } from '../../sim/time-sync.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import { KeptClock } from '../../src/control/clock.ts';
import { oneAtATime } from '../../src/control/inquiry/long-read.ts';
import { refOf } from '../../src/control/inquiry/reference.ts';
import { Recorder } from '../../src/control/recorder.ts';
import { openSeal } from '../../src/platform/audit-key.ts';
import { openStore } from '../../src/store/open-store.ts';
import { scratchFolder } from '../app/bench-kiosk.ts';

it('R7 R8 a reference is looked for in windows, and others have their turn between', async () => {
  const folder = scratchFolder();
  const seal = openSeal(`${folder}/audit.key`, true);
  const store = openStore(`${folder}/lockerd.db`, seal, seededRandom(1));
  onTestFinished(() => store.close());
  const clock = new KeptClock(new VirtualClock(), new SimTimeSync(), store.clock.get());
  const recorder = new Recorder(store, clock, seededRandom(1));
  const cause = 'session:00abcdef';
  store.transaction(() => {
    recorder.record({ t: 'test.first', cause });
    for (let row = 0; row < 5_000; row += 1) recorder.record({ t: 'test.other' });
    recorder.record({ t: 'test.last', cause });
  });
  let breaths = 0;
  const breath = async () => {
    breaths += 1;
  };
  const found = await refOf({ store, breath }, 'ABCDEF');
  expect(found?.rows.map(({ t }) => t)).toEqual(['test.first', 'test.last']);
  expect(breaths).toBe(3);
  expect(await refOf({ store, breath }, '123456')).toBeNull();
});

it('R7 R8 long reads wait for each other, and one that fails holds up nobody', async () => {
  const inTurn = oneAtATime();
  const told: string[] = [];
  const read = (name: string) => async () => {
    told.push(`${name} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    told.push(`${name} ends`);
    if (name === 'a') throw new Error('no');
    return name;
  };
  const [a, b] = await Promise.allSettled([inTurn(read('a')), inTurn(read('b'))]);
  expect(told).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  expect([a?.status, b?.status]).toEqual(['rejected', 'fulfilled']);
});
