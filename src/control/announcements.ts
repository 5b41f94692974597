import { DAY_MS, newHold } from '../domain/hold.ts';
import { type Load, type OverLimit, smallestFor } from '../domain/load.ts';
import {
  isLabel,
  LABEL_CHARS_MAX,
  type ParcelRecord,
  REF_CHARS,
  refFrom,
  tailOf,
} from '../domain/parcel.ts';
import { rankOf, type SitePlan } from '../domain/site.ts';
import type { Clock, Random } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Reservations } from './reservations.ts';
import type { Store } from './store-port.ts';

/** A parcel that somebody says will come (R15a). */
export interface Announcement {
  readonly carrier: string;
  /** 1 to 64 characters; a carrier announces a label once. */
  readonly label: string;
  /** The person whose parcel it is. */
  readonly recipient: string;
  /** A size of the site; a larger one is noted when the load is over its limits. */
  readonly size: string;
  readonly load?: Load;
  /** 3 to 7; the site's own without it. */
  readonly holdDays?: number;
  /** Holds a slot until then, at most 48 h ahead; without it the parcel gets one when it comes. */
  readonly reserveUntilWall?: number;
}

type AnnounceAnswer =
  | { readonly kind: 'announced'; readonly parcel: ParcelRecord }
  | { readonly kind: 'refused'; readonly why: AnnounceRefusal };
type AnnounceRefusal = OverLimit | 'ALREADY_ANNOUNCED' | 'NO_ROOM';

interface Parts {
  readonly site: SitePlan;
  /** Those of now: they may change from afar. */
  readonly rules: () => HoldRules;
  readonly store: Store;
  readonly reservations: Reservations;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly random: Random;
}

interface HoldRules {
  readonly holdMs: number;
  readonly remindBeforeMs: number;
}

const RESERVE_MAX_MS = 48 * 3_600_000;
const HOLD_DAYS = { min: 3, max: 7 };

/** The parcels that are expected here: by announcement, or named by a courier at the door. */
export class Announcements {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Records a parcel that is expected, and holds a slot for it when that is asked for.
   * @throws RangeError when the announcement itself is wrong, with the value and what is allowed.
   */
  announce(announcement: Announcement): AnnounceAnswer {
    const { site, store, reservations } = this.#parts;
    this.#check(announcement);
    const { carrier, label, load = {}, reserveUntilWall } = announcement;
    const expected = store.parcels.pendingByTail(carrier, tailOf(label));
    if (expected.some((parcel) => parcel.label === label)) {
      return this.#refused(announcement, 'ALREADY_ANNOUNCED');
    }
    const { sizes, limits } = site;
    const rank = smallestFor(sizes, limits, load, rankOf(site, announcement.size));
    if (typeof rank === 'string') return this.#refused(announcement, rank);
    const parcel = this.#newParcel({ ...announcement, size: sizes[rank] ?? '', load });
    if (reserveUntilWall === undefined) {
      store.transaction(() => this.book(parcel));
      return { kind: 'announced', parcel };
    }
    const reserved = { ...parcel, reservedUntilWall: reserveUntilWall };
    const slot = reservations.reserve(reserved, (placed) => this.book(placed));
    if (slot === null) return this.#refused(announcement, 'NO_ROOM');
    return { kind: 'announced', parcel: { ...reserved, slot } };
  }

  /** A parcel that nobody announced, as a courier names it; not booked yet (R15). */
  unannounced(carrier: string, recipient: string, size: string): ParcelRecord {
    return this.#newParcel({ carrier, label: null, recipient, size, load: {} });
  }

  /** Writes a new parcel and its row; for the transaction that it begins with. */
  book(parcel: ParcelRecord): void {
    const { carrier, size, label, reservedUntilWall } = parcel;
    this.#parts.store.parcels.put(parcel);
    this.#parts.recorder.record({
      t: 'parcel.announced',
      slot: parcel.slot,
      parcel: parcel.id,
      data: { carrier, size, manifested: label !== null, reservedUntilWall },
    });
  }

  #check({ label, recipient, size, holdDays, reserveUntilWall }: Announcement): void {
    const { site, store, clock } = this.#parts;
    rankOf(site, size);
    if (!isLabel(label) || tailOf(label) === '') {
      const allowed = `1 to ${LABEL_CHARS_MAX} printable characters, with a digit`;
      throw new RangeError(`label ${JSON.stringify(label)}: ${allowed}`);
    }
    if (store.people.get(recipient)?.role !== 'customer') {
      throw new RangeError(`recipient "${recipient}" is not a customer of this kiosk`);
    }
    const { min, max } = HOLD_DAYS;
    if (holdDays !== undefined && !(holdDays >= min && holdDays <= max)) {
      throw new RangeError(`holdDays ${holdDays}: ${min} to ${max} days`);
    }
    const nowWall = clock.wallMs();
    const aheadMs = (reserveUntilWall ?? nowWall) - nowWall;
    if (!(aheadMs >= 0 && aheadMs <= RESERVE_MAX_MS)) {
      throw new RangeError(`reservation of ${Math.round(aheadMs / 60_000)} min: 0 to 2880 min`);
    }
  }

  #refused({ carrier, size }: Announcement, refusal: AnnounceRefusal): AnnounceAnswer {
    const { store, recorder } = this.#parts;
    store.transaction(() => {
      recorder.record({ t: 'announcement.refused', data: { refusal, carrier, size } });
    });
    return { kind: 'refused', why: refusal };
  }

  #newParcel(wish: Wish): ParcelRecord {
    const { recorder, random, clock } = this.#parts;
    const rules = this.#parts.rules();
    const { carrier, label, recipient, size, load, holdDays } = wish;
    const holdMs = holdDays === undefined ? rules.holdMs : holdDays * DAY_MS;
    return {
      id: recorder.newId(),
      ref: refFrom(random.bytes(REF_CHARS)),
      status: 'pending',
      custody: 'expected',
      slot: null,
      size,
      carrier,
      label,
      load,
      reservedUntilWall: null,
      recipient,
      policy: 'code',
      said: null,
      gen: 0,
      lastGen: 0,
      codeHash: null,
      secondHash: null,
      secondMisses: 0,
      hold: newHold(holdMs, rules.remindBeforeMs),
      createdAtWall: clock.wallMs(),
      storedAtWall: null,
      endedAtWall: null,
    };
  }
}

interface Wish extends Omit<Announcement, 'label' | 'load' | 'reserveUntilWall'> {
  readonly label: string | null;
  readonly load: Load;
}
