import { isBusy } from '../../src/domain/slot.ts';
import { announced } from '../announced.ts';
import type { EmbeddedKiosk } from '../embedded.ts';
import type { Announced, Kept } from './kept.ts';

const CARRIER = 'ACME';
export const COURIER_PIN = '246810';
const FIRST_LABEL = 10_101;

const CONTACTS = {
  Ana: { phone: '+1 212 555 0111', email: 'ana@example.com', language: 'en' },
  Ben: { phone: '+1 212 555 0122', email: 'ben@example.com', language: 'en' },
};

/** What the courier carries at any time; what was delivered is replaced by another of its kind. */
const CART = [
  { to: 'Ana', size: 'S' },
  { to: 'Ben', size: 'M' },
  { to: 'Ana', size: 'L' },
  { to: 'Ben', size: 'S' },
] as const;

/** What is kept of them from start to start. */
type Part = Pick<Kept, 'staff' | 'people' | 'announced' | 'nextLabel'>;

/** Courier and recipients, and the parcels that are announced to the kiosk. */
export class Players {
  readonly #kiosk: EmbeddedKiosk;
  #part: Part;

  private constructor(kiosk: EmbeddedKiosk, part: Part) {
    this.#kiosk = kiosk;
    this.#part = part;
    this.fillCart();
  }

  /** Those that the kiosk knows from an earlier start, or new ones. */
  static async meet(kiosk: EmbeddedKiosk, kept: Kept | null): Promise<Players> {
    if (kept !== null) return new Players(kiosk, kept);
    const { people } = kiosk.app;
    const staff = await people.addCourier(CARRIER, COURIER_PIN);
    const ids = Object.entries(CONTACTS).map(([name, to]) => [name, people.addCustomer(to)]);
    const part = { staff, people: Object.fromEntries(ids), announced: [], nextLabel: FIRST_LABEL };
    return new Players(kiosk, part);
  }

  get part(): Part {
    const { staff, people, announced, nextLabel } = this.#part;
    return { staff, people, announced, nextLabel };
  }

  /** Announces as many parcels as the cart lacks. */
  fillCart(): void {
    const { announced, nextLabel } = this.#part;
    let label = nextLabel;
    const cart = CART.map((kind, place) => {
      const here = announced[place];
      if (here !== undefined && this.#isCarried(here.id)) return here;
      label += 1;
      return this.#announce(kind, label - 1);
    });
    this.#part = { ...this.#part, announced: cart, nextLabel: label };
  }

  /** Until it is delivered, or shut into a compartment of which nobody knows. */
  #isCarried(id: string): boolean {
    const { store, supervisor } = this.#kiosk.app;
    const parcel = store.parcels.get(id);
    if (parcel?.status !== 'pending') return false;
    return parcel.slot === null || isBusy(supervisor.get(parcel.slot));
  }

  #announce({ to, size }: { to: string; size: string }, digits: number): Announced {
    const label = `${CARRIER}-${digits}`;
    const recipient = this.#part.people[to] ?? '';
    const { id } = announced(this.#kiosk.app, { carrier: CARRIER, label, recipient, size });
    return { id, label, to, size };
  }
}

/** Whether what is kept belongs to the database that this kiosk has opened. */
export function isOf(kiosk: EmbeddedKiosk, kept: Kept): boolean {
  const { people } = kiosk.app.store;
  return Object.keys(CONTACTS).every((name) => people.get(kept.people[name] ?? '') !== null);
}

/** Whose phone or mailbox it is. */
export function ownerOf(address: string): string {
  const found = Object.entries(CONTACTS).find(
    ([, { phone, email }]) => address === phone || address === email,
  );
  return found?.[0] ?? address;
}
