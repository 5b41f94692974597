import { CHANGE_BUDGET, COURIER_BUDGET } from '../domain/budget.ts';
import {
  type Contact,
  isPin,
  type PersonRecord,
  PIN_DIGITS_MIN,
  STAFF_DIGITS,
} from '../domain/person.ts';
import type { Budgets } from './budgets.ts';
import type { People } from './people.ts';
import type { Vault } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';

/** What the cloud says of one person; only customers and couriers are its to say (M9). */
export type PersonOp =
  | {
      readonly op: 'put';
      readonly id: string;
      readonly role: 'customer';
      /** Null where the kiosk tells nobody. */
      readonly contact: Contact | null;
      readonly needsLowSlot: boolean;
    }
  | {
      readonly op: 'put';
      readonly id: string;
      readonly role: 'courier';
      readonly carrier: string;
      /** Null keeps what they sign in with. */
      readonly signIn: { readonly staff: string; readonly pin: string } | null;
    }
  | { readonly op: 'remove'; readonly id: string };

interface Parts {
  readonly store: Store;
  readonly vault: Vault;
  readonly people: People;
  readonly recorder: Recorder;
  readonly budgets: Budgets;
}

/** The people that the cloud has said, and those it took back who have a parcel here. */
interface Kept {
  readonly rev: number;
  /** Of the whole that came last, when nothing came after it. */
  readonly sha256?: string | null;
  readonly leaving: readonly string[];
}

const KEPT = 'cloud.people';
const BUDGET_NAME = 'people';
const COURIER_BUDGET_NAME = 'couriers';
const PEOPLE_MAX = 20_000;
const TOO_MANY = `more than ${PEOPLE_MAX} people`;

/** Somebody who cannot be taken as the cloud wants; the reason goes back to it. */
class NotTaken extends Error {
  override readonly name = 'NotTaken';
}

