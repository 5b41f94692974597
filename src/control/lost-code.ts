import { LOST_CODE_KIOSK_BUDGET, LOST_CODE_PARCEL_BUDGET } from '../domain/budget.ts';
import type { ParcelRecord } from '../domain/parcel.ts';
import { isBusy } from '../domain/slot.ts';
import type { Budgets } from './budgets.ts';
import type { Grants } from './grants.ts';
import type { Notices } from './notices.ts';
import type { Numbers } from './numbers.ts';
import type { People } from './people.ts';
import type { Clock, CloudOffice } from './ports.ts';
import type { Recorder } from './recorder.ts';
import { reissue } from './reissue.ts';
import type { Store } from './store-port.ts';
import type { Supervisor } from './supervisor.ts';

/** The same answers whether or not somebody with this phone has a parcel here. */
export type LostCodeAnswer =
  | { readonly kind: 'noted' }
  | { readonly kind: 'cannot_send' }
  | { readonly kind: 'wait'; readonly waitMs: number };

type OperatorAnswer = 'noted' | 'cannot_send' | 'busy' | 'not_stored';

interface Parts {
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly people: People;
  readonly numbers: Numbers;
  readonly notices: Notices;
  readonly grants: Grants;
  readonly budgets: Budgets;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly cloudOffice: CloudOffice;
}

/** New numbers for whoever lost theirs, sent the way that is known already (M16). */
export class LostCode {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Takes a try of the kiosk's budget, committed before the answer, whatever the phone is. Calls
   * back once, within 3 s, or 6 s where the cloud is asked too; what was done since `sinceMono`
   * must not show in the time (R14).
   */
  ask(
    session: string,
    phone: string,
    answered: (answer: LostCodeAnswer, sinceMono: number) => void,
  ): void {
    const { notices, clock, people, cloudOffice } = this.#parts;
    const known = () => people.byPhone(phone)?.id ?? null;
    const answer = (person: string | null | undefined) => {
      const sinceMono = clock.monoMs();
      const given = person === undefined ? CANNOT : this.#noted(session, person);
      answered(this.#onRecord(session, given), sinceMono);
    };
    const asKnown = () => {
      const own = notices.channels.filter((channel) => channel !== 'cloud');
      notices.probe(own, (ok) => answer(ok ? known() : undefined));
    };
    const waitMs = this.#waitMs();
    const { teller } = cloudOffice;
    if (teller === null) asKnown();
    // Nobody has the cloud look for more phones than this kiosk would send numbers to.
    else if (waitMs > 0) {
      answered(this.#onRecord(session, { kind: 'wait', waitMs }), clock.monoMs());
    } else {
      teller.whose(people.dialled(phone), (person) => {
        if (person === undefined) asKnown();
        else answer(person ?? known());
      });
    }
  }

  #onRecord(session: string, answer: LostCodeAnswer): LostCodeAnswer {
    if (answer.kind === 'noted') return answer;
    const { store, recorder } = this.#parts;
    const refusal = answer.kind === 'wait' ? 'MUST_WAIT' : 'CANNOT_SEND';
    const row = { t: 'entry.refused', cause: `session:${session}`, data: { refusal } };
    store.transaction(() => recorder.recordFew(row));
    return answer;
  }

  #waitMs(): number {
    return this.#parts.budgets.waitMs(KIOSK_BUDGET_NAME, LOST_CODE_KIOSK_BUDGET);
  }

  #noted(session: string, person: string | null): LostCodeAnswer {
    const { store, notices, budgets, recorder } = this.#parts;
    const waitMs = this.#waitMs();
    if (waitMs > 0) return { kind: 'wait', waitMs };
    store.transaction(() => {
      budgets.take(KIOSK_BUDGET_NAME, LOST_CODE_KIOSK_BUDGET);
      recorder.record({ t: 'code.asked_anew', cause: `session:${session}` });
      const parcels = person === null ? [] : store.parcels.storedFor(person);
      for (const parcel of parcels) this.#reissue(parcel);
    });
    notices.drain();
    return { kind: 'noted' };
  }

  /** A technician asks for them, outside of what recipients may ask for; answers within 3 s. */
  byOperator(parcelId: string, by: string): Promise<OperatorAnswer> {
    const { store, notices } = this.#parts;
    const recipient = store.parcels.get(parcelId)?.recipient;
    const channels = recipient === undefined ? notices.channels : notices.channelsOf(recipient);
    return new Promise((resolve) => {
      notices.probe(channels, (ok) => resolve(ok ? this.#asked(parcelId, by) : 'cannot_send'));
    });
  }

  #asked(parcelId: string, by: string): OperatorAnswer {
    const { store, supervisor, notices, recorder } = this.#parts;
    const parcel = store.parcels.get(parcelId);
    if (parcel?.status !== 'stored' || parcel.slot === null) return 'not_stored';
    const slot = supervisor.find(parcel.slot);
    if (slot === null || isBusy(slot)) return 'busy';
    store.transaction(() => {
      recorder.record({ t: 'code.asked_anew', parcel: parcel.id, cause: `technician:${by}` });
      this.#issue(parcel);
    });
    notices.drain();
    return 'noted';
  }

  /** While somebody is at the slot, the numbers in use stay (R3a). */
  #reissue(parcel: ParcelRecord): void {
    const { supervisor, budgets } = this.#parts;
    const name = `lost-code:${parcel.id}`;
    const slot = parcel.slot === null ? null : supervisor.find(parcel.slot);
    if (slot === null || isBusy(slot)) return;
    if (budgets.waitMs(name, LOST_CODE_PARCEL_BUDGET) > 0) return;
    budgets.take(name, LOST_CODE_PARCEL_BUDGET);
    this.#issue(parcel);
  }

  #issue(parcel: ParcelRecord): void {
    reissue(this.#parts, parcel, this.#parts.notices.channelsOf(parcel.recipient));
  }
}

const KIOSK_BUDGET_NAME = 'lost-code';
const CANNOT = { kind: 'cannot_send' } as const;
