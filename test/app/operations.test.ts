import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { RESULT_CODES } from '../../src/cloud/schemas/up.ts';
import { BAR_REASONS } from '../../src/domain/slot.ts';

const textOf = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** Codes in the first column of the tables of the guide. */
const told = new Set(
  [...textOf('docs/OPERATIONS.md').matchAll(/^\| ((?:`[^|`]+`|\d+)(?:, `[^|`]+`)*) \|/gm)].flatMap(
    ([, codes = '']) => codes.replaceAll('`', '').split(', '),
  ),
);

/** All that a pattern's first group finds in files of the program. */
const found = (pattern: RegExp, ...paths: string[]) =>
  paths.flatMap((path) => [...textOf(path).matchAll(pattern)].map(([, code = '']) => code));

/** Every file below a folder of the program. */
const filesIn = (folder: string) =>
  readdirSync(new URL(`../../${folder}`, import.meta.url), { recursive: true })
    .map((name) => `${folder}/${name}`)
    .filter((name) => name.endsWith('.ts'));

it('the guide has a cause and a cure for each reason that keeps a compartment back', () => {
  for (const reason of BAR_REASONS) expect(told, reason).toContain(reason);
});

it('the guide has a cause and a cure for each status that lockerd ends with', () => {
  const files = ['src/platform/exit-status.ts', 'src/store/errors.ts', 'src/config/errors.ts'];
  const statuses = files.flatMap((path) =>
    [...textOf(path).matchAll(/(?:EX_\w+|exitStatus) = (\d+);/g)].map(([, status = '']) => status),
  );
  expect(statuses.length).toBeGreaterThanOrEqual(10);
  for (const status of statuses) expect(told, status).toContain(status);
});

it('M21 the guide has a cause and a cure for each code of a refusal at the keypad', () => {
  const entries = [
    'numbers',
    'sign-in',
    'staff-proof',
    'collect',
    'announcements',
    'deposit',
    'lost-code',
  ];
  const paths = entries.map((name) => `src/control/${name}.ts`);
  const codes = found(/'([A-Z]+_[A-Z_]+)'/g, ...paths, 'src/domain/load.ts', 'src/domain/grant.ts');
  expect(new Set(codes).size).toBeGreaterThanOrEqual(20);
  // What a page sends to the slot's machine is no refusal.
  const machine = new Set(found(/type: '([A-Z_]+)'/g, ...paths));
  for (const code of codes) if (!machine.has(code)) expect(told, code).toContain(code);
  for (const status of ['EXPIRED', 'CANCELLED', 'RETRIEVED']) expect(told).toContain(status);
});

it('the guide has a cause and a cure for each code of the sockets and of the cloud', () => {
  const codes = found(/Refusal\(\s*\d{3},\s*'([A-Z_]+)'/g, ...filesIn('src/api'));
  expect(new Set(codes).size).toBeGreaterThanOrEqual(15);
  for (const code of [...codes, 'FAULT', ...RESULT_CODES]) expect(told, code).toContain(code);
});

it('the guide has a cause and a cure for each device whose state is booked', () => {
  const rows = found(/'([a-z]+\.(?:health|state|failed|down|disabled))'/g, ...filesIn('src'));
  expect(new Set(rows).size).toBeGreaterThanOrEqual(7);
  for (const row of rows) expect(told, row).toContain(row);
});
