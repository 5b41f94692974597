import { randomDigits } from '../domain/code.ts';
import type { Language } from '../domain/language.ts';
import {
  type Contact,
  type PersonRecord,
  PIN_DIGITS_MIN,
  type Role,
  STAFF_DIGITS,
} from '../domain/person.ts';
import type { Random, Vault } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';

interface Parts {
  readonly store: Store;
  readonly vault: Vault;
  readonly random: Random;
  readonly recorder: Recorder;
  /** Of people who are known by their phone alone. */
  readonly language: Language;
}

/** Who the kiosk knows: customers by their phone, staff by number and PIN (M9). */
export class People {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Adds a customer; a phone number names one customer only, whose contact is then replaced. */
  addCustomer(contact: Contact, needsLowSlot = false): string {
    const { store, vault, recorder } = this.#parts;
    const phoneHash =
      contact.phone === null ? null : vault.digest('phone', normalPhone(contact.phone));
    const known = phoneHash === null ? null : store.people.byPhone(phoneHash);
    const person: PersonRecord = {
      ...blank(known?.id ?? recorder.newId(), 'customer'),
      phoneHash,
      contact: vault.seal(JSON.stringify(contact)),
      needsLowSlot,
    };
    store.transaction(() => store.people.put(person));
    return person.id;
  }

  /**
   * Adds a courier of a carrier and gives the new staff number.
   * @throws RangeError when the PIN is not at least six digits.
   */
  async addCourier(carrier: string, pin: string): Promise<string> {
    if (!/^\d+$/.test(pin) || pin.length < PIN_DIGITS_MIN) {
      throw new RangeError(`a PIN has at least ${PIN_DIGITS_MIN} digits and nothing else`);
    }
    const { store, vault, random, recorder } = this.#parts;
    const pinHash = await vault.hashPin(pin);
    for (;;) {
      const staff = randomDigits(STAFF_DIGITS, (max) => random.int(max));
      const staffHash = vault.digest('staff', staff);
      if (store.people.byStaff(staffHash) !== null) continue;
      const person = blank(recorder.newId(), 'courier');
      store.transaction(() => {
        store.people.put({ ...person, carrier, staffHash, pinHash });
        const data = { person: person.id, role: person.role, carrier };
        recorder.record({ t: 'staff.added', data });
      });
      return staff;
    }
  }

  byPhoneOrNew(phone: string): string {
    const { store, vault, language } = this.#parts;
    const known = store.people.byPhone(vault.digest('phone', normalPhone(phone)));
    return known?.id ?? this.addCustomer({ phone, email: null, language });
  }

  needsLowSlot(id: string): boolean {
    return this.#parts.store.people.get(id)?.needsLowSlot === true;
  }
}

/** Digits only, so that the same number is the same however it was typed. */
function normalPhone(phone: string): string {
  return phone.replace(/\D/g, '');
}

function blank(id: string, role: Role): PersonRecord {
  return {
    id,
    role,
    carrier: null,
    staffHash: null,
    pinHash: null,
    pinMisses: 0,
    phoneHash: null,
    contact: null,
    needsLowSlot: false,
  };
}
