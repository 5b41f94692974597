import { expect, test } from 'vitest';
import { BenchBus, LINE } from '../bench-bus.ts';
import { FarBoard } from '../far-end.ts';

const FRAME_END_MS = 4;
const QUIET_MS = 30;

/** Every board was probed by then. */
const PROBED_MS = 1_000;

/** Two boards of a family without marks and ids, asked all the time. */
function bench(options: { readonly quietMs?: number } = {}): BenchBus {
  const family = { ...LINE, frameEndMs: () => FRAME_END_MS, quietMs: QUIET_MS };
  const boards = [1, 2].map((address) => ({ id: `b${address}`, address, family, channels: 4 }));
  const far = [new FarBoard(1), new FarBoard(2)];
  const made = new BenchBus(far, { idlePollMs: 1, boards, ...options }).started();
  made.clock.run(PROBED_MS);
  return made;
}

/** Times from the replies of a second to the requests that followed. */
function silences({ clock, far }: BenchBus): number[] {
  const from = far.asked.length;
  clock.run(1_000);
  const times = far.asked.slice(from).map(({ atMs }) => atMs);
  return times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0) - far.replyMs);
}

test('after a status that was answered the wire gets the silence that ends a frame', () => {
  expect(new Set(silences(bench()))).toEqual(new Set([FRAME_END_MS]));
});

test('after garbage, a missed reply and an unlock it gets the time in which more may come', () => {
  const noisy = bench();
  const garbage = Uint8Array.of(0xfa, 0xfd, 0x99, 0x0a);
  noisy.board(1).script = (_frame, usual) => [Buffer.concat([garbage, usual])];
  expect(Math.max(...silences(noisy))).toBe(QUIET_MS);

  const missing = bench();
  let [asked, missed] = [0, 0];
  missing.board(1).script = (_frame, usual) => {
    asked += 1;
    return asked % 10 === 0 ? [] : [usual];
  };
  missed = silences(missing).filter((ms) => ms === QUIET_MS).length;
  // One when the board answers again, which it may do twice.
  expect(missed).toBeGreaterThanOrEqual(missing.stats('b1').noReply - 1);
  expect(missed).toBeGreaterThan(0);

  const pulsed = bench();
  pulsed.unlock();
  expect(silences(pulsed)).toContain(QUIET_MS);
});

test('an adapter that needs longer to turn round gets longer', () => {
  expect(new Set(silences(bench({ quietMs: 25 })))).toEqual(new Set([25]));
});
