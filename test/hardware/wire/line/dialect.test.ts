import { describe, expect, test } from 'vitest';
import type { BoardRequest, Dialect } from '../../../../hardware/wire/family.ts';
import { encodeLine } from '../../../../hardware/wire/line/frame.ts';
import { LINE } from '../../bench-bus.ts';
import { latin1 } from '../../far-end.ts';
import { type LineExchange, vectors } from '../vectors.ts';

const STATUS: BoardRequest = { kind: 'status', channels: 4 };

function reply(address: number, id: number, verb: string, ...args: string[]): Uint8Array {
  return encodeLine({ direction: 'reply', address, id, verb, args });
}

function reasons(dialect: Dialect, bytes: Uint8Array): string[] {
  return dialect.receive(bytes).map((heard) => (heard.kind === 'noise' ? heard.reason : 'reply'));
}

/** A dialect whose next id is the vector's, and which has heard its boot counter. */
function prepared({ id, boot, address }: LineExchange): Dialect {
  if (boot === undefined) return LINE.dialect(id);
  const dialect = LINE.dialect((id + 0xffff) % 0x1_0000);
  dialect.ask(address, { kind: 'identify' });
  const counter = boot.toString(16).padStart(4, '0');
  const identity = reply(address, (id + 0xffff) % 0x1_0000, 'I', '1', '16', counter, 'X');
  expect(reasons(dialect, identity)).toEqual(['reply']);
  return dialect;
}

describe('published exchanges', () => {
  test.each(vectors.exchanges)('$about', (vector) => {
    const dialect = prepared(vector);
    const asked = dialect.ask(vector.address, vector.request);
    expect(Buffer.from(asked).toString('latin1')).toBe(`${vector.ask}\n`);
    expect(dialect.receive(latin1(`${vector.answer}\n`))).toEqual([
      { kind: 'reply', reply: vector.reply },
    ]);
  });
});

describe('lines that are not the awaited reply', () => {
  test('our own request is an echo', () => {
    const dialect = LINE.dialect(5);
    expect(reasons(dialect, dialect.ask(1, STATUS))).toEqual(['echo']);
  });

  test('a reply with an older id is late, across the wrap of the ids too', () => {
    const dialect = LINE.dialect(0xffff);
    dialect.ask(1, STATUS);
    dialect.ask(1, STATUS);
    expect(reasons(dialect, reply(1, 0xffff, 'O'))).toEqual(['late']);
    expect(reasons(dialect, reply(2, 0xfff0, 'O'))).toEqual(['late']);
  });

  test('a second reply to the same request is late', () => {
    const dialect = LINE.dialect(5);
    dialect.ask(1, { kind: 'off' });
    expect(reasons(dialect, reply(1, 5, 'O'))).toEqual(['reply']);
    expect(reasons(dialect, reply(1, 5, 'O'))).toEqual(['late']);
  });

  test('another address, an id of the future, and the requests of others are foreign', () => {
    const dialect = LINE.dialect(5);
    expect(reasons(dialect, reply(1, 5, 'O'))).toEqual(['foreign']);
    dialect.ask(1, { kind: 'off' });
    const other = encodeLine({ direction: 'request', address: 2, id: 5, verb: 'O', args: [] });
    expect(reasons(dialect, reply(2, 5, 'O'))).toEqual(['foreign']);
    expect(reasons(dialect, reply(1, 6, 'O'))).toEqual(['foreign']);
    expect(reasons(dialect, other)).toEqual(['foreign']);
  });
});

describe('replies with a good checksum and bad fields are malformed', () => {
  const identify: BoardRequest = { kind: 'identify' };
  const cases: readonly { request: BoardRequest; words: string }[] = [
    { request: identify, words: 'I 2 16 0001 X' },
    { request: identify, words: 'I 1 49 0001 X' },
    { request: identify, words: 'I 1 0 0001 X' },
    { request: identify, words: 'I 1 016 0001 X' },
    { request: identify, words: 'I 1 16 001 X' },
    { request: identify, words: 'I 1 16 0001' },
    { request: identify, words: `I 1 16 0001 ${'X'.repeat(33)}` },
    { request: STATUS, words: 'S 0001 FF - 0000' },
    { request: STATUS, words: 'S 0001 F G 0000' },
    { request: STATUS, words: 'S 0001 F - 000' },
    { request: { kind: 'status', channels: 3 }, words: 'S 0001 8 - 000' },
    { request: STATUS, words: 'O' },
    { request: STATUS, words: 'E 0 x' },
    { request: STATUS, words: 'E 1' },
    { request: { kind: 'off' }, words: 'O 1' },
  ];
  test.each(cases)('$words', ({ request, words }) => {
    const [verb = '', ...args] = words.split(' ');
    const dialect = LINE.dialect(5);
    dialect.ask(1, request);
    expect(reasons(dialect, reply(1, 5, verb, ...args))).toEqual(['malformed']);
  });

  test('an unlock answered for another channel or another pulse', () => {
    const dialect = LINE.dialect(5);
    dialect.ask(1, STATUS);
    dialect.receive(reply(1, 5, 'S', '0001', 'F', '-', '0000'));
    dialect.ask(1, { kind: 'unlock', channel: 2, pulseMs: 500 });
    expect(reasons(dialect, reply(1, 6, 'U', '3', '500'))).toEqual(['malformed']);
    expect(reasons(dialect, reply(1, 6, 'U', '2', '400'))).toEqual(['malformed']);
    expect(reasons(dialect, reply(1, 6, 'U', '2', '500'))).toEqual(['reply']);
  });
});

describe('what it refuses to ask', () => {
  test('R9 no request of a family addresses every board', () => {
    const requests: BoardRequest[] = [{ kind: 'identify' }, STATUS, { kind: 'off' }];
    for (const address of [-1, 0, 100, 255, 1.5, Number.NaN]) {
      for (const request of requests) {
        expect(() => LINE.dialect(0).ask(address, request)).toThrow(RangeError);
      }
    }
  });

  test('a pulse without a known boot counter, or outside its limits', () => {
    const dialect = LINE.dialect(5);
    const unlock = { kind: 'unlock', channel: 1, pulseMs: 500 } as const;
    expect(() => dialect.ask(1, unlock)).toThrow('boot counter');
    expect(() => dialect.ask(1, { ...unlock, pulseMs: 2_001 })).toThrow('50 to 2000');
    expect(() => dialect.ask(1, { ...unlock, pulseMs: 49 })).toThrow('50 to 2000');
    expect(() => dialect.ask(1, { ...unlock, channel: 49 })).toThrow('1 to 48');
    expect(() => LINE.dialect(65_536)).toThrow('0 to 65535');
  });
});

test('no reply is longer than the family says, which is what time-outs rest on', () => {
  const longest = (channels: number) => [
    reply(99, 5, 'I', '1', '48', 'FFFF', 'X'.repeat(32)),
    reply(99, 5, 'S', 'FFFF', 'F'.repeat(channels / 4), '-', '0'.repeat(channels)),
    reply(99, 5, 'E', '99', 'X'.repeat(32)),
  ];
  const status: BoardRequest = { kind: 'status', channels: 48 };
  const [identity, reading, error] = longest(48).map((bytes) => bytes.length);
  expect(LINE.replyBytesMax({ kind: 'identify' }, 48)).toBeGreaterThanOrEqual(identity ?? 0);
  expect(LINE.replyBytesMax(status, 48)).toBeGreaterThanOrEqual(reading ?? 0);
  expect(LINE.replyBytesMax({ kind: 'off' }, 48)).toBeGreaterThanOrEqual(error ?? 0);
});
