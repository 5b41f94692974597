import { expect, test } from 'vitest';
import type { Dialect } from '../../../../hardware/wire/family.ts';
import { kerongCu48Family as CU48 } from '../../../../hardware/wire/kerong-cu48/family.ts';
import { bytes, short } from '../kerong/vectors.ts';

const STATUS = { kind: 'status', channels: 2 } as const;
const READING = bytes('02 00 00 75 01 00 00 00 00 00 02 00 00 00 00 00 03 7D');
const CHANGE = bytes('02 00 0A 77 01 00 00 00 00 00 01 00 00 00 00 00 03 88');

function asked(settings: Readonly<Record<string, string>>, address = 0): Dialect {
  const dialect = CU48.dialect(0);
  dialect.ask(address, STATUS, settings);
  return dialect;
}

test('the second block is no item sensors unless the installation says so', () => {
  expect(short(asked({}).receive(READING))).toEqual([{ contacts: '10' }]);
  expect(short(asked({ items: 'off' }).receive(READING))).toEqual([{ contacts: '10' }]);
  expect(short(asked({ items: 'ir' }).receive(READING))).toEqual([
    { contacts: '10', occupied: '01' },
  ]);
});

test('a frame 77 is never an answer; as a report it names its board and is not believed', () => {
  expect(asked({}).receive(CHANGE)).toMatchObject([{ kind: 'noise', reason: 'foreign' }]);
  const dialect = asked({ code77: 'report' });
  expect(dialect.receive(CHANGE)).toMatchObject([
    { kind: 'noise', reason: 'unsolicited', address: 0 },
  ]);
  expect(short(dialect.receive(READING))).toEqual([{ contacts: '10' }]);
});

test('the choice is that of the board which reports, not of the one asked last', () => {
  const dialect = asked({ code77: 'report' });
  dialect.ask(1, STATUS, { code77: 'ignore' });
  expect(short(dialect.receive(CHANGE))).toEqual(['unsolicited']);
  dialect.ask(0, STATUS, { code77: 'ignore' });
  expect(short(dialect.receive(CHANGE))).toEqual(['foreign']);
});

test('the pulse time is the board’s own', () => {
  expect(() => CU48.dialect(0).ask(0, { kind: 'prepare', pulseMs: 300 })).toThrow('no prepare');
});
