import type { App } from '../../src/app.ts';
import type { PersonRecord } from '../../src/domain/person.ts';
import { announced } from '../announced.ts';
import type { SimClock } from '../clock.ts';
import type { EmbeddedKiosk } from '../embedded.ts';
import { Person } from '../person.ts';
import type { Random } from '../random.ts';
import { sleep } from '../real-clock.ts';

const CARRIER = 'ACME';
const PIN = '246810';
const PACE = { afterMs: 1_000, closesAfterMs: 2_500 };
const LOOK_MS = 500;
const OUTCOME_MAX_MS = 120_000;
const HOUR_MS = 3_600_000;
const SIZES = ['S', 'M', 'L'];

/** A courier who is let in; the same person at every kiosk, as the proof of the PIN takes time. */
export async function courierAt({ people, signIn }: App): Promise<PersonRecord> {
  const answer = await signIn.check(await people.addCourier(CARRIER, PIN), PIN);
  if (answer.kind !== 'welcome') throw new Error(`the courier was not let in: ${answer.kind}`);
  return answer.person;
}

/** Parcels that are brought to a kiosk and fetched again, at random times, for ever. */
export class Visits {
  readonly #kiosk: EmbeddedKiosk;
  readonly #courier: PersonRecord;
  readonly #random: Random;
  readonly #hands: Person;
  #labels = 10_000;
  /** Parcels that came and left. */
  done = 0;

  constructor(kiosk: EmbeddedKiosk, courier: PersonRecord, clock: SimClock, random: Random) {
    this.#kiosk = kiosk;
    this.#courier = courier;
    this.#random = random;
    this.#hands = new Person(clock);
    const { store } = kiosk.app;
    store.transaction(() => store.people.put(courier));
  }

  async go(perHour: number): Promise<never> {
    for (;;) {
      await sleep(this.#random.int((2 * HOUR_MS) / perHour));
      await this.#visit();
    }
  }

  async #visit(): Promise<void> {
    const slot = await this.#brings();
    if (slot === null) return;
    const [sms, email] = [this.#kiosk.phone.splice(0), this.#kiosk.mailbox.splice(0)];
    const code = numberIn(sms, /Pickup code: (\d+)/);
    const second = numberIn(email, /Second number: (\d+)/);
    const { sessions, collect } = this.#kiosk.app;
    const session = sessions.begin();
    if (collect.begin(session, code, second).kind === 'opening') {
      this.#hands.takesParcel(this.#kiosk.door(slot), PACE);
      await this.#until(slot, ['grace', 'available']);
      this.done += 1;
    }
    collect.forget(session);
    sessions.end(session);
  }

  /** The slot in which the parcel lies, or null where there is no room for it. */
  async #brings(): Promise<string | null> {
    const { people, sessions, deposit, supervisor } = this.#kiosk.app;
    const contact = { phone: '+12125550111', email: 'ana@example.com', language: 'en' } as const;
    const recipient = people.addCustomer(contact);
    this.#labels += 1;
    const size = SIZES[this.#random.int(SIZES.length)] ?? '';
    const parcel = { carrier: CARRIER, label: `AC${this.#labels}`, recipient, size };
    const { id } = announced(this.#kiosk.app, parcel);
    const session = sessions.begin();
    const started = deposit.begin(session, this.#courier, { kind: 'announced', parcel: id });
    if (started.kind !== 'opening') {
      sessions.end(session);
      return null;
    }
    const { slot } = started.drop;
    this.#hands.dropsParcel(this.#kiosk.door(slot), id, PACE);
    await this.#until(slot, ['drop_unconfirmed', 'occupied']);
    supervisor.send(slot, { type: 'LEFT_IT' });
    sessions.end(session);
    return slot;
  }

  async #until(slot: string, states: readonly string[]): Promise<void> {
    const { supervisor } = this.#kiosk.app;
    for (let waitedMs = 0; waitedMs < OUTCOME_MAX_MS; waitedMs += LOOK_MS) {
      if (states.includes(supervisor.get(slot).state)) return;
      await sleep(LOOK_MS);
    }
  }
}

function numberIn(messages: readonly { readonly text: string }[], pattern: RegExp): string {
  return messages.map(({ text }) => pattern.exec(text)?.[1]).find((one) => one !== undefined) ?? '';
}
