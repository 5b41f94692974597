import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fingerprint, readSealed, writeSealed } from '../../src/platform/sealed-file.ts';
import { testFolder } from './folder.ts';

test('what was written is read, whatever the order of its keys', () => {
  const path = join(testFolder(), 'new', 'sealed.json');
  const content = { b: [1, { d: null, c: 'x' }], a: 'é' };
  writeSealed(path, content);
  expect(readSealed(path)).toEqual({ content });
  const { checksum, ...rest } = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ checksum, a: rest.a, b: rest.b }));
  expect(readSealed(path)).toEqual({ content });
  expect(existsSync(`${path}.new`)).toBe(false);
});

test('a value has the fingerprint that other programs compute', () => {
  // printf '{"a":[1,"x"],"b":true}' | sha256sum
  const sum = 'c817ea2211dc960ff318c03b8414e1c9f63f6010af61d11cca0cf7f920ac9dae';
  expect(fingerprint({ b: true, a: [1, 'x'] })).toBe(sum);
});

test.each([
  ['changed', (text: string) => text.replace('"x"', '"y"')],
  ['cut short', (text: string) => text.slice(0, -20)],
  ['without a checksum', () => '{"a": 1}'],
  ['no table', () => 'null'],
  ['empty', () => ''],
])('a file that is %s is refused', (_what, spoil) => {
  const path = join(testFolder(), 'sealed.json');
  writeSealed(path, { a: 'x' });
  writeFileSync(path, spoil(readFileSync(path, 'utf8')));
  expect(readSealed(path)).toEqual({ why: expect.stringContaining('checksum is wrong') });
});

test('a file that is not there is named', () => {
  expect(readSealed('/nowhere/sealed.json')).toEqual({ why: expect.stringContaining('ENOENT') });
});
