import { describe, expect, test } from 'vitest';
import { families } from '../../../../hardware/index.ts';
import type { BoardRequest, Dialect, Family, Settings } from '../../../../hardware/wire/family.ts';
import { bytesOf, hexOf, vectors, withBcc } from './vectors.ts';

const FAMILY: Family = (() => {
  const family = families.get('shuoming-8a');
  if (!family) throw new Error('no family "shuoming-8a"');
  return family;
})();

const STATUS: BoardRequest = { kind: 'status', channels: 24 };
const UNLOCK: BoardRequest = { kind: 'unlock', channel: 1, pulseMs: 300 };
const ALL_OPEN = '80 01 00 00 00 33 B2';
const CLOSED = '8A 01 01 11 9B';
const OPEN = '8A 01 01 00 8A';

/** What bytes are taken for, with everything that a gap behind them brings out. */
function heard(dialect: Dialect, ...hex: string[]): string[] {
  const items = [...dialect.receive(bytesOf(hex.join(' '))), ...dialect.gap()];
  return items.map((item) => (item.kind === 'noise' ? item.reason : item.reply.kind));
}

function asking(request: BoardRequest, settings: Settings = {}): Dialect {
  const dialect = FAMILY.dialect(0);
  dialect.ask(1, request, settings);
  return dialect;
}

describe('frames of the documents', () => {
  test.each(vectors.exchanges)('$about', ({ address, settings, request, ask, answer, reply }) => {
    const dialect = FAMILY.dialect(0);
    expect(hexOf(dialect.ask(address, request, settings))).toBe(ask);
    expect(dialect.receive(bytesOf(answer))).toEqual([{ kind: 'reply', reply }]);
    expect(bytesOf(answer).length).toBeLessThanOrEqual(FAMILY.replyBytesMax(request, 50));
  });

  test.each([...vectors.heard, ...vectors.bad])('not a reply: $about', ({ frame, reason }) => {
    const dialect = asking(STATUS);
    expect(heard(dialect, frame)).toEqual([reason]);
    expect(heard(dialect, frame, ALL_OPEN).at(-1)).toBe('status');
  });

  test('what is discarded is told as bytes, and a report names its board', () => {
    const dialect = asking(STATUS);
    expect(dialect.receive(bytesOf('FA FD 82 07 05 00 80'))).toEqual([
      { kind: 'noise', reason: 'garbage', text: 'FA FD' },
      { kind: 'noise', reason: 'unsolicited', text: '82 07 05 00 80', address: 7 },
    ]);
  });
});

describe('echoes', () => {
  test('the echo of a status request is shorter than the reply, and dropped', () => {
    expect(heard(asking(STATUS), '80 01 00 33 B2', ALL_OPEN)).toEqual(['echo', 'status']);
    expect(heard(asking({ kind: 'status', channels: 50 }), '80 01 00 33 B2')).toEqual(['echo']);
  });

  test('a status that begins like its request is a status when nothing echoes', () => {
    expect(heard(asking(STATUS), '80 01 00 33 B2 33 33')).toEqual(['status']);
  });

  test.each<{ what: string; request: BoardRequest; settings: Settings; echo: string }>([
    {
      what: 'with code 33',
      request: UNLOCK,
      settings: { unlockCode: '33' },
      echo: '8A 01 01 33 B9',
    },
    {
      what: 'with seconds',
      request: { ...UNLOCK, pulseMs: 5_000 },
      settings: {},
      echo: '8A 01 01 11 05 9E',
    },
  ])('an unlock $what cannot be its own reply', ({ request, settings, echo }) => {
    for (const how of ['learned', 'none', 'adapter']) {
      const dialect = asking(request, { ...settings, echo: how });
      expect(heard(dialect, echo)).toEqual(['echo']);
      expect(heard(dialect, CLOSED)).toEqual(['done']);
    }
  });

  test('echo = "adapter": the first frame like the request is its echo, the second answers', () => {
    const dialect = asking(UNLOCK, { echo: 'adapter' });
    expect(heard(dialect, CLOSED)).toEqual(['echo']);
    expect(heard(dialect, CLOSED)).toEqual(['done']);
    expect(heard(asking(UNLOCK, { echo: 'adapter' }), CLOSED, CLOSED)).toEqual(['echo', 'done']);
    expect(heard(asking(UNLOCK, { echo: 'adapter' }), CLOSED, OPEN)).toEqual(['echo', 'done']);
    expect(heard(asking(UNLOCK, { echo: 'adapter' }), 'FA', CLOSED)).toEqual(['garbage', 'echo']);
  });

  test('echo = "none": the first frame is the reply, and what really was the reply is late', () => {
    expect(heard(asking(UNLOCK, { echo: 'none' }), CLOSED, CLOSED)).toEqual(['done', 'late']);
  });

  test('echo = "learned": as the last status reply was, with its echo or without', () => {
    const dialect = asking(STATUS);
    heard(dialect, '80 01 00 33 B2', ALL_OPEN);
    dialect.ask(1, UNLOCK);
    expect(heard(dialect, CLOSED, OPEN)).toEqual(['echo', 'done']);
    dialect.ask(1, STATUS);
    expect(heard(dialect, ALL_OPEN)).toEqual(['status']);
    dialect.ask(1, UNLOCK);
    expect(heard(dialect, CLOSED)).toEqual(['done']);
  });

  test('an echo without a status behind it teaches nothing', () => {
    const dialect = asking(STATUS);
    expect(heard(dialect, '80 01 00 33 B2')).toEqual(['echo']);
    dialect.ask(1, UNLOCK);
    expect(heard(dialect, CLOSED)).toEqual(['done']);
  });
});

