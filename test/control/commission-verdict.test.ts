import { describe, expect, it } from 'vitest';
import {
  type AddressLook,
  type DoorPlan,
  type FoundDoor,
  hasOtherByteOrder,
  judgeAddress,
  judgeOpening,
  type Move,
} from '../../src/control/commission-verdict.ts';

const DOOR: DoorPlan = {
  ...{ slot: 'L/3', number: 3, board: 'A', channel: 3 },
  contactWhenShut: 'closed',
};
const moved = (board: string, channel: number, contact: Move['contact'] = 'open'): Move => {
  return { board, channel, contact, afterMs: 140, blurMs: 40 };
};

describe('what a pulse moved', () => {
  it.each([
    ['its own contact', [moved('A', 3)], { kind: 'own', time: { openMs: 140, blurMs: 40 } }],
    ['nothing', [], { kind: 'nothing' }],
    [
      'its own contact the wrong way',
      [moved('A', 3, 'closed')],
      { kind: 'wrong', finding: { verdict: 'inverted' } },
    ],
    [
      'that of another channel',
      [moved('A', 5)],
      { kind: 'wrong', finding: { verdict: 'crossed', place: { board: 'A', channel: 5 } } },
    ],
    [
      'that of another board',
      [moved('B', 3)],
      { kind: 'wrong', finding: { verdict: 'crossed', place: { board: 'B', channel: 3 } } },
    ],
    ['several', [moved('A', 3), moved('A', 4)], { finding: { verdict: 'several' } }],
  ])('B11 %s', (_what, moves, opening) => {
    expect(judgeOpening(DOOR, moves)).toMatchObject(opening);
  });
});

/** Channel and the channel whose contact it moved. */
function found(...pairs: readonly (readonly [number, number])[]): FoundDoor[] {
  return pairs.map(([channel, to]) => ({
    door: { ...DOOR, channel, number: channel },
    finding:
      channel === to
        ? { verdict: 'good', times: [] }
        : { verdict: 'crossed', place: { board: 'A', channel: to } },
  }));
}

describe('the order of status bytes', () => {
  it.each([
    ['24 channels', found([1, 17], [2, 18])],
    ['24 channels, the middle byte in place', found([1, 17], [9, 9], [24, 8])],
    ['16 channels', found([1, 9], [2, 10], [16, 8])],
    ['50 channels, of which byte 4 is the middle', found([1, 49], [50, 2], [25, 25])],
  ])('B11 is the other one: %s', (_what, doors) => {
    expect(hasOtherByteOrder('A', doors)).toBe(true);
    expect(hasOtherByteOrder('B', doors)).toBe(false);
  });

  it.each([
    ['one crossed pair may be just that', found([1, 9])],
    ['a good door of the first byte contradicts', found([1, 9], [2, 10], [3, 3])],
    ['two wires of one byte are crossed', found([1, 2], [2, 1])],
    ['the bits differ', found([1, 17], [2, 19])],
    ['all are in place', found([1, 1], [9, 9])],
  ])('B11 is not: %s', (_what, doors) => {
    expect(hasOtherByteOrder('A', doors)).toBe(false);
  });
});

describe('an address', () => {
  const LOOK: AddressLook = {
    ...{ address: 1, family: 'line', board: 'A', sent: 10, answered: 10 },
    ...{ troubled: 0, misfit: null },
  };

  it.each([
    ['good', {}],
    ['good', { troubled: 2 }],
    ['silent', { answered: 0 }],
    ['doubled', { answered: 0, troubled: 4 }],
    ['doubled', { answered: 7, troubled: 3 }],
    ['misfit', { misfit: 'has 4 channels' }],
  ] as const)('B11 is %s with %j', (verdict, change) => {
    expect(judgeAddress({ ...LOOK, ...change })).toBe(verdict);
  });
});
