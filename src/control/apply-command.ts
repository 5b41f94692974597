import { REMOTE_BUDGET } from '../domain/budget.ts';
import { TOTAL_DAYS_MAX } from '../domain/hold.ts';
import { isBusy } from '../domain/slot.ts';
import type { Announcements } from './announcements.ts';
import type { Budgets } from './budgets.ts';
import type { Cancel } from './cancel.ts';
import type { Extend } from './extend.ts';
import type { Modes } from './modes.ts';
import type { Recorder } from './recorder.ts';
import { REMOTE_BUDGET_NAME } from './remote-open.ts';
import {
  type AnnounceData,
  type BlockData,
  type ExtendData,
  type RemoteOrder,
  type RemoteResult,
  unmet,
} from './remote-orders.ts';
import type { Store } from './store-port.ts';
import type { Supervisor } from './supervisor.ts';

interface Parts {
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly recorder: Recorder;
  readonly budgets: Budgets;
  readonly modes: Modes;
  readonly announcements: Announcements;
  readonly extend: Extend;
  readonly cancel: Cancel;
}

/** More than any kiosk waits for; announcements that nobody meant must not fill the disk. */
const EXPECTED_MAX = 5_000;

/** Carries out what the cloud asks for and what needs no door (M19). */
export class ApplyCommand {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Everything that it changes is on disk when it returns. */
  apply(id: string, order: RemoteOrder): RemoteResult {
    const cause = `cmd:${id}`;
    switch (order.t) {
      case 'slot.block':
      case 'slot.unblock':
        return this.#block(order.t === 'slot.block', order.d, cause);
      case 'parcel.announce':
        return this.#announce(order.d);
      case 'parcel.extend':
        return this.#extend(order.d);
      case 'parcel.cancel':
        return this.#cancel(order.d.parcel);
      case 'kiosk.mode':
        return this.#parts.modes.fromAfar(order.d.mode, cause)
          ? { ok: true, code: 'DONE' }
          : { ok: false, code: 'LOCKDOWN', detail: 'it is left at the kiosk only' };
      case 'lockout.clear':
        return this.#clearLockout(order.d.person, cause);
    }
  }

  /** While somebody is being served at the slot, it waits (R3a). */
  #block(isBlock: boolean, { slot: id, ...conditions }: BlockData, cause: string): RemoteResult {
    const { supervisor, recorder } = this.#parts;
    const slot = supervisor.find(id);
    if (slot === null) return { ok: false, code: 'NOT_FOUND', slot: id };
    if (unmet(slot, conditions)) return { ok: false, code: 'PRECONDITION', slot: id };
    if (isBusy(slot)) {
      const { intent } = slot;
      return { ok: false, code: 'BUSY', slot: id, ...(intent && { ref: intent }) };
    }
    const word = isBlock ? 'block' : 'unblock';
    const { ignored } = supervisor.send(id, { type: isBlock ? 'BLOCK' : 'UNBLOCK' }, () => {
      recorder.record({ t: 'slot.inspected', slot: id, cause, data: { word, reason: 'cloud' } });
    });
    if (!ignored) return { ok: true, code: 'DONE', slot: id };
    return { ok: false, code: 'REFUSED', slot: id, detail: `the slot is ${slot.state}` };
  }

  #announce({ reserveUntil, ...announcement }: AnnounceData): RemoteResult {
    const { announcements, store } = this.#parts;
    if (store.people.get(announcement.recipient) === null) {
      return { ok: false, code: 'NOT_FOUND', detail: 'the recipient is not known here' };
    }
    if ((store.parcels.countByStatus().pending ?? 0) >= EXPECTED_MAX) {
      return { ok: false, code: 'LIMIT', detail: `${EXPECTED_MAX} parcels are expected here` };
    }
    const answer = announcements.announce({
      ...announcement,
      ...(reserveUntil !== undefined && { reserveUntilWall: Date.parse(reserveUntil) }),
    });
    if (answer.kind === 'announced') {
      const { id, ref, slot } = answer.parcel;
      return { ok: true, code: 'DONE', parcel: id, ref, ...(slot !== null && { slot }) };
    }
    const code = answer.why === 'NO_ROOM' ? 'FULL' : 'REFUSED';
    return { ok: false, code, detail: answer.why };
  }

  #extend({ parcel, days }: ExtendData): RemoteResult {
    const { store, extend } = this.#parts;
    if (store.parcels.get(parcel) === null) return { ok: false, code: 'NOT_FOUND', parcel };
    const answer = extend.byDays(parcel, days);
    const { ref } = answer;
    if (answer.kind === 'extended') return { ok: true, code: 'DONE', parcel, ref };
    const detail =
      answer.kind === 'told'
        ? `the parcel is ${answer.status}`
        : `the hold is ${answer.totalDays} days, ${TOTAL_DAYS_MAX} at most`;
    return { ok: false, code: 'REFUSED', parcel, ref, detail };
  }

  /** A stored parcel would become recallable: that draws on the budget (R23). */
  #cancel(id: string): RemoteResult {
    const { store, cancel, budgets } = this.#parts;
    const parcel = store.parcels.get(id);
    if (parcel === null) return { ok: false, code: 'NOT_FOUND', parcel: id };
    const isStored = parcel.status === 'stored';
    if (isStored && budgets.waitMs(REMOTE_BUDGET_NAME, REMOTE_BUDGET) > 0) {
      return { ok: false, code: 'BUDGET', parcel: id };
    }
    if (isStored) store.transaction(() => budgets.take(REMOTE_BUDGET_NAME, REMOTE_BUDGET));
    const answer = cancel.byOperator(id);
    if (answer.kind === 'cancelled') return { ok: true, code: 'DONE', parcel: id, ref: answer.ref };
    if (answer.kind === 'busy') return { ok: false, code: 'BUSY', parcel: id, ref: answer.ref };
    return { ok: false, code: 'REFUSED', parcel: id, detail: `the parcel is ${parcel.status}` };
  }

  #clearLockout(id: string, cause: string): RemoteResult {
    const { store, recorder, budgets } = this.#parts;
    const person = store.people.get(id);
    if (person === null) return { ok: false, code: 'NOT_FOUND' };
    if (budgets.waitMs(REMOTE_BUDGET_NAME, REMOTE_BUDGET) > 0) return { ok: false, code: 'BUDGET' };
    store.transaction(() => {
      budgets.take(REMOTE_BUDGET_NAME, REMOTE_BUDGET);
      store.people.put({ ...person, pinMisses: 0 });
      recorder.record({ t: 'lockout.cleared', cause, data: { person: id } });
    });
    return { ok: true, code: 'DONE' };
  }
}
