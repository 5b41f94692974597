import { LOST_CODE_KIOSK_BUDGET, LOST_CODE_PARCEL_BUDGET } from '../domain/budget.ts';
import type { ParcelRecord } from '../domain/parcel.ts';
import { isBusy } from '../domain/slot.ts';
import type { Budgets } from './budgets.ts';
import type { Grants } from './grants.ts';
import type { Notices } from './notices.ts';
import type { Numbers } from './numbers.ts';
import type { People } from './people.ts';
import type { Channel, Clock, CloudOffice } from './ports.ts';
import type { Recorder } from './recorder.ts';
import { reissue } from './reissue.ts';
import type { Store } from './store-port.ts';
import type { Supervisor } from './supervisor.ts';

/** The same answers whether or not somebody with this phone has a parcel here. */
export type LostCodeAnswer =
  | { readonly kind: 'noted' }
  | { readonly kind: 'cannot_send' }
  | { readonly kind: 'wait'; readonly waitMs: number };

type Refusal = Exclude<LostCodeAnswer, { kind: 'noted' }>;

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
   * Takes a try of the kiosk's budget, committed before the cloud is asked and before the answer,
   * whatever the phone is; none where nothing can be sent. Calls back once, within 3 s, or 6 s
   * where the cloud is asked too; what was done since `sinceMono` must not show in the time (R14).
   */
  ask(
    session: string,
    phone: string,
    answered: (answer: LostCodeAnswer, sinceMono: number) => void,
  ): void {
    const { notices, clock } = this.#parts;
    notices.probe(notices.channels, (working) => {
      const sinceMono = clock.monoMs();
      const refusal = working.length === 0 ? CANNOT : this.#taken(session);
      if (refusal !== null) return answered(this.#refused(session, refusal), sinceMono);
      this.#whose(phone, (person) => {
        const sinceMono = clock.monoMs();
        // A cloud that does not say whose phone it is tells nobody anything either.
        const ways = working.filter((way) => way !== 'cloud' || person !== undefined);
        if (ways.length === 0) return answered(this.#refused(session, CANNOT), sinceMono);
        this.#reissueTo([person, this.#parts.people.byPhone(phone)?.id], ways);
        answered({ kind: 'noted' }, sinceMono);
      });
    });
  }

  #refused(session: string, answer: Refusal): Refusal {
    const { store, recorder } = this.#parts;
    const refusal = answer.kind === 'wait' ? 'MUST_WAIT' : 'CANNOT_SEND';
    const row = { t: 'entry.refused', cause: `session:${session}`, data: { refusal } };
    store.transaction(() => recorder.recordFew(row));
    return answer;
  }

  /** Null once the try is on disk. */
  #taken(session: string): Refusal | null {
    const { store, budgets, recorder } = this.#parts;
    const waitMs = budgets.waitMs(KIOSK_BUDGET_NAME, LOST_CODE_KIOSK_BUDGET);
    if (waitMs > 0) return { kind: 'wait', waitMs };
    store.transaction(() => {
      budgets.take(KIOSK_BUDGET_NAME, LOST_CODE_KIOSK_BUDGET);
      recorder.record({ t: 'code.asked_anew', cause: `session:${session}` });
    });
    return null;
  }

  /**
   * Who has this phone by what the cloud knows; undefined when it does not answer. Calls back after
   * the same time for everybody: whom it takes long to find must not show (R14).
   */
  #whose(phone: string, found: (person: string | null | undefined) => void): void {
    const { cloudOffice, people, clock } = this.#parts;
    const { teller } = cloudOffice;
    let person: string | null | undefined;
    teller?.whose(people.dialled(phone), (one) => {
      person = one;
    });
    if (teller === null) found(null);
    else clock.after('lost code looked up', CLOUD_ANSWERS_MS, () => found(person));
  }

  /** The cloud and the kiosk may each know another person by one phone: it is both of theirs. */
  #reissueTo(people: readonly (string | null | undefined)[], working: readonly Channel[]): void {
    const { store, notices } = this.#parts;
    store.transaction(() => {
      for (const person of new Set(people)) {
        const parcels = person == null ? [] : store.parcels.storedFor(person);
        for (const parcel of parcels) this.#reissue(parcel, working);
      }
    });
    notices.drain();
  }

  /** A technician asks for them, outside of what recipients may ask for; answers within 3 s. */
  byOperator(parcelId: string, by: string): Promise<OperatorAnswer> {
    const { store, notices } = this.#parts;
    const recipient = store.parcels.get(parcelId)?.recipient;
    const channels = recipient === undefined ? notices.channels : notices.channelsOf(recipient);
    return new Promise((resolve) => {
      notices.probe(channels, (working) => {
        resolve(working.length > 0 ? this.#asked(parcelId, by, working) : 'cannot_send');
      });
    });
  }

  #asked(parcelId: string, by: string, working: readonly Channel[]): OperatorAnswer {
    const { store, supervisor, notices, recorder } = this.#parts;
    const parcel = store.parcels.get(parcelId);
    if (parcel?.status !== 'stored' || parcel.slot === null) return 'not_stored';
    const slot = supervisor.find(parcel.slot);
    if (slot === null || isBusy(slot)) return 'busy';
    store.transaction(() => {
      recorder.record({ t: 'code.asked_anew', parcel: parcel.id, cause: `technician:${by}` });
      this.#issue(parcel, working);
    });
    notices.drain();
    return 'noted';
  }

  /** While somebody is at the slot, the numbers in use stay (R3a). */
  #reissue(parcel: ParcelRecord, working: readonly Channel[]): void {
    const { supervisor, budgets } = this.#parts;
    const name = `lost-code:${parcel.id}`;
    const slot = parcel.slot === null ? null : supervisor.find(parcel.slot);
    if (slot === null || isBusy(slot)) return;
    if (budgets.waitMs(name, LOST_CODE_PARCEL_BUDGET) > 0) return;
    budgets.take(name, LOST_CODE_PARCEL_BUDGET);
    this.#issue(parcel, working);
  }

  #issue(parcel: ParcelRecord, working: readonly Channel[]): void {
    reissue(this.#parts, parcel, this.#parts.notices.channelsOf(parcel.recipient, working));
  }
}

const KIOSK_BUDGET_NAME = 'lost-code';
const CANNOT = { kind: 'cannot_send' } as const;
/** As long as the cloud has to say whose a phone is. */
const CLOUD_ANSWERS_MS = 3_000;
