import { join } from 'node:path';
import { encodeLine, hex } from '../../hardware/wire/line/frame.ts';
import type { EmbeddedKiosk } from '../../sim/embedded.ts';
import { runStorm } from '../../sim/storm/run-storm.ts';
import { type Trouble, USUAL_TROUBLES } from '../../sim/storm/scene.ts';
import type { WallEvent } from '../../sim/wall.ts';
import type { SlotRecord } from '../../src/domain/slot.ts';
import type { SlotEventBody } from '../../src/domain/slot-events.ts';

interface Breakage {
  /** The rule that is to be named. */
  readonly rule: string;
  readonly what: string;
  readonly hours: number;
  /** What else goes wrong; everything usual unless given. */
  readonly troubles?: readonly Trouble[];
  /** Breaks it in a controller that starts; called again after each start. */
  readonly sabotage: (kiosk: EmbeddedKiosk) => void;
}

const PULSE_MS = 300;

/** Faults that a program could have, put into the real one from outside. */
export const breakages: readonly Breakage[] = [
  { rule: 'I1 I2', what: 'a lock is pulsed twice', hours: 0.5, sabotage: once(pulseTwice) },
  { rule: 'I8', what: 'two locks are energised', hours: 0.5, sabotage: once(energiseTwo) },
  { rule: 'R28', what: 'a close that nobody saw counts', hours: 2, sabotage: believe },
  { rule: 'R8', what: 'a forced door is not noted', hours: 2, sabotage: lookAway },
  { rule: 'R21', what: 'an unknown open is fired again', hours: 2, sabotage: fireAgain },
  { rule: 'I12', what: 'a grace never ends', hours: 0.5, sabotage: (kiosk) => hang(kiosk) },
  { rule: 'I4', what: 'a drop is booked twice', hours: 0.5, sabotage: bookTwice },
  {
    ...{ rule: 'I7', what: 'a restart fills the budget', hours: 4 },
    troubles: ['guess', 'cut'],
    sabotage: forgetBudgets,
  },
  { rule: 'I10', what: 'a code is written down', hours: 0.5, sabotage: writeDown },
  { rule: 'R1', what: 'no drop keeps its slot', hours: 0.5, sabotage: giveAway },
  { rule: 'I5', what: 'commands are forgotten', hours: 4, sabotage: forgetCommands },
  { rule: 'I6', what: 'commands never expire', hours: 6, sabotage: prolongCommands },
  { rule: 'I9', what: 'an event is forgotten on its way', hours: 0.5, sabotage: forgetEvent },
  {
    ...{ rule: 'R31', what: 'an older copy is believed', hours: 12 },
    troubles: ['restore'],
    sabotage: believeCopy,
  },
];

/** What is broken shows in one of these, mostly in the first. */
const SEEDS = [12, 4, 3, 11];

/** The rules that storms named, up to the one that was to be. */
export async function namedFor(breakage: Breakage, folder: string): Promise<string[]> {
  const named: string[] = [];
  for (const seed of SEEDS) {
    const storm = { seed, troubles: USUAL_TROUBLES, folder: join(folder, `${seed}`) };
    const { violation } = await runStorm({ ...storm, ...breakage });
    named.push(violation?.rule ?? 'nothing');
    if (violation?.rule === breakage.rule) break;
  }
  return named;
}

/** What it does to the wall stays, however often the controller starts. */
function once(sabotage: (kiosk: EmbeddedKiosk) => void): Breakage['sabotage'] {
  const done = new WeakSet<EmbeddedKiosk>();
  return (kiosk) => {
    if (done.has(kiosk)) return;
    done.add(kiosk);
    sabotage(kiosk);
  };
}

function onPulse(kiosk: EmbeddedKiosk, act: (pulse: PulseEvent) => void): void {
  kiosk.wall.watch(({ kind, board, event }: WallEvent) => {
    if (kind === 'board' && typeof event === 'object' && event.kind === 'pulse') {
      act({ board, ...event });
    }
  });
}

type PulseEvent = Pick<WallEvent, 'board'> & {
  readonly channel: number;
  readonly boot: number;
  readonly requestId: number;
};

function pulseTwice(kiosk: EmbeddedKiosk): void {
  /** As soon as the coil is off again: until then the board would refuse it. */
  const waiting: (() => void)[] = [];
  kiosk.wall.watch(({ event }) => {
    if (event === 'released') waiting.shift()?.();
  });
  onPulse(kiosk, ({ board, channel, boot, requestId }) => {
    const args = [String(channel), String(PULSE_MS), hex(boot, 4)];
    const id = (requestId + 0x8000) & 0xffff;
    const frame = { direction: 'request', address: board.address, id, verb: 'U', args } as const;
    waiting.push(() => board.hear(encodeLine(frame)));
  });
}

function energiseTwo(kiosk: EmbeddedKiosk): void {
  onPulse(kiosk, ({ board, channel }) => board.doors[channel % board.doors.length]?.energise());
}

