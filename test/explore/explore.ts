import type { SlotStepper } from '../../src/domain/slot-machine.ts';
import { atOnce, busMoves } from './bus-moves.ts';
import type { Move } from './move.ts';
import { doorMoves, peopleMoves } from './people-moves.ts';
import { Machine, type Taken } from './records.ts';
import { breaksOf } from './rules.ts';
import { Turn } from './turn.ts';
import { firstWorld, isUpToDate, isWatched, keyOf, type Setting, type World } from './world.ts';

/** What an exploration found. */
export interface Found {
  readonly worlds: number;
  readonly transitions: number;
  /** Each rule that was broken, with the shortest way there. */
  readonly broken: ReadonlyMap<string, readonly string[]>;
  /** Every step that was taken. */
  readonly steps: ReadonlySet<Taken>;
  /** Ways to worlds from which no technician leads back to `available` (I12). */
  readonly stuck: () => string[][];
  /** The records that were reached. */
  readonly machine: Machine;
}

interface Place {
  readonly index: number;
  readonly world: World;
  readonly from: Place | null;
  readonly by: string;
}

/** From and to, by index: what time, the bus or a technician can bring about (I12). */
type Mends = (readonly [number, number])[];

const FREE: readonly Move[] = [...busMoves, ...doorMoves];
const ALL: readonly Move[] = [...FREE, ...peopleMoves];

/** What can happen next. */
function movesIn(world: World, setting: Setting): readonly Move[] {
  if (world.wantsPulse) return atOnce;
  return isWatched(world) && !isUpToDate(world, setting) ? FREE : ALL;
}

/** Goes breadth first through everything that can happen; beyond a broken rule it does not go. */
export function explore(step: SlotStepper, setting: Setting, until?: string): Found {
  const machine = new Machine(step);
  const start: Place = { index: 0, world: firstWorld(machine), from: null, by: '' };
  const places = new Map([[keyOf(start.world), start]]);
  const broken = new Map<string, string[]>();
  const steps = new Set<Taken>();
  const mends: Mends = [];
  let transitions = 0;
  for (const place of places.values()) {
    for (const move of movesIn(place.world, setting)) {
      if (!isPossible(move, place.world, setting)) continue;
      const turn = new Turn(machine, place.world);
      move.play(turn);
      turn.settle();
      transitions += 1;
      for (const { taken } of turn.moments) steps.add(taken);
      const breaks = breaksOf(turn, setting, machine);
      for (const rule of breaks) {
        if (!broken.has(rule)) broken.set(rule, [...wayTo(place), move.name]);
      }
      // What lies beyond a broken rule is not known, and as good as mended.
      const next = breaks.length === 0 ? reach(places, turn.world, place, move.name).index : -1;
      if (move.mends === true) mends.push([place.index, next]);
    }
    if (until !== undefined && [...broken.keys()].some((rule) => rule.startsWith(until))) break;
  }
  const stuck = () => stuckIn([...places.values()], mends);
  return { worlds: places.size, transitions, broken, steps, stuck, machine };
}

function isPossible(move: Move, world: World, setting: Setting): boolean {
  if (!move.can(world, setting)) return false;
  const lie = move.lie?.(world, setting) ?? null;
  return lie === null || setting.lies.includes(lie);
}

function reach(places: Map<number, Place>, world: World, from: Place, by: string): Place {
  const key = keyOf(world);
  const known = places.get(key);
  if (known !== undefined) return known;
  const place = { index: places.size, world, from, by };
  places.set(key, place);
  return place;
}

function wayTo(place: Place): string[] {
  const way: string[] = [];
  for (let at: Place | null = place; at?.from; at = at.from) way.unshift(at.by);
  return way;
}

/** The worlds from which a technician, time and the bus never lead to `available` (I12). */
function stuckIn(places: readonly Place[], mends: Mends): string[][] {
  const sources = Map.groupBy(mends, ([, to]) => to);
  const isFree = ({ world }: Place): boolean =>
    world.power === 'on' && world.mem.slot.state === 'available';
  const saved = new Set([-1, ...places.filter(isFree).map(({ index }) => index)]);
  for (const to of saved) for (const [from] of sources.get(to) ?? []) saved.add(from);
  return places.filter(({ index }) => !saved.has(index)).map(wayTo);
}