describe('replies to others', () => {
  test('the reply to the unlock before is late, as is a second reply', () => {
    const dialect = asking(UNLOCK);
    dialect.ask(1, STATUS);
    expect(heard(dialect, CLOSED, ALL_OPEN, ALL_OPEN)).toEqual(['late', 'status', 'late']);
    dialect.ask(1, { ...UNLOCK, channel: 2 });
    expect(heard(dialect, OPEN)).toEqual(['late']);
    expect(heard(dialect, '8A 01 02 00 89', '8A 01 02 00 89')).toEqual(['done', 'late']);
  });

  test('a status of another board that was asked before is late, with its own length', () => {
    const dialect = FAMILY.dialect(0);
    dialect.ask(2, { kind: 'status', channels: 50 });
    dialect.ask(1, STATUS);
    const other = hexOf(withBcc('80 02 00 02 00 00 80 01 01 33'));
    expect(heard(dialect, other, ALL_OPEN)).toEqual(['late', 'status']);
  });

  test('another board or channel does not answer an unlock', () => {
    for (const frame of ['8A 02 01 00 89', '8A 01 03 00 88', '8A 01 00 11 9A', '80 01 01 11 91']) {
      expect(heard(asking(UNLOCK), frame, OPEN)).toEqual(['foreign', 'done']);
    }
  });

  test('nothing is a reply while nothing was asked', () => {
    expect(heard(FAMILY.dialect(0), OPEN, '80 01 00 33 B2')).toEqual(['foreign', 'foreign']);
    expect(heard(FAMILY.dialect(0), ALL_OPEN)).toEqual(['garbage']);
  });
});

describe('what it refuses to ask', () => {
  test('R9 no request addresses every board, and no unlock every channel', () => {
    const dialect = FAMILY.dialect(0);
    for (const address of [-1, 0, 100, 255, 1.5, Number.NaN]) {
      expect(() => dialect.ask(address, STATUS)).toThrow(RangeError);
      expect(() => dialect.ask(address, UNLOCK)).toThrow(RangeError);
    }
    for (const channel of [0, 51, -1, 1.5]) {
      expect(() => dialect.ask(1, { ...UNLOCK, channel })).toThrow('1 to 50');
    }
  });

  test('a pulse is the 300 ms of the board, or whole seconds from 1 to 9', () => {
    const dialect = FAMILY.dialect(0);
    for (const pulseMs of [0, 299, 301, 500, 999, 1_500, 9_001, 10_000]) {
      const what = `pulse in ms is ${pulseMs}, allowed are 300 and whole seconds`;
      expect(() => dialect.ask(1, { ...UNLOCK, pulseMs })).toThrow(what);
    }
    for (let seconds = 1; seconds <= 9; seconds += 1) {
      const bytes = dialect.ask(1, { ...UNLOCK, pulseMs: seconds * 1_000 });
      expect(bytes).toEqual(withBcc(`8A 01 01 11 0${seconds}`));
    }
  });

  test('requests that these boards do not know, and settings that nobody has', () => {
    const dialect = FAMILY.dialect(0);
    expect(() => dialect.ask(1, { kind: 'off' })).toThrow('no request "off"');
    expect(() => dialect.ask(1, { kind: 'identify' })).toThrow(RangeError);
    expect(() => dialect.ask(1, STATUS, { bulkOrder: 'odd' })).toThrow('last-first, first-last');
    const tooFew = { kind: 'status', channels: 25 } as const;
    expect(() => dialect.ask(1, tooFew, { bulkBytes: '3' })).toThrow('need 4 or more');
    expect(() => dialect.ask(1, { kind: 'status', channels: 51 })).toThrow('1 to 50');
  });
});

test('every channel is found in both orders, whatever the number of status bytes', () => {
  for (const [channels, count] of [
    [2, 3],
    [24, 3],
    [32, 4],
    [36, 5],
    [50, 7],
  ] as const) {
    for (const bulkOrder of ['last-first', 'first-last']) {
      for (let channel = 1; channel <= channels; channel += 1) {
        const dialect = FAMILY.dialect(0);
        dialect.ask(1, { kind: 'status', channels }, { bulkOrder });
        const status = Array.from({ length: count }, () => 0);
        const byte = (channel - 1) >> 3;
        status[bulkOrder === 'last-first' ? count - 1 - byte : byte] = 1 << ((channel - 1) & 7);
        const reply = withBcc(hexOf(Uint8Array.of(0x80, 1, ...status, 0x33)));
        const contacts = Array.from({ length: channels }, (_, index) => index === channel - 1);
        expect(dialect.receive(reply)).toEqual([
          { kind: 'reply', reply: { kind: 'status', reading: { contacts } } },
        ]);
      }
    }
  }
});

test('an unlock may be answered a second after its pulse, a status sooner', () => {
  expect(FAMILY.turnaroundMs(UNLOCK, {})).toBe(1_300);
  expect(FAMILY.turnaroundMs({ ...UNLOCK, pulseMs: 9_000 }, {})).toBe(10_000);
  expect(FAMILY.turnaroundMs(STATUS, {})).toBe(200);
});
