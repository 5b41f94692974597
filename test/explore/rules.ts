import { LEDGER_RULES } from './ledger-rules.ts';
import type { Machine, Taken } from './records.ts';
import { STEP_RULES } from './step-rules.ts';
import type { Turn } from './turn.ts';
import type { Setting } from './world.ts';
import { WORLD_RULES } from './world-rules.ts';

/** The verdict on a step is the same wherever it is taken. */
const judged = new WeakMap<Taken, readonly string[]>();

function breaksOfStep(taken: Taken): readonly string[] {
  const known = judged.get(taken);
  if (known !== undefined) return known;
  const breaks = Object.entries(STEP_RULES).flatMap(([rule, check]) => named(rule, check(taken)));
  judged.set(taken, breaks);
  return breaks;
}

/** Every rule that a turn broke, with what was wrong. */
export function breaksOf(turn: Turn, setting: Setting, machine: Machine): string[] {
  const breaks: string[] = [];
  for (const moment of turn.moments) {
    breaks.push(...breaksOfStep(moment.taken));
    for (const [rule, check] of LEDGER) breaks.push(...named(rule, check(moment, setting)));
  }
  for (const [rule, check] of WORLD) {
    breaks.push(...named(rule, check(turn.world, setting, machine)));
  }
  return breaks;
}

const LEDGER = Object.entries(LEDGER_RULES);
const WORLD = Object.entries(WORLD_RULES);

const named = (rule: string, wrong: string | null): string[] =>
  wrong === null ? [] : [`${rule}: ${wrong}`];

/** The names of all rules. */
export const RULES: readonly string[] = [
  ...new Set([STEP_RULES, LEDGER_RULES, WORLD_RULES].flatMap((rules) => Object.keys(rules))),
].sort();
