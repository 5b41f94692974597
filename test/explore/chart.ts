import type { SlotRecord } from '../../src/domain/slot.ts';
import { ANYWHERE, CHART, type Rung } from '../../src/domain/slot-chart.ts';
import type { SlotEvent } from '../../src/domain/slot-events.ts';
import { SLOT_TIMES } from '../../src/domain/slot-times.ts';
import type { Taken } from './records.ts';

/** Which rungs of the chart a step went by, found by asking their tests again. */

type Rungs = Rung | readonly Rung[] | undefined;

const list = (rungs: Rungs): readonly Rung[] => (rungs === undefined ? [] : [rungs].flat());

/** A rung that only keeps an event from what `ANYWHERE` does with it leads nowhere. */
const leads = ({ to, move }: Rung): boolean => to !== undefined || move !== undefined;

const nameOf = (place: string, on: string, index: number, { to }: Rung): string =>
  `${place} ${on} ${index + 1}${to === undefined ? '' : ` → ${to}`}`;

const namesOf = (place: string, on: string, rungs: Rungs): string[] =>
  list(rungs).flatMap((rung, index) => (leads(rung) ? [nameOf(place, on, index, rung)] : []));

/** Every rung that the chart has, by the place and the event it is for. */
export function allRungs(): string[] {
  return Object.entries({ ...CHART, anywhere: ANYWHERE }).flatMap(
    ([place, { on = {}, always }]) => [
      ...Object.entries(on).flatMap(([type, rungs]) => namesOf(place, type, rungs)),
      ...namesOf(place, 'always', always),
    ],
  );
}

/** The events that the chart knows. */
export const eventsOfChart = (): string[] => [
  ...new Set([...Object.values(CHART), ANYWHERE].flatMap(({ on = {} }) => Object.keys(on))),
];

interface Way {
  readonly name: string;
  readonly rung: Rung;
}

function firstThatHolds(
  place: string,
  on: string,
  rungs: Rungs,
  slot: SlotRecord,
  event: SlotEvent,
): Way | null {
  const all = list(rungs);
  const index = all.findIndex(({ test }) => test?.(slot, event as never, SLOT_TIMES) ?? true);
  const rung = all[index];
  return rung === undefined ? null : { name: nameOf(place, on, index, rung), rung };
}

/** The rungs of one step: the one for its event, and those passed through in the same step. */
export function rungsOf({ before, event }: Taken): string[] {
  const { state } = before;
  const { type } = event;
  let way =
    firstThatHolds(state, type, CHART[state]?.on?.[type], before, event) ??
    firstThatHolds('anywhere', type, ANYWHERE.on?.[type], before, event);
  let slot = before;
  const names: string[] = [];
  while (way !== null) {
    names.push(way.name);
    const { to, move } = way.rung;
    slot = { ...slot, ...move?.(slot, event as never, SLOT_TIMES).set };
    way = to === undefined ? null : firstThatHolds(to, 'always', CHART[to]?.always, slot, event);
  }
  return names;
}
