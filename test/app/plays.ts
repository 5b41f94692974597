import type { SlotState } from '../../src/domain/slot.ts';
import type { SlotEventBody } from '../../src/domain/slot-events.ts';
import type { Bench, Sent } from './bench-kiosk.ts';
import type { Base, Play } from './cut-bench.ts';

/** Visits that are cut short, with sensors that see what they should. */

const HANDS = { afterMs: 700, closesAfterMs: 2_500 } as const;
const ANSWERS_AFTER_MS = 900;

/** Whoever stands there answers a question some time after it is asked. */
function answers(bench: Bench, isOn: () => boolean, asked: SlotState, answer: SlotEventBody): void {
  const { supervisor } = bench.app;
  supervisor.watch((slot, _facts, before) => {
    if (slot.state !== asked || before.state === asked) return;
    bench.clock.after('somebody answers', ANSWERS_AFTER_MS, () => {
      if (isOn()) supervisor.send(slot.id, answer);
    });
  });
}

export const drop: Play = {
  parcel: (base) => base.announced,
  lastsMs: 6_000,
  begin: (bench, base, isOn) => {
    answers(bench, isOn, 'drop_unconfirmed', { type: 'LEFT_IT' });
    const { slot } = bench.beginDrop(base.courier, base.announced);
    bench.hands.dropsParcel(bench.kiosk.door(slot), base.announced, HANDS);
  },
};

export const pickup: Play = {
  parcel: (base) => base.stored.id,
  lastsMs: 15_000,
  begin: (bench, base) => {
    bench.collect(base.stored.sent);
    bench.hands.takesParcel(bench.kiosk.door(base.stored.slot), HANDS);
  },
};

export const recall: Play = {
  parcel: (base) => base.cancelled.id,
  lastsMs: 6_000,
  begin: (bench, base, isOn) => {
    answers(bench, isOn, 'grace', { type: 'IS_EMPTY' });
    bench.app.recall.open(bench.app.sessions.begin(), base.courier, base.cancelled.id);
    bench.hands.takesParcel(bench.kiosk.door(base.cancelled.slot), HANDS);
  },
};

/** Three pulses, and a door that does not move. */
export const jammed: Play = {
  parcel: (base) => base.stored.id,
  lastsMs: 7_000,
  begin: (bench, base) => {
    bench.kiosk.door(base.stored.slot).jam();
    bench.collect(base.stored.sent);
  },
};

/** Whether both numbers still do what they should, once; empty when they do (R10, R14). */
export function codeFaults(bench: Bench, base: Base, play: Play): string[] {
  const id = play.parcel(base);
  const parcel = bench.parcel(id);
  if (id === base.cancelled.id) return mustBeTold(bench, base.cancelled.sent, 'cancelled');
  if (id === base.announced && parcel.status === 'pending') {
    const told = bench.kiosk.phone.some(({ text }) => text.includes(parcel.ref));
    return told ? ['R17: the recipient of a drop that is not booked was told'] : [];
  }
  const sent = id === base.announced ? bench.numbers() : base.stored.sent;
  if (parcel.status === 'retrieved') return mustBeTold(bench, sent, 'retrieved');
  if (parcel.slot === null) return ['R2: a stored parcel has no slot'];
  const slot = bench.slot(parcel.slot);
  const answer = bench.collect(sent);
  if (slot.bar?.reason === 'jammed') {
    return answer.kind === 'not_now'
      ? []
      : [`R2a: a jammed lock, and the code gives ${answer.kind}`];
  }
  if (answer.kind !== 'opening') return [`R10: the code gives ${answer.kind}, not opening`];
  bench.kiosk.door(slot.id).free();
  bench.takes(slot.id);
  bench.untilState(slot.id, 'grace');
  bench.until('the grace ends', () => bench.slot(slot.id).state !== 'grace');
  return mustBeTold(bench, sent, 'retrieved');
}

function mustBeTold(bench: Bench, sent: Sent, status: string): string[] {
  const answer = bench.collect(sent);
  if (answer.kind === 'told' && answer.status === status) return [];
  return [`R14: the code gives ${JSON.stringify(answer)}, not told ${status}`];
}
