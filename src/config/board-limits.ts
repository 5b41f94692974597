import type { FamilyLimits } from './config.ts';
import { quoted } from './finding.ts';
import type { Loose } from './loose.ts';
import type { File } from './schema.ts';

export type Board = Loose<File['buses'][number]['boards'][number]>;

interface Limits {
  readonly channelsMax: number;
  readonly occupancy: boolean;
}

/** What the board can do as it is set; with settings that are wrong, what its family can do. */
export function limitsOf(board: Board, family: FamilyLimits): Limits {
  const { channelsMax, senses } = family;
  const chosen = chosenOf(board, family);
  if (chosen === null || family.limitsWith === undefined) return { channelsMax, ...senses };
  return family.limitsWith(chosen);
}

/** The settings of which one would be enough, in words; empty when there is none. */
export function wayOut(
  board: Board,
  family: FamilyLimits,
  isEnough: (limits: Limits) => boolean,
): string {
  const chosen = chosenOf(board, family) ?? {};
  const ways = Object.entries(family.settings).flatMap(([name, values]) =>
    values
      .filter((value) => {
        const limits = family.limitsWith?.({ ...chosen, [name]: value });
        return limits !== undefined && isEnough(limits);
      })
      .map((value) => `${name} = ${quoted([value])}`),
  );
  return ways.length === 0 ? '' : `, unless its settings have ${ways.join(' or ')}`;
}

/** Null when one of them is wrong: what follows from it would only confuse. */
function chosenOf(board: Board, family: FamilyLimits): Record<string, string> | null {
  if ('settings' in board && board.settings === undefined) return null;
  const chosen: Record<string, string> = {};
  for (const [name, [usual]] of Object.entries(family.settings)) chosen[name] = usual;
  for (const [name, value] of Object.entries(board.settings ?? {})) {
    if (value === undefined || !Object.hasOwn(family.settings, name)) return null;
    if (!family.settings[name]?.includes(value)) return null;
    chosen[name] = value;
  }
  return chosen;
}
