import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Decoded, KerongDecoder } from '../../../../hardware/wire/kerong/decoder.ts';
import { encodeFrame, type FrameShape, hex } from '../../../../hardware/wire/kerong/frame.ts';
import { WASTE_BYTES_MAX } from '../../../../hardware/wire/kerong/limits.ts';
import { CU16 } from '../../../../hardware/wire/kerong-cu16/frames.ts';
import { CU48 } from '../../../../hardware/wire/kerong-cu48/frames.ts';
import { seededRandom } from '../../../../sim/random.ts';
import { bytes } from './vectors.ts';

const FUZZ_BYTES = 1_000_000;
const FUZZ_MS_MAX = 5_000;

interface Kind {
  readonly name: string;
  readonly shape: FrameShape;
  readonly readingBytes: number;
  readonly reading: (first: number) => Uint8Array;
}

const kinds: readonly Kind[] = [
  {
    name: 'kerong-cu16',
    shape: CU16.shape,
    readingBytes: 9,
    reading: (first) => encodeFrame(0x10, 0x35, first, 2, 3, 0xff),
  },
  {
    name: 'kerong-cu48',
    shape: CU48.shape,
    readingBytes: 18,
    reading: (first) => encodeFrame(1, 0, 0x75, first, 2, 3, 2, 0, 0x75, 0, 0, 0, 0, 0, 0xff),
  },
];

function outcomes(decoded: readonly Decoded[]): string[] {
  return decoded.map((item) => ('frame' in item ? hex(item.frame) : item.reason));
}

describe.each(kinds)('$name', ({ shape, readingBytes, reading }) => {
  /** Bytes as a wire may carry them: anything, with marks, commands and frames more often. */
  const noise = fc
    .array(
      fc.oneof(
        fc.uint8Array({ maxLength: 40 }),
        fc
          .array(fc.constantFrom(2, 3, 0, 0x10, ...shape.bytesOf.keys()), { maxLength: 40 })
          .map((list) => Uint8Array.from(list)),
        fc.integer({ min: 0, max: 255 }).map(reading),
        fc.integer({ min: 0, max: readingBytes }).map((length) => reading(1).subarray(0, length)),
      ),
      { maxLength: 12 },
    )
    .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));

  test('a million random bytes, a gap, then ten good frames: all ten, and memory bounded', () => {
    const decoder = new KerongDecoder(shape);
    const random = seededRandom(16);
    const startMs = process.cpuUsage().user / 1_000;
    let heldMax = 0;
    for (let sent = 0; sent < FUZZ_BYTES; ) {
      const chunk = random.bytes(1 + random.int(64));
      decoder.push(chunk);
      heldMax = Math.max(heldMax, decoder.heldBytes);
      sent += chunk.length;
    }
    decoder.gap();
    const good = Array.from({ length: 10 }, (_, index) => reading(index));
    expect(good.flatMap((frame) => outcomes(decoder.push(frame)))).toEqual(good.map(hex));
    expect(heldMax).toBeLessThan(WASTE_BYTES_MAX + readingBytes);
    expect(process.cpuUsage().user / 1_000 - startMs).toBeLessThan(FUZZ_MS_MAX);
  });

  test('a good frame is found behind any noise once there was a gap', () => {
    fc.assert(
      fc.property(noise, (before) => {
        const decoder = new KerongDecoder(shape);
        decoder.push(before);
        decoder.gap();
        expect(decoder.heldBytes).toBe(0);
        expect(outcomes(decoder.push(reading(7)))).toEqual([hex(reading(7))]);
      }),
    );
  });

  test('the borders of chunks mean nothing', () => {
    fc.assert(
      fc.property(noise, fc.array(fc.integer({ min: 1, max: 20 })), (all, sizes) => {
        const pieces = new KerongDecoder(shape);
        const decoded: Decoded[] = [];
        let from = 0;
        for (const size of sizes) {
          decoded.push(...pieces.push(all.subarray(from, from + size)));
          from += size;
        }
        decoded.push(...pieces.push(all.subarray(from)));
        expect(decoded).toEqual(new KerongDecoder(shape).push(all));
      }),
    );
  });

  test('every byte is either in a frame or reported, in its order', () => {
    fc.assert(
      fc.property(noise, (all) => {
        const decoder = new KerongDecoder(shape);
        const decoded = [...decoder.push(all), ...decoder.gap()];
        const texts = decoded.map((item) => ('frame' in item ? hex(item.frame) : item.text));
        expect(texts.join(' ')).toBe(hex(all));
      }),
    );
  });

  test('a cut frame in front of a good one costs only itself, without a gap too', () => {
    const decoder = new KerongDecoder(shape);
    decoder.push(reading(1).subarray(0, readingBytes - 2));
    const decoded = [...decoder.push(reading(2)), ...decoder.gap()];
    expect(outcomes(decoded)).toContain(hex(reading(2)));
  });

  test('no single changed byte passes', () => {
    fc.assert(
      fc.property(fc.nat(readingBytes - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const spoilt = reading(9);
        spoilt[at] = (spoilt[at] ?? 0) ^ flip;
        const decoder = new KerongDecoder(shape);
        const decoded = [...decoder.push(spoilt), ...decoder.gap()];
        expect(decoded.filter((item) => 'frame' in item)).toEqual([]);
      }),
    );
  });
});

test('what is whole behind a false start is given at the gap', () => {
  const decoder = new KerongDecoder(CU16.shape);
  expect(outcomes(decoder.push(bytes('02 00 35 02 10 30 03 45')))).toEqual([]);
  expect(outcomes(decoder.gap())).toEqual(['half-frame', '02 10 30 03 45']);
});

test('a wrong sum is told from garbage, each with its bytes', () => {
  const decoder = new KerongDecoder(CU16.shape);
  const decoded = [...decoder.push(bytes('FA FD 02 10 30 03 3E')), ...decoder.gap()];
  expect(decoded).toEqual([
    { reason: 'garbage', text: 'FA FD' },
    { reason: 'checksum', text: '02 10 30 03 3E' },
  ]);
});

test('garbage is reported in bounded pieces', () => {
  const decoder = new KerongDecoder(CU16.shape);
  const decoded = decoder.push(new Uint8Array(3 * WASTE_BYTES_MAX).fill(0x41));
  expect(outcomes(decoded)).toEqual(['garbage', 'garbage']);
});
