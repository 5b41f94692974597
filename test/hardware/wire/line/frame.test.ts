import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  encodeLine,
  LINE_BYTES_MAX,
  type LineFrame,
  parseLine,
} from '../../../../hardware/wire/line/frame.ts';
import { goodFrames } from './frames.ts';

test('what was encoded is parsed again, with and without a carriage return', () => {
  fc.assert(
    fc.property(goodFrames, (frame) => {
      const line = Buffer.from(encodeLine(frame)).toString('latin1');
      expect(line.endsWith('\n')).toBe(true);
      expect(parseLine(line.slice(0, -1))).toEqual(frame);
      expect(parseLine(`${line.slice(0, -1)}\r`)).toEqual(frame);
    }),
  );
});

test('no single changed character passes', () => {
  fc.assert(
    fc.property(goodFrames, fc.nat(), fc.integer({ min: 1, max: 255 }), (frame, place, flip) => {
      const line = encodeLine(frame).slice(0, -1);
      const at = place % line.length;
      line[at] = (line[at] ?? 0) ^ flip;
      expect(typeof parseLine(Buffer.from(line).toString('latin1'))).toBe('string');
    }),
  );
});

test('the longest reply of the largest board fits into a line', () => {
  const frame: LineFrame = {
    direction: 'reply',
    address: 99,
    id: 0xffff,
    verb: 'S',
    args: ['FFFF', 'F'.repeat(12), 'F'.repeat(12), 'F'.repeat(48)],
  };
  expect(encodeLine(frame).length).toBeLessThanOrEqual(LINE_BYTES_MAX);
});
