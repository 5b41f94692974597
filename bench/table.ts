import type { Row } from './row.ts';

const NAME_CHARS = 60;
const NUMBER_CHARS = 11;
const UNIT_CHARS = 10;

export function headLine(): string {
  return line('', 'value', 'unit', 'limit', 'ratio');
}

/** A row of the table; a ratio over 1 is marked. */
export function rowLine({ name, value, unit, limit, ratio }: Row): string {
  const mark = ratio > 1 ? '  over' : '';
  return `${line(name, String(value), unit, String(limit), ratio.toFixed(3))}${mark}`;
}

/** Which rows are over their limits, in one sentence. */
export function overLimit(rows: readonly Row[]): string {
  const over = rows.filter(({ ratio }) => ratio > 1);
  if (over.length === 0) return 'No row is over its limit.';
  return `Over the limit: ${over.map(({ name }) => name).join('; ')}.`;
}

function line(name: string, value: string, unit: string, limit: string, ratio: string): string {
  const numbers = `${value.padStart(NUMBER_CHARS)} ${unit.padEnd(UNIT_CHARS)}`;
  return `${name.padEnd(NAME_CHARS)}${numbers}${limit.padStart(NUMBER_CHARS)}${ratio.padStart(8)}`;
}
