import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { seededRandom } from '../../sim/random.ts';
import { SimTimeSync } from '../../sim/time-sync.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import { KeptClock } from '../../src/control/clock.ts';
import { Recorder } from '../../src/control/recorder.ts';
import { openSeal } from '../../src/platform/audit-key.ts';
import { openStore } from '../../src/store/open-store.ts';

function opened() {
  const folder = mkdtempSync(join(tmpdir(), 'lockerd-store-'));
  const store = openStore(
    join(folder, 'lockerd.db'),
    openSeal(join(folder, 'audit.key'), true),
    seededRandom(1),
  );
  onTestFinished(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const clock = new KeptClock(new VirtualClock(), new SimTimeSync(), store.clock.get());
  return { store, recorder: new Recorder(store, clock, seededRandom(1)) };
}

it('I4 tells of rows once they are on disk: each once, and none that was rolled back', () => {
  const { store, recorder } = opened();
  const told: string[] = [];
  const stop = store.journal.onCommitted((rows) => {
    expect(store.journal.head()?.seq).toBe(rows.at(-1)?.seq);
    told.push(...rows.map(({ t }) => t));
  });
  store.transaction(() => {
    store.transaction(() => recorder.record({ t: 'test.inner' }));
    expect(told).toEqual([]);
  });
  const failing = () => {
    recorder.record({ t: 'test.undone' });
    throw new Error('no');
  };
  expect(() => store.transaction(failing)).toThrow('no');
  store.transaction(() => {});
  expect(told).toEqual(['audit.began', 'test.inner', 'audit.checkpoint']);
  stop();
  store.transaction(() => recorder.record({ t: 'test.unheard' }));
  expect(told).toHaveLength(3);
});

it('M15 reads the journal on from a row, with its place', () => {
  const { store, recorder } = opened();
  store.transaction(() => {
    for (const t of ['a', 'b', 'c', 'd']) recorder.record({ t });
  });
  expect(store.journal.after(2, 2).map(({ seq, t }) => [seq, t])).toEqual([
    [3, 'b'],
    [4, 'c'],
  ]);
  expect(store.journal.after(6, 2)).toEqual([]);
});
