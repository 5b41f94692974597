import { REMOTE_BUDGET } from '../domain/budget.ts';
import { isBusy, type SlotRecord } from '../domain/slot.ts';
import type { Fact } from '../domain/slot-events.ts';
import type { Budgets } from './budgets.ts';
import type { Modes } from './modes.ts';
import type { OpenRefusal, OpenSlot } from './open-slot.ts';
import type { Clock } from './ports.ts';
import type { Preconditions, RemoteResult } from './remote-orders.ts';
import { unmet } from './remote-orders.ts';
import type { Sessions } from './sessions.ts';
import type { Supervisor } from './supervisor.ts';

interface Parts {
  readonly supervisor: Supervisor;
  readonly openSlot: OpenSlot;
  readonly sessions: Sessions;
  readonly budgets: Budgets;
  readonly modes: Modes;
  readonly clock: Clock;
}

interface RemoteOpenOrder extends Preconditions {
  /** Of the command, which is the authority. */
  readonly id: string;
  readonly slot: string;
  /** From now; the burst ends with it (R6). */
  readonly expiresInMs: number;
}

/** One budget for everything that a stolen key could misuse (R23). */
export const REMOTE_BUDGET_NAME = 'remote';

/** Opens a door from afar: within the budget, never a second one for one command (R22). */
export class RemoteOpen {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * `alongside` joins the transaction that arms the first intent; `done` is called exactly once,
   * with what was seen of the door.
   */
  open(order: RemoteOpenOrder, alongside: () => void, done: (result: RemoteResult) => void): void {
    const refusal = this.#refusal(order);
    if (refusal !== null) {
      done(refusal);
      return;
    }
    const { supervisor, openSlot, sessions, budgets, clock } = this.#parts;
    const wasFree = supervisor.get(order.slot).state === 'available';
    const session = sessions.begin();
    const finish = (result: RemoteResult) => {
      unwatch();
      limit.cancel();
      sessions.end(session);
      if (wasFree && NEVER_PULSED.has(result.code)) {
        supervisor.send(order.slot, { type: 'UNBLOCK' });
      }
      done({ ...result, slot: order.slot });
    };
    const unwatch = supervisor.watch((slot, facts) => {
      const result = slot.id === order.slot ? seen(facts) : null;
      if (result !== null) finish(result);
    });
    // A pulse that waits for its turn is dropped, and no further one follows (R21).
    const limit = clock.after(`command ${order.id}`, order.expiresInMs, () => {
      sessions.end(session);
    });
    const authority = `command:${order.id}`;
    const answer = openSlot.open(
      { slot: order.slot, purpose: 'service', authority, session, bars: true },
      () => {
        budgets.take(REMOTE_BUDGET_NAME, REMOTE_BUDGET);
        alongside();
      },
    );
    if (answer.kind === 'refused') finish(REFUSALS[answer.why]);
  }

  #refusal({ slot: id, ...conditions }: RemoteOpenOrder): RemoteResult | null {
    const { supervisor, modes, budgets } = this.#parts;
    const slot = supervisor.find(id);
    if (slot === null) return { ok: false, code: 'NOT_FOUND', slot: id };
    if (unmet(slot, conditions)) return { ok: false, code: 'PRECONDITION', slot: id };
    if (slot.door === 'open') return { ok: true, code: 'ALREADY_OPEN', slot: id };
    if (modes.mode === 'lockdown') return { ok: false, code: 'LOCKDOWN', slot: id };
    if (isBusy(slot)) return busy(slot);
    const waitMs = budgets.waitMs(REMOTE_BUDGET_NAME, REMOTE_BUDGET);
    if (waitMs === 0) return null;
    const detail = `the next one in ${Math.ceil(waitMs / 1_000)} s`;
    return { ok: false, code: 'BUDGET', slot: id, detail };
  }
}

function busy({ id, intent }: SlotRecord): RemoteResult {
  return { ok: false, code: 'BUSY', slot: id, ...(intent !== null && { ref: intent }) };
}

/** What the facts of a step say about the open, or null while nothing is known yet (R5). */
function seen(facts: readonly Fact[]): RemoteResult | null {
  for (const fact of facts) {
    if (fact.t === 'slot.opened') return { ok: true, code: 'OPENED', grade: fact.grade };
    if (fact.t === 'intent.aborted') return { ok: false, code: 'NOT_SENT' };
    if (fact.t === 'intent.unknown') return { ok: false, code: 'UNKNOWN' };
    if (fact.t === 'slot.barred' && fact.reason !== 'blocked') {
      return { ok: false, code: 'NO_CHANGE' };
    }
  }
  return null;
}

/** The door was not touched: what was free before is free again. */
const NEVER_PULSED: ReadonlySet<RemoteResult['code']> = new Set(['NOT_SENT', 'DARK', 'BUSY']);

const REFUSALS: Readonly<Record<OpenRefusal, RemoteResult>> = {
  busy: { ok: false, code: 'BUSY' },
  dark: { ok: false, code: 'DARK' },
  jammed: { ok: false, code: 'JAMMED' },
  // Only codes wait for a binding to be confirmed; an order from afar names the slot itself.
  unverified: { ok: false, code: 'REFUSED' },
  session_over: { ok: false, code: 'NOT_SENT' },
};
