import type { Purpose, SlotRecord, SlotState } from '../domain/slot.ts';
import type { Act } from '../domain/slot-events.ts';
import type { Clock, Locks } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Sessions } from './sessions.ts';
import type { Store } from './store-port.ts';
import type { Supervisor } from './supervisor.ts';

interface OpenOrder {
  readonly slot: string;
  readonly purpose: Purpose;
  /** Whose right it is: `code:PARCEL`, `courier:PERSON`, `technician:PERSON`. */
  readonly authority: string;
  readonly session: string;
  /** A slot that is free is given to nobody from now on, whatever the door does (R1). */
  readonly bars?: true;
}

export type OpenAnswer =
  | { readonly kind: 'opening' }
  | { readonly kind: 'refused'; readonly why: OpenRefusal };
export type OpenRefusal = 'busy' | 'dark' | 'jammed' | 'unverified' | 'session_over';

interface Parts {
  readonly supervisor: Supervisor;
  readonly store: Store;
  readonly sessions: Sessions;
  readonly locks: Locks;
  readonly recorder: Recorder;
  readonly clock: Clock;
}

/**
 * The one way to open a door: authorise → commit ARMED → pulse → sensor → commit the outcome. Each
 * pulse is an intent of its own; an intent found ARMED at start is never fired again (I1, I2).
 */
export class OpenSlot {
  readonly #parts: Parts;
  /** Who asked, by slot, for as long as this process may pulse again on their behalf. */
  readonly #orders = new Map<string, OpenOrder>();

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.supervisor.onAct((slot, act) => this.#act(slot, act));
    parts.supervisor.watch((slot, facts, before) => {
      this.#attend(slot, before);
      if (facts.some((fact) => fact.t === 'slot.forced')) this.#stopWhoOpens(slot.id);
    });
    parts.sessions.onEnd((session) => this.#abandon(session));
  }

  /** Opens a door for whoever was authorised; `alongside` joins the transaction of ARMED. */
  open(order: OpenOrder, alongside?: (intent: string) => void): OpenAnswer {
    const { supervisor, sessions } = this.#parts;
    if (!sessions.isLive(order.session)) return { kind: 'refused', why: 'session_over' };
    const slot = supervisor.get(order.slot);
    if (this.#hasAnotherOpen(order)) return { kind: 'refused', why: 'busy' };
    const former = this.#orders.get(order.slot);
    this.#orders.set(order.slot, order);
    if (this.#arm(slot, order, alongside)) return { kind: 'opening' };
    // Whoever is being served goes on as if nobody else had asked (R3a).
    if (former === undefined) this.#orders.delete(order.slot);
    else this.#orders.set(order.slot, former);
    return { kind: 'refused', why: whyNot(slot) };
  }

  /** Opens again for the same order, within its session: the second burst, or a second look. */
  again(slotId: string, session: string): OpenAnswer {
    const order = this.#orders.get(slotId);
    if (order?.session !== session) return { kind: 'refused', why: 'session_over' };
    return this.open(order);
  }

  /** One open door per session; doors that were given up do not count (R7). */
  #hasAnotherOpen({ session, slot }: OpenOrder): boolean {
    return [...this.#orders.values()].some(
      (other) => other.session === session && other.slot !== slot && this.#isMoving(other.slot),
    );
  }

  #isMoving(slotId: string): boolean {
    return MOVING.has(this.#parts.supervisor.get(slotId).state);
  }

  /** A second door that nobody asked for: whoever is having one opened is stopped (R7). */
  #stopWhoOpens(forced: string): void {
    const { sessions, store, recorder } = this.#parts;
    for (const { session, slot } of [...this.#orders.values()]) {
      if (slot === forced || !this.#isJustOpening(slot)) continue;
      store.transaction(() => {
        recorder.record({
          t: 'session.stopped',
          slot,
          cause: `session:${session}`,
          data: { forced },
        });
      });
      sessions.end(session);
    }
  }

  /** Between the arming and what a pulse may still set off on a neighbour's lock. */
  #isJustOpening(slotId: string): boolean {
    const { state, openedAtMono } = this.#parts.supervisor.get(slotId);
    if (state !== 'open') return state === 'opening';
    return this.#parts.clock.monoMs() - (openedAtMono ?? 0) <= SECOND_DOOR_MS;
  }

  #arm(slot: SlotRecord, order: OpenOrder, alongside?: (intent: string) => void): boolean {
    const { supervisor, store, recorder, clock } = this.#parts;
    const intent = recorder.newId();
    const isBarred = order.bars === true && slot.state === 'available';
    const step = supervisor.sendAll(
      order.slot,
      [
        ...(isBarred ? [{ type: 'BLOCK' } as const] : []),
        { type: 'ARM', intent, purpose: order.purpose },
      ],
      () => {
        store.intents.put({
          id: intent,
          slot: order.slot,
          purpose: order.purpose,
          parcel: slot.parcel,
          cause: `session:${order.session}`,
          authority: order.authority,
          slotRev: slot.rev,
          armedAtMono: clock.monoMs(),
          boot: recorder.boot,
          state: 'ARMED',
        });
        alongside?.(intent);
      },
    );
    return !step.ignored;
  }

  #act(slot: SlotRecord, act: Act): void {
    if (act.do === 'pulse') this.#pulse(slot.id, act.intent);
    else this.#pulseAgain(slot);
  }

