import { describe, expect, test } from 'vitest';
import { families } from '../../../../hardware/index.ts';
import type { BoardRequest, Dialect, Family } from '../../../../hardware/wire/family.ts';
import { encodeFrame } from '../../../../hardware/wire/waveshare-relay-d/frame.ts';
import { bytesOf, hexOf, vectors } from './vectors.ts';

const RELAY_D = familyNamed('waveshare-relay-d');
const STATUS: BoardRequest = { kind: 'status', channels: 8 };
const OFF: BoardRequest = { kind: 'off' };
const UNLOCK: BoardRequest = { kind: 'unlock', channel: 3, pulseMs: 500 };
const WITH_ITEMS = { inputs: 'doors-and-items' };

function familyNamed(name: string): Family {
  const family = families.get(name);
  if (!family) throw new Error(`no family "${name}"`);
  return family;
}

function reasons(dialect: Dialect, bytes: Uint8Array): string[] {
  return dialect.receive(bytes).map((heard) => (heard.kind === 'noise' ? heard.reason : 'reply'));
}

function reading(address: number, inputs: number): Uint8Array {
  return encodeFrame({ address, code: 2, data: [1, inputs] });
}

describe('published exchanges', () => {
  test.each(vectors.exchanges)('$about', ({ address, request, settings, ask, answer, reply }) => {
    const dialect = RELAY_D.dialect(0);
    expect(hexOf(dialect.ask(address, request, settings))).toBe(ask);
    expect(dialect.receive(bytesOf(answer))).toEqual([{ kind: 'reply', reply }]);
  });

  test.each(vectors.exchanges)('not longer than time-outs rest on: $about', (vector) => {
    const { request, answer } = vector;
    expect(bytesOf(answer).length).toBeLessThanOrEqual(RELAY_D.replyBytesMax(request, 8));
  });
});

describe('what it refuses to ask', () => {
  test('R9 no request goes to the broadcast address, or to one that Modbus keeps', () => {
    for (const address of [-1, 0, 248, 255, 1.5, Number.NaN]) {
      for (const request of [STATUS, OFF, UNLOCK]) {
        expect(() => RELAY_D.dialect(0).ask(address, request)).toThrow('1 to 247');
      }
    }
  });

  test.each([
    [0, '100 to 2000'],
    [50, '100 to 2000'],
    [2_100, '100 to 2000'],
    [350, 'pulse in ms is 350, allowed are multiples of 100'],
  ])('a pulse of %i ms', (pulseMs, why) => {
    const ask = () => RELAY_D.dialect(0).ask(1, { kind: 'unlock', channel: 1, pulseMs });
    expect(ask).toThrow(RangeError);
    expect(ask).toThrow(why);
  });

  test('a channel that the board has not, or has given to the items', () => {
    const dialect = RELAY_D.dialect(0);
    const unlock = (channel: number) => ({ kind: 'unlock', channel, pulseMs: 500 }) as const;
    expect(() => dialect.ask(1, unlock(9))).toThrow('1 to 8');
    expect(() => dialect.ask(1, unlock(0))).toThrow('1 to 8');
    expect(() => dialect.ask(1, unlock(5), WITH_ITEMS)).toThrow('"doors-and-items" channel is 5');
    expect(() => dialect.ask(1, STATUS, WITH_ITEMS)).toThrow('channels is 8, allowed are 1 to 4');
  });

  test('a choice that there is not, and requests that the board has not', () => {
    const dialect = RELAY_D.dialect(0);
    expect(() => dialect.ask(1, OFF, { echo: 'yes' })).toThrow(
      'setting echo is "yes", allowed are none, adapter',
    );
    expect(() => dialect.ask(1, { kind: 'identify' })).toThrow('no request "identify"');
  });
});

