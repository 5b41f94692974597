import { expect, it } from 'vitest';
import { normalPhone } from '../../src/domain/phone.ts';

const AUSTRIA = { countryCode: '43', trunkPrefix: '0' };
const AMERICA = { countryCode: '1', trunkPrefix: '1' };
const ITALY = { countryCode: '39', trunkPrefix: '' };
const NOWHERE = { countryCode: null, trunkPrefix: '0' };

it.each([
  [AUSTRIA, ['+43 664 123 45 67', '0664 1234567', '0043-664-1234567', '+43 (0)664 1234567']],
  [AMERICA, ['+1 212 555 0111', '212 555 0111', '1 (212) 555-0111']],
  [ITALY, ['+39 06 1234 5678', '06 1234 5678', '0039 06 12345678']],
])('M16 R15a one phone is one number, however it was typed: %j', (dialling, typed) => {
  const normal = typed.map((one) => normalPhone(one, dialling));
  expect(new Set(normal)).toEqual(new Set([typed[0]?.replace(/\D/g, '')]));
});

it('M16 other countries keep their code, and other phones stay others', () => {
  expect(normalPhone('+49 170 1234567', AUSTRIA)).toBe('491701234567');
  expect(normalPhone('0664 1234568', AUSTRIA)).not.toBe(normalPhone('0664 1234567', AUSTRIA));
});

it('M16 without a country a national number stays as it was typed', () => {
  expect(normalPhone('0664 123', NOWHERE)).toBe('0664123');
  expect(normalPhone('+43 664 123', NOWHERE)).toBe('43664123');
});