  #pulse(slotId: string, intent: string): void {
    const { supervisor, locks, recorder } = this.#parts;
    const wanted = () => supervisor.get(slotId).intent === intent && this.#isLive(slotId);
    locks.pulse(slotId, wanted, (verdict) => {
      const cause = `intent:${intent}`;
      recorder.later({ t: 'pulse.result', slot: slotId, cause, data: { verdict } });
      supervisor.send(slotId, { type: 'PULSE_RESULT', intent, verdict });
    });
  }

  /** The door did not move: another pulse is another intent, and needs the same live session. */
  #pulseAgain(slot: SlotRecord): void {
    const order = this.#orders.get(slot.id);
    if (order !== undefined && this.#isLive(slot.id) && this.#arm(slot, order)) return;
    this.#parts.supervisor.send(slot.id, { type: 'GIVE_UP' });
  }

  #isLive(slotId: string): boolean {
    const order = this.#orders.get(slotId);
    return order !== undefined && this.#parts.sessions.isLive(order.session);
  }

  #attend(slot: SlotRecord, before: SlotRecord): void {
    const { locks, clock } = this.#parts;
    if (!MOVING.has(slot.state)) {
      if (MOVING.has(before.state)) locks.attend(slot.id, 0);
      return;
    }
    const untilMono = slot.deadlineAtMono ?? clock.monoMs() + UNTIL_PULSE_MS;
    locks.attend(slot.id, Math.max(0, untilMono - clock.monoMs()));
  }

  #abandon(session: string): void {
    const { supervisor } = this.#parts;
    for (const [slotId, order] of this.#orders) {
      if (order.session !== session) continue;
      this.#orders.delete(slotId);
      if (supervisor.get(slotId).state === 'unseen') supervisor.send(slotId, { type: 'GIVE_UP' });
    }
  }
}

const MOVING: ReadonlySet<SlotState> = new Set(['opening', 'open', 'unseen']);
/** Every board of the supply is read within this time after a pulse (R7). */
const SECOND_DOOR_MS = 2_000;
/** An unlock waits at most so long for its turn (R21). */
const UNTIL_PULSE_MS = 10_000;

function whyNot(slot: SlotRecord): OpenRefusal {
  if (slot.board === 'dark') return 'dark';
  if (slot.bar?.reason === 'jammed') return 'jammed';
  if (slot.binding === 'unverified') return 'unverified';
  return 'busy';
}