/** Customers and couriers as the cloud has them, beside those whom the kiosk knows by itself. */
export class Provisioning {
  readonly #parts: Parts;
  #kept: Kept;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#kept = (parts.store.kept.get(KEPT) as Kept | null) ?? { rev: 0, leaving: [] };
  }

  get rev(): number {
    return this.#kept.rev;
  }

  /** Of the whole that is in force as it came; null when a change did. */
  get sha256(): string | null {
    return this.#kept.sha256 ?? null;
  }

  /** The ids of the people from the cloud, sorted. */
  ids(): string[] {
    return this.#parts.store.people.fromCloud();
  }

  /** How long nobody new is taken; 0 when a list is taken now. */
  waitMs(): number {
    return this.#parts.budgets.waitMs(BUDGET_NAME, CHANGE_BUDGET);
  }

  /** What must be computed before {@link apply}, by person; takes 50 ms for each PIN. */
  async hashes(ops: readonly PersonOp[]): Promise<Map<string, string>> {
    const { budgets, vault, people } = this.#parts;
    const hashes = new Map<string, string>();
    for (const op of ops) {
      const pin = pinOf(op);
      const isOver = budgets.waitMs(COURIER_BUDGET_NAME, COURIER_BUDGET, hashes.size) > 0;
      if (pin === null || people.pinTrouble(pin) !== null) continue;
      if (!isOver) hashes.set(op.id, await vault.hashPin(pin));
    }
    return hashes;
  }

  /**
   * Makes `rev` what is in force, in one transaction. Of a whole, which has a hash,
   * whoever is not named leaves. Gives the reasons of what was not taken, by person.
   */
  apply(
    rev: number,
    ops: readonly PersonOp[],
    sha256: string | null,
    hashes: ReadonlyMap<string, string>,
  ): string[] {
    const { store, recorder, budgets } = this.#parts;
    const named = new Set(ops.flatMap((op) => (op.op === 'put' ? [op.id] : [])));
    const gone = sha256 !== null ? this.ids().filter((id) => !named.has(id)) : [];
    const removed = ops.flatMap((op) => (op.op === 'remove' ? [op.id] : []));
    const errors: string[] = [];
    this.#kept = store.transaction(() => {
      budgets.take(BUDGET_NAME, CHANGE_BUDGET);
      const waiting = this.#kept.leaving.filter((id) => !named.has(id));
      const leaving = [...new Set([...waiting, ...gone, ...removed])].filter((id) => {
        const why = this.#remove(id);
        if (why !== null) errors.push(`${id}: ${why}`);
        return why !== null;
      });
      let room = PEOPLE_MAX - this.ids().length;
      for (const op of ops) {
        if (op.op !== 'put') continue;
        const isNew = store.people.get(op.id) === null;
        const why = isNew && room <= 0 ? TOO_MANY : this.#taken(op, hashes);
        if (why !== null) errors.push(`${op.id}: ${why}`);
        else if (isNew) room -= 1;
      }
      const kept: Kept = { rev, sha256, leaving };
      store.kept.put(KEPT, kept);
      const data = { rev, whole: sha256 !== null, put: named.size, left: leaving.length };
      recorder.record({ t: 'people.provisioned', data: { ...data, refused: errors.length } });
      return kept;
    });
    return errors;
  }

  /** Null when they are gone; else why not. */
  #remove(id: string): string | null {
    const { store } = this.#parts;
    const person = store.people.get(id);
    if (person === null) return null;
    if (person.origin !== 'cloud') return 'was added at the kiosk';
    if (store.parcels.liesFor(id)) return 'has a parcel here, and leaves with it';
    store.people.remove(id);
    return null;
  }

  #taken(op: Extract<PersonOp, { op: 'put' }>, hashes: ReadonlyMap<string, string>): string | null {
    try {
      this.#put(op, hashes);
      return null;
    } catch (error) {
      if (error instanceof NotTaken) return error.message;
      throw error;
    }
  }

  #put(op: Extract<PersonOp, { op: 'put' }>, hashes: ReadonlyMap<string, string>): void {
    const { store, people, recorder } = this.#parts;
    const known = store.people.get(op.id);
    if (known !== null && known.origin !== 'cloud') throw new NotTaken('was added at the kiosk');
    if (known !== null && known.role !== op.role) throw new NotTaken('has another role here');
    const base = known ?? { ...people.blank(op.id, op.role), origin: 'cloud' as const };
    if (op.role === 'customer') {
      store.people.put(this.#customer(base, op));
      return;
    }
    store.people.put(this.#courier(base, op, hashes.get(op.id) ?? null));
    if (known !== null && op.signIn === null) return;
    const data = { person: op.id, role: op.role, carrier: op.carrier, by: 'cloud' };
    recorder.record({ t: 'staff.added', data });
  }

  /**
   * While a parcel of theirs lies here, nobody is reached another way: a new code sent to whoever
   * says so would be the parcel's end.
   */
  #customer(base: PersonRecord, op: Extract<PersonOp, { role: 'customer' }>): PersonRecord {
    const { store, people } = this.#parts;
    const { id, needsLowSlot } = op;
    const reached = people.reachedBy(op.contact);
    const isSame = base.phoneHash === reached.phoneHash && people.isSameContact(base, op.contact);
    if (isSame) return { ...base, needsLowSlot };
    if (store.parcels.liesFor(id)) throw new NotTaken('has a parcel here: the contact stays');
    const other = reached.phoneHash === null ? null : store.people.byPhone(reached.phoneHash);
    if (other !== null && other.id !== id) {
      if (other.origin === 'cloud' || store.parcels.liesFor(other.id)) {
        throw new NotTaken('somebody else here has this phone');
      }
      store.people.put({ ...other, phoneHash: null });
    }
    return { ...base, ...reached, needsLowSlot };
  }

  #courier(
    base: PersonRecord,
    { id, carrier, signIn }: Extract<PersonOp, { role: 'courier' }>,
    pinHash: string | null,
  ): PersonRecord {
    const { store, vault, people, budgets } = this.#parts;
    if (signIn === null && base.staffHash === null) throw new NotTaken('has nothing to sign in');
    if (signIn === null) return { ...base, carrier };
    if (!isSignIn(signIn)) {
      const what = `${STAFF_DIGITS} digits and a PIN of ${PIN_DIGITS_MIN} or more`;
      throw new NotTaken(`signs in with ${what}`);
    }
    const trouble = people.pinTrouble(signIn.pin);
    if (trouble !== null) throw new NotTaken(trouble);
    const staffHash = vault.digest('staff', signIn.staff);
    const other = store.people.byStaff(staffHash);
    if (other !== null && other.id !== id) throw new NotTaken('somebody else has this number');
    if (pinHash === null) throw new NotTaken('is one of too many for now');
    budgets.take(COURIER_BUDGET_NAME, COURIER_BUDGET);
    // Whom a technician barred here stays barred, and `lockout.clear` alone ends a lockout (R13a):
    // a list that is sent once more is no word about either.
    const isBarred = base.staffHash !== null && base.pinHash === null;
    return { ...base, carrier, staffHash, ...people.judged(isBarred ? null : pinHash) };
  }
}

function pinOf(op: PersonOp): string | null {
  const signIn = op.op === 'put' && op.role === 'courier' ? op.signIn : null;
  return signIn !== null && isSignIn(signIn) ? signIn.pin : null;
}

const isSignIn = ({ staff, pin }: { readonly staff: string; readonly pin: string }): boolean =>
  /^\d+$/.test(staff) && staff.length === STAFF_DIGITS && isPin(pin);
