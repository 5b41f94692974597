import fc from 'fast-check';
import type { LineFrame } from '../../../../hardware/wire/line/frame.ts';

const word = fc.stringMatching(/^[0-9A-Za-z.-]{1,16}$/);

/** Any good line that fits into the limit. */
export const goodFrames: fc.Arbitrary<LineFrame> = fc.record({
  direction: fc.constantFrom('request', 'reply'),
  address: fc.integer({ min: 1, max: 99 }),
  id: fc.integer({ min: 0, max: 0xffff }),
  verb: fc.stringMatching(/^[A-Z]$/),
  args: fc.array(word, { maxLength: 4 }),
});
