import { describe, expect, test } from 'vitest';
import type { BoardRequest, Dialect, Family } from '../../../../hardware/wire/family.ts';
import { encodeFrame } from '../../../../hardware/wire/kerong/frame.ts';
import { kerongCu16Family } from '../../../../hardware/wire/kerong-cu16/family.ts';
import { kerongCu48Family } from '../../../../hardware/wire/kerong-cu48/family.ts';

const UNLOCK: BoardRequest = { kind: 'unlock', channel: 3, pulseMs: 300 };
const STATUS: BoardRequest = { kind: 'status', channels: 4 };

interface Kind {
  readonly family: Family;
  /** A good reading of the board at an address, all bits 0. */
  readonly reading: (address: number) => Uint8Array;
}

const kinds: readonly Kind[] = [
  {
    family: kerongCu16Family,
    reading: (address) => encodeFrame(address << 4, 0x35, 0, 0, 0, 0),
  },
  {
    family: kerongCu48Family,
    reading: (address) => encodeFrame(address, 0, 0x75, ...Array<number>(12).fill(0)),
  },
];

function heard(dialect: Dialect, bytes: Uint8Array): string[] {
  return [...dialect.receive(bytes), ...dialect.gap()].map((item) =>
    item.kind === 'noise' ? item.reason : item.reply.kind,
  );
}

describe.each(kinds)('$family.name', ({ family, reading }) => {
  test('our own request is an echo, another one is foreign', () => {
    const dialect = family.dialect(0);
    const other = dialect.ask(2, STATUS);
    const own = dialect.ask(1, STATUS);
    expect(heard(dialect, own)).toEqual(['echo']);
    expect(heard(dialect, other)).toEqual(['foreign']);
    expect(heard(dialect, reading(1))).toEqual(['status']);
  });

  test('the echo of an unlock is no acknowledgement', () => {
    const dialect = family.dialect(0);
    expect(heard(dialect, dialect.ask(1, UNLOCK))).toEqual(['echo']);
  });

  test('a reading of another board, or before anything was asked, is foreign', () => {
    const dialect = family.dialect(0);
    expect(heard(dialect, reading(1))).toEqual(['foreign']);
    dialect.ask(1, STATUS);
    expect(heard(dialect, reading(2))).toEqual(['foreign']);
  });

  test('a second reply to one request is late', () => {
    const dialect = family.dialect(0);
    dialect.ask(1, STATUS);
    expect(heard(dialect, reading(1))).toEqual(['status']);
    expect(heard(dialect, reading(1))).toEqual(['late']);
  });

  test('R6 a reading that may be late acknowledges no unlock', () => {
    const dialect = family.dialect(0);
    dialect.ask(1, STATUS);
    dialect.ask(1, UNLOCK);
    expect(heard(dialect, reading(1))).toEqual(['late']);
    expect(heard(dialect, reading(1))).toEqual(['done']);
  });

  test('once the board has answered, its next unlock is acknowledged by the first reading', () => {
    const dialect = family.dialect(0);
    dialect.ask(1, UNLOCK);
    dialect.ask(1, STATUS);
    expect(heard(dialect, reading(1))).toEqual(['status']);
    dialect.ask(1, UNLOCK);
    expect(heard(dialect, reading(1))).toEqual(['done']);
  });

  test('what one board owes does not touch another', () => {
    const dialect = family.dialect(0);
    dialect.ask(1, STATUS);
    dialect.ask(2, UNLOCK);
    expect(heard(dialect, reading(1))).toEqual(['foreign']);
    expect(heard(dialect, reading(2))).toEqual(['done']);
  });

  test('half a reply from before the gap is nothing of the next one', () => {
    const dialect = family.dialect(0);
    dialect.ask(1, STATUS);
    dialect.receive(reading(1).subarray(0, 4));
    expect(dialect.gap().map((item) => item.kind === 'noise' && item.reason)).toEqual([
      'half-frame',
    ]);
    dialect.ask(1, STATUS);
    expect(heard(dialect, reading(1).subarray(4))).toEqual(['garbage']);
    expect(heard(dialect, reading(1))).toEqual(['status']);
  });

  test('R9 no request addresses more than one board', () => {
    for (const address of [-1, 15, 16, 0xf0, 255, 1.5, Number.NaN]) {
      for (const request of [STATUS, UNLOCK]) {
        expect(() => family.dialect(0).ask(address, request)).toThrow('0 to 14');
      }
    }
  });

  test('R9 every request has a command for one board or one lock', () => {
    const pulse = { kind: 'prepare', pulseMs: 300 } as const;
    const requests = family.name === 'kerong-cu16' ? [STATUS, UNLOCK, pulse] : [STATUS, UNLOCK];
    const commandAt = family.name === 'kerong-cu16' ? 2 : 3;
    const commands = new Set<number | undefined>();
    for (let address = 0; address <= family.addresses.max; address += 1) {
      for (const request of requests) {
        commands.add(family.dialect(0).ask(address, request)[commandAt]);
      }
    }
    const allowed = family.name === 'kerong-cu16' ? [0x30, 0x31, 0x37] : [0x60, 0x61];
    expect([...commands].sort()).toEqual(allowed);
  });

  test('what is outside the limits, or what the boards cannot do, is not asked', () => {
    const dialect = family.dialect(0);
    const max = family.channelsMax;
    const outside: [BoardRequest, string][] = [
      [{ ...UNLOCK, channel: 0 }, `1 to ${max}`],
      [{ ...UNLOCK, channel: max + 1 }, `1 to ${max}`],
      [{ ...UNLOCK, pulseMs: 49 }, '50 to 2000'],
      [{ ...UNLOCK, pulseMs: 2_001 }, '50 to 2000'],
      [{ kind: 'status', channels: max + 1 }, `1 to ${max}`],
      [{ kind: 'off' }, 'no off'],
      [{ kind: 'identify' }, 'no identify'],
    ];
    for (const [request, why] of outside) expect(() => dialect.ask(1, request)).toThrow(why);
  });

  test('an unlock is waited for only where its answer is expected', () => {
    const none = family.turnaroundMs(UNLOCK, {});
    expect(none).toBeLessThanOrEqual(50);
    expect(family.turnaroundMs(UNLOCK, { unlockAnswer: 'none' })).toBe(none);
    expect(family.turnaroundMs(UNLOCK, { unlockAnswer: 'status' })).toBeGreaterThan(none);
  });
});
