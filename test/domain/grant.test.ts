import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { base45, fromBase45 } from '../../src/domain/base45.ts';
import { readGrant } from '../../src/domain/grant.ts';
import { grantVectors } from '../vectors/grants/make.ts';

const vectors = grantVectors();

it('B3 the published vectors are what the code makes', () => {
  const file = new URL('../vectors/grants/grants.json', import.meta.url);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(vectors)));
});

it.each(vectors.good)('B3 reads the good vector: $name', ({ text, grant }) => {
  expect(text).toHaveLength(135);
  expect(readGrant(text)?.grant).toEqual(grant);
});

it.each(vectors.bad)('B3 reads the bad vector only where it is one of form: $name', (bad) => {
  expect(readGrant(bad.text) === null).toBe(bad.refusal === 'GRANT_MALFORMED');
});

// RFC 9285, sections 4.3 and 4.4.
it.each([
  ['AB', 'BB8'],
  ['Hello!!', '%69 VD92EX0'],
  ['base-45', 'UJCLQE7W581'],
  ['ietf!', 'QED8WEX0'],
])('B3 base45 of %s', (plain, text) => {
  const bytes = new TextEncoder().encode(plain);
  expect(base45(bytes)).toBe(text);
  expect(fromBase45(text)).toEqual(bytes);
});

it.each(['GGW', ':::', 'A', 'ABCD', '::', 'ab1', 'A_1'])('B3 base45 is not "%s"', (text) => {
  expect(fromBase45(text)).toBeNull();
});
