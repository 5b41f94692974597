import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BAR_REASONS } from '../../src/domain/slot.ts';

const textOf = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** Codes in the first column of the tables of the guide. */
const told = new Set(
  [...textOf('docs/OPERATIONS.md').matchAll(/^\| (`[^|]+`|\d+)(?=,| \|)/gm)].map(([, code = '']) =>
    code.replaceAll('`', ''),
  ),
);

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
