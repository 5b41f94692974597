import { type Path, textOf } from './paths.ts';

/** A key that contradicts its limits or another key, and what is allowed there. */
export interface Finding {
  readonly path: Path;
  readonly allowed: string;
}

export interface Entry {
  readonly path: Path;
  /** Undefined is equal to nothing, itself included. */
  readonly value: string | number | undefined;
}

/** The entries whose value another one before them has; `rule` says that they must differ. */
export function repeated(entries: readonly Entry[], rule: string): Finding[] {
  const firsts = new Map<string | number, Path>();
  const findings: Finding[] = [];
  for (const { path, value } of entries) {
    if (value === undefined) continue;
    const first = firsts.get(value);
    if (first === undefined) firsts.set(value, path);
    else findings.push({ path, allowed: `${rule}; ${textOf(first)} has it too` });
  }
  return findings;
}

export function quoted(names: Iterable<string>): string {
  return [...names].map((name) => `"${name}"`).join(', ');
}
