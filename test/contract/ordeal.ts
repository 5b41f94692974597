import type { Drop } from '../../src/control/deposit.ts';
import type { PersonRecord } from '../../src/domain/person.ts';
import { isAllocatable, isBusy } from '../../src/domain/slot.ts';
import { ANNA, CARRIER, MINUTE_MS, type Sent } from '../app/bench-kiosk.ts';
import type { Fault } from './faults.ts';
import type { Site } from './site.ts';
import { Watch } from './watch.ts';

/** Until everything has been read again. */
const REST_MS = 15_000;
const VISIT_MS_MAX = 10 * MINUTE_MS;
const HANDS = { afterMs: 1_500, closesAfterMs: 1_500 } as const;
const SLOTS_TRIED_MAX = 3;

/** A drop and a pickup under a fault, by people who answer as it is. */
export class Ordeal {
  readonly #site: Site;
  readonly #fault: Fault;
  #labels = 10_000;

  constructor(site: Site, fault: Fault) {
    this.#site = site;
    this.#fault = fault;
  }

  /** What went wrong, in words. */
  undergo(): readonly string[] {
    const { bench } = this.#site;
    this.#fault.before?.(this.#site);
    bench.start();
    const watch = new Watch(this.#site);
    const courier = this.#courier();
    bench.wait(2_000);
    this.#site.learn();

    const parcel = this.#under(this.#nextSlot(), () => this.#drop(courier));
    watch.rest();
    const isStored = bench.parcel(parcel).status === 'stored';
    const stored = isStored ? parcel : this.#drop(courier);
    const { slot, status } = bench.parcel(stored);
    if (slot === null) return [...watch.wrongs, `without a fault ${stored} is ${status}`];

    const sent = bench.numbers();
    this.#under(slot, () => this.#collect(slot, sent));
    watch.rest();
    const isFetched = bench.parcel(stored).status === 'retrieved';
    if (!isFetched) this.#collect(slot, sent);
    watch.rest();
    return [...watch.wrongs, ...this.#unserved(isStored, isFetched), ...this.#lost(stored)];
  }

  #unserved(isStored: boolean, isFetched: boolean): string[] {
    if (!this.#fault.isBorne) return [];
    return [
      ...(isStored ? [] : ['the drop failed, and the fault can be borne']),
      ...(isFetched ? [] : ['the pickup failed, and the fault can be borne']),
    ];
  }

  /** In the end the recipient has the parcel, or the kiosk knows where it is. */
  #lost(parcel: string): string[] {
    const { bench } = this.#site;
    const { status, slot } = bench.parcel(parcel);
    const inside = bench.app.supervisor.all().filter(({ id }) => {
      return bench.kiosk.door(id).contents.includes(parcel);
    });
    const [place] = inside;
    if (place === undefined || (status === 'stored' && slot === place.id)) return [];
    return [`R2: it lies in ${place.id}, and is ${status}`];
  }

  /** The fault befalls a visit; then it is over, and the kiosk has time to see that. */
  #under<T>(slot: string, visit: () => T): T {
    const { bench } = this.#site;
    this.#fault.strike?.(this.#site, slot);
    const made = visit();
    this.#site.heal();
    this.#fault.before?.(this.#site);
    this.#fault.mend?.(this.#site, slot);
    bench.until('the board answers', () => bench.slot('L/1').board === 'ok');
    bench.wait(REST_MS);
    return made;
  }

  /** Who has signed in already: checking a PIN takes longer than all the rest. */
  #courier(): PersonRecord {
    const { people, store } = this.#site.bench.app;
    const person = store.people.get(people.addCustomer(ANNA));
    if (person === null) throw new Error('nobody was added');
    return { ...person, role: 'courier', carrier: CARRIER };
  }

  #nextSlot(): string {
    const { supervisor } = this.#site.bench.app;
    return supervisor.all().find(isAllocatable)?.id ?? 'L/1';
  }

  /** Gives the parcel's id, wherever it is afterwards. */
  #drop(courier: PersonRecord): string {
    const { bench } = this.#site;
    const { deposit, sessions } = bench.app;
    this.#labels += 1;
    const { id } = bench.announce(ANNA, 'S', `AC${this.#labels}`);
    const session = sessions.begin();
    let start = deposit.begin(session, courier, { kind: 'announced', parcel: id });
    for (let tried = 1; start.kind === 'opening'; tried += 1) {
      this.#putIn(start.drop);
      const isInside = bench.kiosk.door(start.drop.slot).contents.includes(id);
      if (isInside || tried === SLOTS_TRIED_MAX) break;
      start = deposit.elsewhere(start.drop);
    }
    sessions.end(session);
    return id;
  }

  #putIn({ slot, parcel }: Drop): void {
    const { bench } = this.#site;
    const { supervisor } = bench.app;
    const door = bench.kiosk.door(slot);
    bench.hands.dropsParcel(door, parcel, HANDS);
    this.#untilSettled(slot, () => {
      if (bench.slot(slot).state !== 'drop_unconfirmed' || door.isOpen) return;
      if (door.contents.includes(parcel)) supervisor.send(slot, { type: 'LEFT_IT' });
    });
    this.#handsDown();
  }

  #collect(slot: string, sent: Sent): void {
    const { bench } = this.#site;
    const { supervisor, sessions } = bench.app;
    const session = sessions.begin();
    const answer = bench.collect(sent, session);
    const door = bench.kiosk.door(slot);
    if (answer.kind === 'opening') {
      bench.hands.takesParcel(door, HANDS);
      this.#untilSettled(slot, () => {
        const { state, ask, openGrade } = bench.slot(slot);
        if (state === 'unseen' && ask === 'asked') {
          const type = door.contents.length === 0 ? 'DID_OPEN' : 'DID_NOT_OPEN';
          supervisor.send(slot, { type });
        } else if (state === 'open' && openGrade === 'asserted') {
          supervisor.send(slot, { type: 'SAYS_CLOSED' });
        }
      });
      this.#handsDown();
    }
    sessions.end(session);
  }

  /** What was begun at an open door is done; whose door did not open leaves. */
  #handsDown(): void {
    this.#site.bench.wait(HANDS.afterMs + HANDS.closesAfterMs);
    this.#site.bench.hands.walksOff();
  }

  /** Until nobody is being served at the slot, with answers to what is asked meanwhile. */
  #untilSettled(slot: string, answers: () => void): void {
    const { bench } = this.#site;
    const untilMs = bench.clock.monoMs() + VISIT_MS_MAX;
    while (isBusy(bench.slot(slot)) && bench.clock.monoMs() < untilMs) {
      bench.wait(500);
      answers();
    }
  }
}
