import { expect, test } from 'vitest';
import { encodeFrame, hex } from '../../../../hardware/wire/kerong/frame.ts';
import { kerongCu16Family as CU16 } from '../../../../hardware/wire/kerong-cu16/family.ts';

test('R7 a pulse time is rounded down, so that no pulse outlasts what the bus believes', () => {
  const asked = CU16.dialect(0).ask(0, { kind: 'prepare', pulseMs: 559 });
  expect(hex(asked)).toBe('02 00 37 00 37 03 73');
});

test('a set pulse time is answered by no frame that is known', () => {
  const dialect = CU16.dialect(0);
  dialect.ask(0, { kind: 'prepare', pulseMs: 550 });
  const heard = [
    ...dialect.receive(encodeFrame(0, 0x35, 0, 0, 0, 0)),
    ...dialect.receive(encodeFrame(0, 0x38, 0, 0x37)),
    ...dialect.gap(),
  ];
  expect(heard.map((item) => item.kind === 'noise' && item.reason)).toEqual(['late', 'garbage']);
});

test('an unanswered pulse time owes no reading', () => {
  const dialect = CU16.dialect(0);
  dialect.ask(0, { kind: 'prepare', pulseMs: 550 });
  dialect.ask(0, { kind: 'unlock', channel: 1, pulseMs: 550 });
  expect(dialect.receive(encodeFrame(0, 0x35, 0, 0, 0, 0))).toEqual([
    { kind: 'reply', reply: { kind: 'done' } },
  ]);
});

test('the pulse time is set at the probe, if the installation wants that', () => {
  expect(CU16.probe).toEqual(['status']);
  expect(CU16.probeWith?.({})).toEqual(['status']);
  expect(CU16.probeWith?.({ pulseTime: 'board' })).toEqual(['status']);
  expect(CU16.probeWith?.({ pulseTime: 'set' })).toEqual(['status', 'prepare', 'status']);
});