describe('frames that are not the awaited reply', () => {
  test('before anything was asked every frame is foreign', () => {
    expect(reasons(RELAY_D.dialect(0), reading(1, 0))).toEqual(['foreign']);
  });

  test('another board', () => {
    const dialect = RELAY_D.dialect(0);
    dialect.ask(1, STATUS);
    expect(reasons(dialect, reading(2, 0))).toEqual(['foreign']);
  });

  test('another function, another relay, another pulse: a good frame and no answer', () => {
    const dialect = RELAY_D.dialect(0);
    dialect.ask(1, UNLOCK);
    expect(reasons(dialect, reading(1, 0))).toEqual(['malformed']);
    for (const data of [
      [2, 3, 0, 5],
      [2, 2, 0, 6],
      [0, 2, 0xff, 0],
    ]) {
      expect(reasons(dialect, encodeFrame({ address: 1, code: 5, data }))).toEqual(['malformed']);
    }
    expect(reasons(dialect, encodeFrame({ address: 1, code: 5, data: [2, 2, 0, 5] }))).toEqual([
      'reply',
    ]);
  });

  test('a read of relays is no read of inputs', () => {
    const dialect = RELAY_D.dialect(0);
    dialect.ask(1, STATUS);
    const relays = encodeFrame({ address: 1, code: 1, data: [1, 5] });
    expect(reasons(dialect, relays)).toEqual(['malformed']);
  });

  test('the answer to the question before is late, and so is a second answer', () => {
    const dialect = RELAY_D.dialect(0);
    const unlock = dialect.ask(1, UNLOCK);
    dialect.ask(1, STATUS);
    expect(reasons(dialect, unlock)).toEqual(['late']);
    expect(reasons(dialect, reading(1, 0))).toEqual(['reply']);
    expect(reasons(dialect, reading(1, 0))).toEqual(['late']);
  });
});

describe('echoes', () => {
  test('without an echoing adapter a write is answered by its own bytes, a read never', () => {
    const dialect = RELAY_D.dialect(0);
    expect(reasons(dialect, dialect.ask(1, UNLOCK))).toEqual(['reply']);
    expect(reasons(dialect, dialect.ask(1, STATUS))).toEqual(['echo']);
  });

  test('with one, our own request is not the acknowledgement; the same bytes again are', () => {
    const dialect = RELAY_D.dialect(0);
    for (const request of [OFF, UNLOCK]) {
      const asked = dialect.ask(1, request, { echo: 'adapter' });
      expect(reasons(dialect, asked)).toEqual(['echo']);
      expect(reasons(dialect, asked)).toEqual(['reply']);
    }
  });

  test('an exception behind the echo is the answer', () => {
    const dialect = RELAY_D.dialect(0);
    const asked = dialect.ask(1, UNLOCK, { echo: 'adapter' });
    const exception = encodeFrame({ address: 1, code: 0x85, data: [6] });
    expect(dialect.receive(Uint8Array.from([...asked, ...exception]))).toMatchObject([
      { kind: 'noise', reason: 'echo' },
      { kind: 'reply', reply: { kind: 'refused', code: 6, why: 'server-device-busy' } },
    ]);
  });

  test('an echo that came too late for its question is not owed to the next one', () => {
    const dialect = RELAY_D.dialect(0);
    const unlock = dialect.ask(1, UNLOCK, { echo: 'adapter' });
    const status = dialect.ask(1, STATUS, { echo: 'adapter' });
    expect(reasons(dialect, unlock)).toEqual(['late']);
    expect(reasons(dialect, status)).toEqual(['echo']);
    expect(reasons(dialect, reading(1, 0))).toEqual(['reply']);
  });
});

test('an exception code that Modbus has not is still a refusal', () => {
  const dialect = RELAY_D.dialect(0);
  dialect.ask(1, STATUS);
  const exception = encodeFrame({ address: 1, code: 0x82, data: [0x77] });
  expect(dialect.receive(exception)).toEqual([
    { kind: 'reply', reply: { kind: 'refused', code: 0x77, why: 'unknown-exception' } },
  ]);
});
