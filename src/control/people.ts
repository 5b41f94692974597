import { randomDigits } from '../domain/code.ts';
import type { Language } from '../domain/language.ts';
import {
  type Contact,
  isPin,
  type PersonRecord,
  PIN_DIGITS_MIN,
  PIN_MISSES_MAX,
  type Role,
  STAFF_DIGITS,
  TRIAL_PINS,
} from '../domain/person.ts';
import { type Dialling, normalPhone } from '../domain/phone.ts';
import type { Random, Totp, Vault } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';

interface Parts {
  readonly store: Store;
  readonly vault: Vault;
  readonly totp: Totp;
  readonly random: Random;
  readonly recorder: Recorder;
  /** Of people who are known by their phone alone. */
  readonly language: Language;
  readonly dialling: Dialling;
  /** Nobody gets a PIN for trials then. */
  readonly isProduction: boolean;
}

/** Somebody the kiosk knows, as an operator sees them. */
interface PersonView extends Pick<PersonRecord, 'id' | 'role' | 'carrier' | 'needsLowSlot'> {
  readonly isDisabled: boolean;
  /** Too many wrong PINs (R13a). */
  readonly isBlocked: boolean;
}

interface NewUpkeeper {
  readonly staff: string;
  /** In base32. */
  readonly secret: string;
}

/** Who the kiosk knows: customers by their phone, staff by number and PIN (M9). */
export class People {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Adds a customer; a phone number names one customer only, whose contact is then replaced. What
   * is not said stays as it was: an address for e-mails, and the need for a low slot (R27). The
   * journal names whoever did it by their id; what an announcement brings has a row of its own.
   */
  addCustomer(contact: Contact, needsLowSlot?: boolean, by?: string): string {
    const { store, recorder, vault } = this.#parts;
    const known = contact.phone === null ? null : this.byPhone(contact.phone);
    const email = contact.email ?? contactOf(known, vault)?.email ?? null;
    const person: PersonRecord = {
      ...(known ?? this.blank(recorder.newId(), 'customer')),
      ...this.reachedBy({ ...contact, email }),
      needsLowSlot: needsLowSlot ?? known?.needsLowSlot === true,
    };
    store.transaction(() => {
      store.people.put(person);
      if (by === undefined) return;
      recorder.record({ t: 'person.changed', data: { person: person.id, by } });
    });
    return person.id;
  }

  /**
   * Adds a courier of a carrier and gives the new staff number. `by` is the person's id; nobody is
   * signed in at the kiosk's own files.
   * @throws RangeError by {@link pinTrouble}.
   */
  async addCourier(carrier: string, pin: string, by?: string): Promise<string> {
    const { staff } = await this.#addStaff('courier', pin, { carrier }, by);
    return staff;
  }

  /**
   * Adds a technician or an admin and gives the staff number, and the secret for their app: shown
   * now and never again. Only somebody at the kiosk's own files can do so (M9).
   * @throws RangeError by {@link pinTrouble}.
   */
  async addUpkeeper(role: 'technician' | 'admin', pin: string): Promise<NewUpkeeper> {
    const { totp, vault } = this.#parts;
    const secret = totp.newSecret();
    const record = { totp: { sealed: vault.seal(secret), lastStep: 0 } };
    const { staff } = await this.#addStaff(role, pin, record);
    return { staff, secret };
  }

  async #addStaff(role: Role, pin: string, more: Partial<PersonRecord>, by?: string) {
    const { store, vault, random, recorder } = this.#parts;
    const pinHash = await vault.hashPin(this.#checkedPin(pin));
    for (;;) {
      const staff = randomDigits(STAFF_DIGITS, (max) => random.int(max));
      const staffHash = vault.digest('staff', staff);
      if (store.people.byStaff(staffHash) !== null) continue;
      const person = {
        ...this.blank(recorder.newId(), role),
        ...more,
        staffHash,
        ...this.judged(pinHash),
      };
      store.transaction(() => {
        store.people.put(person);
        const author = by === undefined ? {} : { by };
        const data = { person: person.id, role, carrier: person.carrier, ...author };
        recorder.record({ t: 'staff.added', data });
      });
      return { staff };
    }
  }

