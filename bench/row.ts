/**
 * One measured figure. `limit` is what it is held against, measured in the same run where it is a
 * peer; `ratio` is value ÷ limit where less is better, and limit ÷ value where more is better, so
 * that up to 1 always means within the limit.
 */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limit: number;
  readonly ratio: number;
}

export function atMost(name: string, value: number, unit: string, limit: number): Row {
  return row(name, value, unit, limit, value / limit);
}

export function atLeast(name: string, value: number, unit: string, limit: number): Row {
  return row(name, value, unit, limit, limit / value);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** What 99 of 100 values do not exceed. */
export function ninetyNineOf100(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
}

function row(name: string, value: number, unit: string, limit: number, ratio: number): Row {
  return { name, value: rounded(value), unit, limit: rounded(limit), ratio: rounded(ratio) };
}

const rounded = (value: number): number => Number(value.toPrecision(4));
