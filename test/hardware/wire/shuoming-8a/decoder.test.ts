import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Decoded, FrameDecoder } from '../../../../hardware/wire/shuoming-8a/decoder.ts';
import { FRAME_BYTES_MAX } from '../../../../hardware/wire/shuoming-8a/frame.ts';
import { NOISE_BYTES_MAX } from '../../../../hardware/wire/shuoming-8a/limits.ts';
import { seededRandom } from '../../../../sim/random.ts';
import { bytesOf, hexOf, withBcc } from './vectors.ts';

const HELD_BYTES_MAX = FRAME_BYTES_MAX + NOISE_BYTES_MAX;

/** Knows boards of each length, and expects an echo. */
function decoder(): FrameDecoder {
  const frames = new FrameDecoder();
  for (const [address, statusBytes] of [
    [1, 3],
    [2, 4],
    [3, 5],
    [4, 7],
  ] as const) {
    frames.expectStatus(address, statusBytes);
  }
  return frames;
}

function framesIn(decoded: readonly Decoded[]): string[] {
  return decoded.flatMap((item) => ('reason' in item ? [] : [hexOf(item.bytes)]));
}

const short = fc
  .tuple(fc.constantFrom('8A', '80', '81', '82'), fc.integer({ min: 1, max: 50 }))
  .map(([head, channel]) => {
    return withBcc(`${head} 09 ${hexOf(Uint8Array.of(channel))} 11`);
  });
const timed = fc.integer({ min: 1, max: 9 }).map((seconds) => withBcc(`8A 09 05 33 0${seconds}`));
const bulk = fc.integer({ min: 1, max: 4 }).chain((address) => {
  const length = [3, 4, 5, 7][address - 1] ?? 0;
  return fc.uint8Array({ minLength: length, maxLength: length }).map((status) => {
    return withBcc(hexOf(Uint8Array.of(0x80, address, ...status, 0x33)));
  });
});
const good = fc.oneof(short, timed, bulk);

/** Bytes as a wire may carry them: anything, with heads, addresses and frames more often. */
const noise = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.array(fc.constantFrom(0x80, 0x8a, 0x82, 1, 4, 0x11, 0x33)).map((all) => {
        return Uint8Array.from(all);
      }),
      good,
      good.map((frame) => frame.subarray(0, -1)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));

test('no input makes it throw or hold more than a frame and a report', () => {
  fc.assert(
    fc.property(fc.array(noise), (chunks) => {
      const frames = decoder();
      for (const chunk of chunks) {
        frames.push(chunk);
        expect(frames.heldBytes).toBeLessThan(HELD_BYTES_MAX);
      }
      frames.gap();
      expect(frames.heldBytes).toBe(0);
    }),
  );
});

test('the borders of chunks mean nothing', () => {
  fc.assert(
    fc.property(noise, fc.array(fc.integer({ min: 1, max: 20 })), (bytes, sizes) => {
      const [whole, pieces] = [decoder(), decoder()];
      const decoded: Decoded[] = [];
      let from = 0;
      for (const size of sizes) {
        decoded.push(...pieces.push(bytes.subarray(from, from + size)));
        from += size;
      }
      decoded.push(...pieces.push(bytes.subarray(from)), ...pieces.gap());
      expect(decoded).toEqual([...whole.push(bytes), ...whole.gap()]);
    }),
  );
});

test('every byte is either in a frame or reported, once and in order', () => {
  fc.assert(
    fc.property(noise, (bytes) => {
      const frames = decoder();
      frames.expectEcho(bytesOf('8A 01 01 11 9B'));
      const decoded = [...frames.push(bytes), ...frames.gap()];
      expect(decoded.flatMap((item) => [...item.bytes])).toEqual([...bytes]);
    }),
  );
});

test('frames one behind the other are all found, and after a gap behind any noise too', () => {
  fc.assert(
    fc.property(noise, fc.array(good), (before, some) => {
      const frames = decoder();
      frames.push(before);
      frames.gap();
      const bytes = Uint8Array.from(some.flatMap((frame) => [...frame]));
      expect(framesIn([...frames.push(bytes), ...frames.gap()])).toEqual(some.map(hexOf));
    }),
  );
});

test('no single changed bit passes', () => {
  fc.assert(
    fc.property(good, fc.nat(), fc.integer({ min: 0, max: 7 }), (frame, place, bit) => {
      const at = place % frame.length;
      const bent = Uint8Array.from(frame);
      bent[at] = (bent[at] ?? 0) ^ (1 << bit);
      const frames = decoder();
      const whole = framesIn([...frames.push(bent), ...frames.gap()]);
      expect(whole.filter((one) => one.length === hexOf(frame).length)).toEqual([]);
    }),
  );
});

test('a million random bytes, then ten good frames: all ten are there', () => {
  const random = seededRandom(8);
  const frames = decoder();
  let fullest = 0;
  for (let left = 1_000_000; left > 0; ) {
    const chunk = random.bytes(Math.min(left, 1 + random.int(200)));
    left -= chunk.length;
    frames.push(chunk);
    fullest = Math.max(fullest, frames.heldBytes);
  }
  frames.gap();
  expect(fullest).toBeLessThan(HELD_BYTES_MAX);
  const ten = Array.from({ length: 10 }, (_, index) => {
    const status = [...random.bytes(3)];
    return index % 2 === 0
      ? withBcc(hexOf(Uint8Array.of(0x80, 1, ...status, 0x33)))
      : withBcc(hexOf(Uint8Array.of(0x8a, 1, 1 + index, 0x00)));
  });
  const decoded: Decoded[] = [];
  for (const byte of ten.flatMap((frame) => [...frame])) {
    decoded.push(...frames.push(Uint8Array.of(byte)));
  }
  expect([...decoded, ...frames.gap()]).toHaveLength(10);
  expect(framesIn(decoded)).toEqual(ten.map(hexOf));
});

test('a cut frame in front of a good one costs only itself', () => {
  const frames = decoder();
  const decoded = frames.push(bytesOf('80 01 00 80 01 00 00 02 33 B0'));
  expect(framesIn(decoded)).toEqual(['80 01 00 00 02 33 B0']);
  expect(decoded).toHaveLength(2);
});

test('a short frame of a board with a known status waits until it cannot be a status', () => {
  const frames = decoder();
  expect(frames.push(bytesOf('80 01 05 11 95'))).toEqual([]);
  expect(framesIn(frames.push(bytesOf('8A')))).toEqual(['80 01 05 11 95']);
});

test('an expected echo is taken once, and never from the middle of another frame', () => {
  const frames = decoder();
  frames.expectEcho(bytesOf('8A 01 01 11 9B'));
  const decoded = frames.push(bytesOf('80 02 8A 01 01 11 33 2A 8A 01 01 11 9B 8A 01 01 11 9B'));
  expect(decoded.map((item) => Object.keys(item)[0])).toEqual(['frame', 'echo', 'frame']);
});
