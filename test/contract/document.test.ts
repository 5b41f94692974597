import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DOCUMENT, promised, tableIn, tableText, withTable } from './table.ts';

const document = readFileSync(DOCUMENT, 'utf8');

it('B6 the document has the rows and families of the kit, and every promise was kept', () => {
  expect(tableIn(document)).toBe(tableText(promised));
});

it('writing the same table again changes nothing', () => {
  expect(withTable(document, tableIn(document))).toBe(document);
});
