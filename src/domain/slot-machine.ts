import { assign, createMachine, type ProvidedActor, transition } from 'xstate';
import { newSlot, type SlotRecord, type SlotState } from './slot.ts';
import { ANYWHERE, CHART, type Place, type Rung } from './slot-chart.ts';
import type { Act, Fact, SlotEvent, Step } from './slot-events.ts';
import { SLOT_TIMES, type SlotTimes } from './slot-times.ts';

interface Context {
  readonly slot: SlotRecord;
  readonly times: SlotTimes;
  readonly facts: readonly Fact[];
  readonly acts: readonly Act[];
}

const does = (move: Rung['move'] & {}) =>
  assign<Context, SlotEvent, undefined, SlotEvent, ProvidedActor>(({ context, event }) => {
    const change = move(context.slot, event as never, context.times);
    return {
      slot: { ...context.slot, ...change.set },
      facts: [...context.facts, ...(change.facts ?? [])],
      acts: [...context.acts, ...(change.acts ?? [])],
    };
  });

/** `prefix` is the dot by which the root names its own states. */
function rung({ test, to, move }: Rung, prefix: string) {
  return {
    ...(to !== undefined && { target: prefix + to }),
    ...(move !== undefined && { actions: does(move) }),
    ...(test !== undefined && {
      guard: ({ context, event }: { context: Context; event: SlotEvent }) =>
        test(context.slot, event as never, context.times),
    }),
  };
}

function place({ entry, on = {}, always }: Place, prefix = '') {
  const rungs = (all: Rung | readonly Rung[]) => [all].flat().map((one) => rung(one, prefix));
  return {
    ...(entry !== undefined && { entry: does(entry) }),
    ...(always !== undefined && { always: rungs(always) }),
    on: Object.fromEntries(Object.entries(on).map(([type, all]) => [type, rungs(all)])),
  };
}

const machine = createMachine({
  types: {} as { context: Context; events: SlotEvent },
  context: { slot: newSlot(''), times: SLOT_TIMES, facts: [], acts: [] },
  // Never stands: every step resolves the state of its own record.
  initial: 'opening',
  states: Object.fromEntries(Object.entries(CHART).map(([name, one]) => [name, place(one)])),
  ...place(ANYWHERE, '.'),
});

/** Takes one event to the next record, and the facts and acts that come with it. Pure. */
export type SlotStepper = (record: SlotRecord, event: SlotEvent) => Step<SlotRecord>;

/** @throws whatever a move throws: a fault of this program, never of the event. */
export function slotStepper(times: SlotTimes = SLOT_TIMES): SlotStepper {
  return (record, event) => {
    const context: Context = { slot: record, times, facts: [], acts: [] };
    const before = machine.resolveState({ value: record.state, context });
    const [after] = transition(machine, before, event);
    if (after === before) return { record, facts: [], acts: [], ignored: true };
    const { slot, facts, acts } = after.context;
    const state = after.value as SlotState;
    return {
      record: { ...slot, state, rev: record.rev + (facts.length > 0 ? 1 : 0) },
      facts,
      acts,
      ignored: false,
    };
  };
}