function believe(kiosk: EmbeddedKiosk): void {
  onSend(kiosk, (slot, event) => {
    const givenUp = event.type === 'DEADLINE_PASSED' || event.type === 'DOES_NOT_CLOSE';
    if (slot.state !== 'open' || !givenUp) return event;
    return { type: 'DOOR_CLOSED', occupancy: 'unknown' };
  });
}

function lookAway(kiosk: EmbeddedKiosk): void {
  onSend(kiosk, (slot, event) => {
    const isForced = slot.intent === null && event.type === 'DOOR_OPENED';
    return isForced ? { type: 'READ' } : event;
  });
}

function hang(kiosk: EmbeddedKiosk): void {
  onSend(kiosk, (slot, event) => {
    const isEnd = slot.state === 'grace' && event.type === 'DEADLINE_PASSED';
    return isEnd ? { type: 'READ' } : event;
  });
}

/** The courier's parcel is inside, and the slot is freed as if it were not. */
function giveAway(kiosk: EmbeddedKiosk): void {
  onSend(kiosk, (slot, event) => {
    if (slot.state === 'drop_unconfirmed') return { type: 'NOT_LEFT' };
    return slot.state === 'verify_empty' ? { type: 'IS_EMPTY' } : event;
  });
}

function onSend(
  { app }: EmbeddedKiosk,
  change: (slot: SlotRecord, event: SlotEventBody) => SlotEventBody,
): void {
  const { supervisor } = app;
  const send = supervisor.send.bind(supervisor);
  Object.assign(supervisor, {
    send: (id: string, event: SlotEventBody, alongside?: () => void) =>
      send(id, change(supervisor.get(id), event), alongside),
  });
}

function fireAgain({ app }: EmbeddedKiosk): void {
  app.supervisor.watch(({ id, parcel, purpose }, facts) => {
    if (parcel === null || !facts.some(({ t }) => t === 'intent.unknown')) return;
    const session = app.sessions.begin();
    const authority = `code:${parcel}`;
    app.openSlot.open({ slot: id, purpose: purpose ?? 'pickup', authority, session });
  });
}

function bookTwice({ app }: EmbeddedKiosk): void {
  const { journal } = app.store;
  const { append } = journal;
  Object.assign(journal, {
    append: (row: Parameters<typeof append>[0]) => {
      if (row.t === 'parcel.stored') append({ ...row, id: `${row.id}+` });
      return append(row);
    },
  });
}

/** A budget is read once, as the kiosk starts: what was taken from it must not have been kept. */
function forgetBudgets({ app }: EmbeddedKiosk): void {
  Object.assign(app.store.budgets, { put: () => {} });
}

function writeDown({ app }: EmbeddedKiosk): void {
  const { collect, store } = app;
  const begin = collect.begin.bind(collect);
  Object.assign(collect, {
    begin: (session: string, code: string, second: string) => {
      const [row] = store.journal.tail(1);
      if (row !== undefined) {
        store.transaction(() => {
          store.journal.append({ ...row, id: `${row.id}-${second}`, data: { code } });
        });
      }
      return begin(session, code, second);
    },
  });
}

/** The ledger knows no command that comes again. */
function forgetCommands({ app }: EmbeddedKiosk): void {
  const { commands } = app.store;
  const { get } = commands;
  Object.assign(commands, {
    get: (id: string) => {
      const known = get(id);
      return known?.state === 'finished' ? null : known;
    },
  });
}

function prolongCommands({ app }: EmbeddedKiosk): void {
  const { commands } = app.store;
  const { put } = commands;
  Object.assign(commands, {
    put: (record: Parameters<typeof put>[0]) => {
      const order = JSON.parse(record.payload) as { ts: string; exp: string };
      const later = { ts: after(order.ts), exp: after(order.exp) };
      const isNew = record.state === 'received';
      put(isNew ? { ...record, payload: JSON.stringify({ ...order, ...later }) } : record);
    },
  });
}

const after = (time: string): string => new Date(Date.parse(time) + 3_600_000).toISOString();

/** What the copy says lies where is taken for so, and a code of it opens as soon as it can. */
function believeCopy({ app }: EmbeddedKiosk): void {
  const { supervisor, sessions, openSlot } = app;
  const doubtful = supervisor.all().filter(({ binding }) => binding === 'unverified');
  const ids = new Set(doubtful.map(({ id }) => id));
  for (const slot of doubtful) Object.assign(slot, { binding: 'known' });
  supervisor.watch(({ id, parcel, board }) => {
    if (parcel === null || board !== 'ok' || !ids.delete(id)) return;
    const [session, authority] = [sessions.begin(), `code:${parcel}`];
    openSlot.open({ slot: id, purpose: 'pickup', authority, session });
  });
}

/** Neither the outbox has it any more nor can the cloud have it again. */
function forgetEvent({ app }: EmbeddedKiosk): void {
  const { outbox } = app.store;
  const { prune } = outbox;
  Object.assign(outbox, { prune: (upto: number) => prune(upto + 1), again: () => 0 });
}
