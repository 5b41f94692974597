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

it('I4 ids carry version 7 and their variant (RFC 9562), and sort by time', () => {
  const folder = mkdtempSync(join(tmpdir(), 'recorder-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const store = openStore(
    join(folder, 'kiosk.db'),
    openSeal(join(folder, 'audit.key'), true),
    seededRandom(1),
  );
  const clock = new VirtualClock();
  const kept = new KeptClock(clock, new SimTimeSync(), store.clock.get());
  const recorder = new Recorder(store, kept, seededRandom(1));
  const first = recorder.newId();
  expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(first.replaceAll('-', '').slice(0, 12), 16)).toBe(clock.wallMs());
  clock.advance(1);
  expect(recorder.newId() > first).toBe(true);
  store.close();
});
