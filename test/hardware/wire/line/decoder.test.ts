import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readlineSplitter } from '../../../../hardware/bus/line-splitter.ts';
import { type Decoded, LineDecoder } from '../../../../hardware/wire/line/decoder.ts';
import {
  encodeLine,
  LINE_BYTES_MAX,
  type LineFrame,
} from '../../../../hardware/wire/line/frame.ts';
import { seededRandom } from '../../../../sim/random.ts';
import { latin1 } from '../../far-end.ts';
import { vectors } from '../vectors.ts';
import { goodFrames } from './frames.ts';

const GOOD: LineFrame = { direction: 'reply', address: 7, id: 16, verb: 'O', args: [] };

function decoder(): LineDecoder {
  return new LineDecoder(readlineSplitter());
}

function outcomes(decoded: readonly Decoded[]): (string | LineFrame)[] {
  return decoded.map((item) => ('reason' in item ? item.reason : item.frame));
}

/** Bytes as a wire may carry them: anything, with the characters of lines more often. */
const noise = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.stringMatching(/^[<>*\r\n 0-9A-F]{0,40}$/).map(latin1),
      goodFrames.map(encodeLine),
      goodFrames.map((frame) => encodeLine(frame).subarray(0, 9)),
      fc.integer({ min: 0, max: 300 }).map((length) => new Uint8Array(length).fill(0x41)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));

test.each(vectors.bad)('bad vector: $about', ({ line, reason }) => {
  expect(outcomes(decoder().push(latin1(`${line}\n`)))).toEqual([reason]);
});

test('no input makes it throw or hold more than one line', () => {
  fc.assert(
    fc.property(fc.array(noise), (chunks) => {
      const lines = decoder();
      for (const chunk of chunks) {
        lines.push(chunk);
        expect(lines.heldBytes).toBeLessThanOrEqual(LINE_BYTES_MAX);
      }
      lines.gap();
      expect(lines.heldBytes).toBe(0);
    }),
  );
});

test('a good line is found behind any noise, after a gap and without one', () => {
  fc.assert(
    fc.property(noise, goodFrames, fc.boolean(), (before, frame, gap) => {
      const lines = decoder();
      lines.push(before);
      if (gap) lines.gap();
      expect(outcomes(lines.push(encodeLine(frame))).at(-1)).toEqual(frame);
    }),
  );
});

test('a million random bytes, a gap, then ten good lines: all ten, and memory bounded', () => {
  const random = seededRandom(9);
  const lines = decoder();
  for (let left = 1_000_000; left > 0; ) {
    const chunk = random.bytes(Math.min(left, 1 + random.int(200)));
    left -= chunk.length;
    lines.push(chunk);
    expect(lines.heldBytes).toBeLessThanOrEqual(LINE_BYTES_MAX);
  }
  lines.gap();
  const ten = Array.from({ length: 10 }, (_, id): LineFrame => ({ ...GOOD, id }));
  expect(outcomes(ten.flatMap((frame) => lines.push(encodeLine(frame))))).toEqual(ten);
});

test('the borders of chunks mean nothing', () => {
  fc.assert(
    fc.property(noise, fc.array(fc.integer({ min: 1, max: 50 })), (bytes, sizes) => {
      const whole = decoder();
      const pieces = decoder();
      const decoded: Decoded[] = [];
      let from = 0;
      for (const size of sizes) {
        decoded.push(...pieces.push(bytes.subarray(from, from + size)));
        from += size;
      }
      decoded.push(...pieces.push(bytes.subarray(from)));
      expect(decoded).toEqual(whole.push(bytes));
    }),
  );
});

test('every byte is either in a frame or reported', () => {
  fc.assert(
    fc.property(noise, (bytes) => {
      const lines = decoder();
      const decoded = [...lines.push(bytes), ...lines.gap()];
      const reported = decoded.reduce((sum, { text }) => sum + unprinted(text), 0);
      const ends = bytes.filter((byte) => byte === 0x0a).length;
      expect(reported).toBe(bytes.length - ends);
    }),
  );
});

/** Length of a text before its control characters were written as `\xNN`. */
function unprinted(text: string): number {
  return text.replace(/\\x(?:[01][\da-f]|7f|[89a-f][\da-f])/g, '?').length;
}

test('a cut line in front of a good one costs only itself', () => {
  const cut = encodeLine(GOOD).subarray(0, 10);
  const lines = decoder();
  expect(outcomes(lines.push(cut))).toEqual([]);
  expect(outcomes(lines.push(encodeLine(GOOD)))).toEqual(['garbage', GOOD]);
});

test('half a line is dropped at the gap', () => {
  const lines = decoder();
  lines.push(encodeLine(GOOD).subarray(0, 10));
  expect(outcomes(lines.gap())).toEqual(['half-frame']);
  expect(lines.gap()).toEqual([]);
  expect(outcomes(lines.push(encodeLine(GOOD).subarray(10)))).toEqual(['garbage']);
});

test('a line without an end is cut at the limit, as often as it takes', () => {
  const lines = decoder();
  const decoded = lines.push(new Uint8Array(3 * LINE_BYTES_MAX + 1).fill(0x41));
  expect(outcomes(decoded)).toEqual(['overlong', 'overlong', 'overlong']);
  expect(lines.heldBytes).toBe(1);
});

test('a megabyte without an end passes in linear time', () => {
  const lines = decoder();
  const decoded = lines.push(new Uint8Array(1_000_000).fill(0x41));
  expect(decoded.length).toBe(Math.ceil(1_000_000 / LINE_BYTES_MAX) - 1);
});

test('noise is reported in printable characters', () => {
  const [item] = decoder().push(Uint8Array.of(0x00, 0x1b, 0x41, 0xff, 0x0a));
  expect(item?.text).toBe('\\x00\\x1bA\\xff');
});
