/** Rare things that storms must see, each with the kiosk-hours after which it must have been. */
const SOMETIMES = {
  'crash between ARMED and the pulse': 20,
  'crash between the pulse and its outcome': 20,
  'crash with a door open': 20,
  'crash between the close and the booking': 50,
  'found open at the start and recovered': 20,
  'quarantined at the start': 20,
  'unknown outcome': 10,
  'unknown outcome, and the slot was empty': 20,
  'unknown outcome, and the slot was full': 20,
  'unknown outcome, and the code still opened': 50,
  'empty budget': 20,
  'empty budget that spans a restart': 50,
  'a parcel that takes one try an hour': 50,
  'door forced': 5,
  'session stopped by a second door': 50,
  'drop upsized': 5,
  'drop called off': 10,
  'drop into another slot': 10,
  'courier walked off': 10,
  'hold lengthened by an outage': 10,
  'door never closed': 10,
  'closed late': 10,
  'lock jammed': 5,
  'second burst': 20,
  'open asserted': 20,
  'opened for under 2 s': 5,
  'opened again within the grace': 5,
  'something left inside': 10,
  'found inside by a courier': 50,
  'sensor and answer disagree': 50,
  'second parcel in one visit': 10,
  'given back': 5,
  recalled: 5,
  'told that it was collected': 10,
  'locker full': 50,
  'board dark and back': 2,
  'board restarted in a pulse': 10,
  'port pulled': 5,
  'wall clock stepped': 5,
  'pulse that was never sent': 20,
  'restart in good order': 10,
} as const;

export type Happening = keyof typeof SOMETIMES;

/** How often each rare thing happened. */
export class Tally {
  readonly #counts = new Map<Happening, number>();

  mark(what: Happening): void {
    this.#counts.set(what, this.count(what) + 1);
  }

  count(what: Happening): number {
    return this.#counts.get(what) ?? 0;
  }

  add(other: Tally): void {
    for (const [what, count] of other.#counts) this.#counts.set(what, this.count(what) + count);
  }

  /** One line each, rarest first. */
  table(): string[] {
    return happenings()
      .map((what) => ({ what, count: this.count(what) }))
      .sort((a, b) => a.count - b.count)
      .map(({ what, count }) => `  ${String(count).padStart(6)}  ${what}`);
  }

  /** What should have happened in so many kiosk-hours, and did not. */
  lacking(hours: number): Happening[] {
    return happenings().filter((what) => hours >= SOMETIMES[what] && this.count(what) === 0);
  }
}

function happenings(): Happening[] {
  return Object.keys(SOMETIMES) as Happening[];
}
