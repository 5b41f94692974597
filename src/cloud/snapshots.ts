import type { Clock, Timer } from '../control/ports.ts';
import type { Store } from '../control/store-port.ts';
import type { Supervisor } from '../control/supervisor.ts';
import type { SitePlan } from '../domain/site.ts';
import { isAllocatable, type SlotRecord, statusOf } from '../domain/slot.ts';
import { timeText } from './envelope.ts';
import type { Link } from './link.ts';
import { MESSAGES, type Message } from './messages.ts';
import type { UpTopics } from './topics.ts';

interface Parts {
  readonly site: SitePlan;
  readonly supervisor: Supervisor;
  readonly store: Pick<Store, 'journal'>;
  readonly clock: Clock;
  readonly link: Link;
  readonly topics: UpTopics;
}

/** A picture is sent at once, and again at most so often. */
const PICTURE_EVERY_MS = 1_000;
const AVAIL = 'avail';
/** The broker forgets it after a day; a kiosk at which nothing happens is still there. */
const AVAIL_AGAIN_MS = 6 * 3_600_000;

type Locker = Message<'locker'>;
type Counts = Message<'avail'>['sizes'];

/** The retained pictures: what the cloud sees without having followed the events. */
export class Snapshots {
  readonly #parts: Parts;
  /** When each slot last changed, as far as this process saw. */
  readonly #since = new Map<string, string>();
  /** Pictures by name, each with its next moment; `true` when something changed meanwhile. */
  readonly #resting = new Map<string, { readonly timer: Timer; isDue: boolean }>();
  #lastSizes = '';
  #again: Timer | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.supervisor.watch((after, _facts, before) => this.#changed(after, before));
  }

  /** All of them, on a new connection; `done` when the broker has them or never will. */
  all(done: () => void): void {
    for (const { timer } of this.#resting.values()) timer.cancel();
    this.#resting.clear();
    const lockers = new Set(this.#parts.site.slots.map(({ id }) => lockerOf(id)));
    let missing = lockers.size + 1;
    const one = () => {
      missing -= 1;
      if (missing === 0) done();
    };
    this.#lastSizes = '';
    for (const locker of lockers) this.#publish(locker, one);
    this.#publish(AVAIL, one);
    this.#keepAlive();
  }

  /** The connection is gone: on the next one everything is sent anyway. */
  closed(): void {
    this.#again?.cancel();
  }

  #keepAlive(): void {
    this.#again?.cancel();
    this.#again = this.#parts.clock.after('availability again', AVAIL_AGAIN_MS, () => {
      this.#lastSizes = '';
      this.#wanted(AVAIL);
      this.#keepAlive();
    });
  }

  sizes(): Counts {
    const { site, supervisor } = this.#parts;
    const sizes: Counts = {};
    for (const { id, size } of site.slots) {
      const counts = sizes[size] ?? { free: 0, busy: 0, oos: 0 };
      const slot = supervisor.get(id);
      // What is free but cannot be given away now, such as on a dark board, is out of service.
      const isFree = statusOf(slot) === 'empty';
      const key = isFree ? (isAllocatable(slot) ? 'free' : 'oos') : busyOrOut(slot);
      sizes[size] = { ...counts, [key]: counts[key] + 1 };
    }
    return sizes;
  }

  #changed(after: SlotRecord, before: SlotRecord): void {
    if (JSON.stringify(seen(after)) === JSON.stringify(seen(before))) return;
    this.#since.set(after.id, timeText(this.#parts.clock.wallMs()));
    if (this.#parts.link.session === null) return;
    this.#wanted(lockerOf(after.id));
    this.#wanted(AVAIL);
  }

  #wanted(picture: string): void {
    const resting = this.#resting.get(picture);
    if (resting === undefined) this.#publish(picture);
    else resting.isDue = true;
  }

  #publish(picture: string, done: () => void = () => {}): void {
    const timer = this.#parts.clock.after(`picture ${picture}`, PICTURE_EVERY_MS, () => {
      const { isDue } = this.#resting.get(picture) ?? { isDue: false };
      this.#resting.delete(picture);
      if (isDue && this.#parts.link.session !== null) this.#publish(picture);
    });
    this.#resting.set(picture, { timer, isDue: false });
    if (picture === AVAIL) this.#publishAvail(done);
    else this.#publishLocker(picture, done);
  }

  #publishLocker(locker: string, done: () => void): void {
    const { site, supervisor, link, topics } = this.#parts;
    const slots: Locker['slots'] = {};
    for (const { id } of site.slots) {
      if (lockerOf(id) !== locker) continue;
      const slot = supervisor.get(id);
      slots[nameOf(id)] = { rev: slot.rev, ...seen(slot), since: this.#since.get(id) ?? null };
    }
    const picture: Locker = { ...this.#head, locker, slots };
    const { qos, retain } = MESSAGES.locker;
    const payload = JSON.stringify(picture);
    link.publish({ topic: topics.locker(locker), payload, qos, retain }, done);
  }

  #publishAvail(done: () => void): void {
    const { site, link, topics } = this.#parts;
    const sizes = this.sizes();
    const text = JSON.stringify(sizes);
    if (text === this.#lastSizes) {
      done();
      return;
    }
    this.#lastSizes = text;
    const avail: Message<'avail'> = { ...this.#head, city: site.city, sizes };
    const { qos, retain, expiryS } = MESSAGES.avail;
    const payload = JSON.stringify(avail);
    link.publish({ topic: topics.avail, payload, qos, retain, expiryS }, done);
  }

  get #head() {
    const { site, store } = this.#parts;
    return { v: 1, k: site.kiosk, rev: store.journal.head()?.seq ?? 0 } as const;
  }
}

function seen(slot: SlotRecord) {
  return {
    state: statusOf(slot),
    door: slot.door,
    occ: slot.occupancy,
    fault: slot.bar?.reason ?? (slot.board === 'dark' ? 'dark' : null),
  } as const;
}

const busyOrOut = (slot: SlotRecord) => (statusOf(slot) === 'out_of_service' ? 'oos' : 'busy');
const lockerOf = (slot: string): string => slot.slice(0, slot.indexOf('/'));
const nameOf = (slot: string): string => slot.slice(slot.indexOf('/') + 1);
