import type { core } from 'zod';
import type { Problem } from './errors.ts';
import type { Finding } from './finding.ts';
import { type Loose, without } from './loose.ts';
import { nearest } from './nearest.ts';
import { textOf, valueAt } from './paths.ts';
import type { File } from './schema.ts';

const FOUND_CHARS_MAX = 60;

type Issue = core.$ZodIssue;

/** One problem a key, the first that was found: what follows from it would only confuse. */
export function problemsOf(
  raw: unknown,
  issues: readonly Issue[],
  findings: readonly Finding[],
): Problem[] {
  const byKey = new Map<string, Problem>();
  for (const { path, allowed } of [...issues.flatMap(findingsOf), ...findings]) {
    const key = textOf(path);
    if (!byKey.has(key)) byKey.set(key, { key, found: found(valueAt(raw, path)), allowed });
  }
  return [...byKey.values()];
}

/** The file without the values that have an issue; what remains has the right shape. */
export function cutOut(raw: unknown, issues: readonly Issue[]): Loose<File> {
  const wrong = issues.filter((issue) => issue.code !== 'unrecognized_keys');
  return wrong.reduce<unknown>((file, { path }) => without(file, path), raw) as Loose<File>;
}

function findingsOf(issue: Issue): Finding[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path, allowed: issue.message }];
  return issue.keys.map((key) => {
    const meant = nearest(key, issue.message.split(', '));
    const hint = meant === undefined ? '' : `; did you mean "${meant}"?`;
    const allowed = `only the keys ${issue.message}${hint}`;
    return { path: [...issue.path, key], allowed };
  });
}

function found(value: unknown): string | null {
  if (value === undefined) return null;
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > FOUND_CHARS_MAX ? `${text.slice(0, FOUND_CHARS_MAX)}…` : text;
}
