/** Rare things that storms must see, each with the kiosk-hours after which it must have been. */
const SOMETIMES = {
  'crash between ARMED and the pulse': 200,
  'crash between the pulse and its outcome': 200,
  'crash with a door open': 200,
  'crash between the close and the booking': 400,
  'found open at the start and recovered': 200,
  'quarantined at the start': 200,
  'unknown outcome': 100,
  'unknown outcome, and the slot was empty': 200,
  'unknown outcome, and the slot was full': 200,
  'unknown outcome, and the code still opened': 400,
  'empty budget': 200,
  'empty budget that spans a restart': 400,
  'a parcel that takes one try an hour': 400,
  'door forced': 50,
  'locked down': 50,
  'session stopped by a second door': 400,
  'drop upsized': 50,
  'drop called off': 100,
  'drop into another slot': 100,
  'courier walked off': 100,
  'hold lengthened by an outage': 100,
  'door never closed': 100,
  'closed late': 100,
  'lock jammed': 50,
  'second burst': 200,
  'open asserted': 200,
  'opened for under 2 s': 50,
  'opened again within the grace': 50,
  'something left inside': 100,
  'found inside by a courier': 400,
  'sensor and answer disagree': 400,
  'second parcel in one visit': 100,
  'given back': 50,
  recalled: 50,
  'told that it was collected': 100,
  'locker full': 400,
  'board dark and back': 20,
  'board restarted in a pulse': 100,
  'port pulled': 50,
  'wall clock stepped': 50,
  'pulse that was never sent': 2_000,
  'restart in good order': 100,
  'a restore from backup': 100,
  'network gone': 200,
  'a replay of more than 1000 events': 800,
  'a late will of an old session': 800,
  'pickup without the cloud': 200,
  'pickup with 1000 events waiting': 800,
  'opened from afar': 200,
  'command too late': 200,
  'command of another session': 400,
  'command that came again': 400,
  'empty budget of what comes from afar': 800,
} as const;

export type Happening = keyof typeof SOMETIMES;

export type Counts = ReadonlyMap<Happening, number>;

/** How often each rare thing happened. */
export class Tally {
  readonly #counts = new Map<Happening, number>();

  get counts(): Counts {
    return this.#counts;
  }

  mark(what: Happening): void {
    this.#counts.set(what, this.#count(what) + 1);
  }

  add(counts: Counts): void {
    for (const [what, count] of counts) this.#counts.set(what, this.#count(what) + count);
  }

  /** One line each, the rarest first. */
  table(): string[] {
    return happenings()
      .map((what) => ({ what, count: this.#count(what) }))
      .sort((a, b) => a.count - b.count)
      .map(({ what, count }) => `  ${String(count).padStart(6)}  ${what}`);
  }

  /** What should have happened in so many kiosk-hours, and did not. */
  lacking(hours: number): Happening[] {
    return happenings().filter((what) => hours >= SOMETIMES[what] && this.#count(what) === 0);
  }

  #count(what: Happening): number {
    return this.#counts.get(what) ?? 0;
  }
}

function happenings(): Happening[] {
  return Object.keys(SOMETIMES) as Happening[];
}