  /** Those of one role, without anything that leads to them. */
  list(role: Role, limit: number): PersonView[] {
    return this.#parts.store.people.list(role, limit).map((person) => ({
      ...{ id: person.id, role: person.role, carrier: person.carrier },
      isDisabled: person.role !== 'customer' && person.pinHash === null,
      isBlocked: person.pinMisses >= PIN_MISSES_MAX,
      needsLowSlot: person.needsLowSlot,
    }));
  }

  isCourier(id: string): boolean {
    return this.#parts.store.people.get(id)?.role === 'courier';
  }

  /**
   * Gives a courier another PIN; false when no such courier has a staff number. `by` is the
   * person's id.
   * @throws RangeError by {@link pinTrouble}.
   */
  async setPin(id: string, pin: string, by: string): Promise<boolean> {
    const pinHash = await this.#parts.vault.hashPin(this.#checkedPin(pin));
    return this.#change(id, 'staff.pin_set', by, { ...this.judged(pinHash), pinMisses: 0 });
  }

  /** No PIN lets this courier in any more; false when there is no such courier. */
  disable(id: string, by: string): boolean {
    return this.#change(id, 'staff.disabled', by, { pinHash: null });
  }

  #change(id: string, t: string, by: string, change: Partial<PersonRecord>): boolean {
    const { store, recorder } = this.#parts;
    const person = store.people.get(id);
    if (person?.role !== 'courier' || person.staffHash === null) return false;
    store.transaction(() => {
      store.people.put({ ...person, ...change });
      recorder.record({ t, data: { person: id, by } });
    });
    return true;
  }

  /** Why nobody may have this PIN; null when they may. It is never repeated. */
  pinTrouble(pin: string): string | null {
    if (!isPin(pin)) {
      return `a PIN has at least ${PIN_DIGITS_MIN} digits and nothing else`;
    }
    const isTried = this.#parts.isProduction && TRIAL_PINS.includes(pin);
    return isTried ? 'this PIN stands in the documents, or is one that all try first' : null;
  }

  /** What is kept of a PIN that {@link pinTrouble} has let pass. */
  judged(pinHash: string | null): Pick<PersonRecord, 'pinHash' | 'isPinJudged'> {
    return { pinHash, isPinJudged: this.#parts.isProduction };
  }

  #checkedPin(pin: string): string {
    const trouble = this.pinTrouble(pin);
    if (trouble === null) return pin;
    throw new RangeError(trouble);
  }

  /** Null when nobody here has this phone. */
  byPhone(phone: string): PersonRecord | null {
    const { store, vault } = this.#parts;
    return store.people.byPhone(vault.digest('phone', this.#normal(phone)));
  }

  byPhoneOrNew(phone: string): string {
    const { language } = this.#parts;
    const known = this.byPhone(phone);
    // Of former recipients the kiosk knows the phone's hash and their needs, and no way to them.
    if (known !== null && known.contact !== null) return known.id;
    return this.addCustomer({ phone: this.dialled(phone), email: null, language });
  }

  /** As whoever is elsewhere must dial it: they cannot know of which country it is. */
  dialled(phone: string): string {
    const { countryCode } = this.#parts.dialling;
    return countryCode === null ? phone : `+${this.#normal(phone)}`;
  }

  #normal(phone: string): string {
    return normalPhone(phone, this.#parts.dialling);
  }

  /** How somebody with this contact is found and told; by nothing where there is none. */
  reachedBy(contact: Contact | null): Pick<PersonRecord, 'phoneHash' | 'contact'> {
    const { vault } = this.#parts;
    if (contact === null) return { phoneHash: null, contact: null };
    const { phone } = contact;
    const phoneHash = phone === null ? null : vault.digest('phone', this.#normal(phone));
    return { phoneHash, contact: vault.seal(JSON.stringify(contact)) };
  }

  isSameContact(person: PersonRecord, contact: Contact | null): boolean {
    if (contact === null) return person.contact === null;
    const known = contactOf(person, this.#parts.vault);
    return (
      known?.phone === contact.phone &&
      known?.email === contact.email &&
      known?.language === contact.language
    );
  }

  needsLowSlot(id: string): boolean {
    return this.#parts.store.people.get(id)?.needsLowSlot === true;
  }

  /** Somebody of whom nothing is known yet. */
  blank(id: string, role: Role): PersonRecord {
    return {
      ...{ id, role, origin: 'kiosk', carrier: null, needsLowSlot: false },
      ...{ staffHash: null, pinHash: null, pinMisses: 0, totp: null },
      ...{ phoneHash: null, contact: null },
    };
  }
}

/** How somebody can be reached; null when nobody knows. */
export function contactOf(
  person: PersonRecord | null,
  vault: Pick<Vault, 'unseal'>,
): Contact | null {
  if (person?.contact == null) return null;
  return JSON.parse(vault.unseal(person.contact)) as Contact;
}
