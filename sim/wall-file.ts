import { readFileSync } from 'node:fs';
import { parse, TomlError } from 'smol-toml';
import { z } from 'zod';
import { FAMILIES } from './boards/families.ts';
import { BOARD_FAULTS, WIRE_FAULTS } from './faults.ts';
import type { WallPlan } from './wall.ts';

/** A wall file that says something impossible; `message` has one line for each problem. */
export class WallFileError extends Error {
  override readonly name = 'WallFileError';
}

/** Reads and checks a wall file. */
export function readWallFile(path: string): WallPlan {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new WallFileError(`the wall file cannot be read: ${why}`, { cause });
  }
  return parseWall(text, path);
}

/** Checks the text of a wall file; `path` is for the messages. */
export function parseWall(text: string, path: string): WallPlan {
  let tables: unknown;
  try {
    tables = parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [what] = error.message.split('\n');
    throw new WallFileError(`${path}: line ${error.line}: ${what}`, { cause: error });
  }
  const checked = WALL.safeParse(tables);
  if (checked.success) return checked.data;
  const lines = checked.error.issues.map((issue) => `${path}: ${problem(issue, tables)}`);
  throw new WallFileError(lines.join('\n'));
}

function whole(min: number, max: number): z.ZodType<number> {
  const allowed = `a whole number from ${min} to ${max}`;
  return z.int(allowed).min(min, allowed).max(max, allowed);
}

function word(lengthMax: number): z.ZodType<string> {
  const allowed = `1 to ${lengthMax} letters, digits, '-' or '_'`;
  return z.string(allowed).regex(new RegExp(`^[\\w-]{1,${lengthMax}}$`), allowed);
}

function chances<const Name extends string>(names: readonly Name[]) {
  const allowed = 'a number from 0 to 1';
  const chance = z.number(allowed).min(0, allowed).max(1, allowed).optional();
  const shape = Object.fromEntries(names.map((name) => [name, chance]));
  return z.strictObject(shape as Record<Name, typeof chance>, 'a table').optional();
}

function list<T>(of: z.ZodType<T>, countMax: number) {
  const allowed = `1 to ${countMax} tables`;
  return z.array(of, allowed).min(1, allowed).max(countMax, allowed);
}

const FAMILY_NAMES = Object.keys(FAMILIES) as (keyof typeof FAMILIES)[];

const BOARD = z.strictObject(
  {
    id: word(16),
    address: whole(0, 255),
    family: z.enum(FAMILY_NAMES, `one of ${FAMILY_NAMES.map((name) => `"${name}"`).join(', ')}`),
    channels: whole(1, 256),
    occupancy: z.boolean('true or false'),
    settings: z.record(z.string(), z.string('a text'), 'a table of names and texts').optional(),
    faults: chances(BOARD_FAULTS),
  },
  'a table',
);

const BUS = z.strictObject(
  {
    name: word(16),
    baud: whole(0, 4_000_000),
    faults: chances(WIRE_FAULTS),
    boards: list(BOARD, 99),
  },
  'a table',
);

const WALL = z
  .strictObject({ buses: list(BUS, 16) }, 'a table')
  .superRefine(({ buses }, context) => {
    const names = new Set<string>();
    const ids = new Set<string>();
    buses.forEach((bus, busIndex) => {
      const isTwice = names.has(bus.name);
      const message = 'a name that no other bus has';
      if (isTwice) context.addIssue({ code: 'custom', path: ['buses', busIndex, 'name'], message });
      names.add(bus.name);
      bus.boards.forEach(({ id }, index) => {
        const path = ['buses', busIndex, 'boards', index, 'id'];
        const allowed = 'an id that no other board has';
        if (ids.has(id)) context.addIssue({ code: 'custom', path, message: allowed });
        ids.add(id);
      });
    });
  });

/** The key, the value that stands there, and what is allowed. */
function problem(issue: z.core.$ZodIssue, tables: unknown): string {
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => keyPath([...issue.path, key]));
    return `${keys.join(', ')}: there is no such key`;
  }
  const value = issue.path.reduce(memberOf, tables);
  const key = keyPath(issue.path);
  if (value === undefined) return `${key} is missing; allowed: ${issue.message}`;
  return `${key} = ${JSON.stringify(value)}; allowed: ${issue.message}`;
}

function memberOf(table: unknown, key: PropertyKey): unknown {
  return typeof table === 'object' && table !== null ? Reflect.get(table, key) : undefined;
}

function keyPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}
