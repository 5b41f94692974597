import {
  looked,
  type Moment,
  newTimeKeeping,
  type SyncReading,
  setTo,
  type TimeKeeping,
  type Trust,
  timeOf,
  trustIn,
} from '../domain/clock.ts';
import type { Clock, Timer, TimeSync, TrustedClock } from './ports.ts';

/** What is known of the time of day from before the start. */
interface Before {
  readonly floorMs: number;
  readonly wasDoubted: boolean;
}

/**
 * The kiosk's clock: the system's, with its time of day looked after. It never goes back, not
 * behind what was committed before the start either, and does not follow a jump (R25).
 */
export class KeptClock implements TrustedClock {
  readonly #clock: Clock;
  readonly #timeSync: TimeSync;
  #sync: SyncReading;
  #kept: TimeKeeping;
  #floorMs: number;

  constructor(clock: Clock, timeSync: TimeSync, { floorMs, wasDoubted }: Before) {
    this.#clock = clock;
    this.#timeSync = timeSync;
    this.#floorMs = floorMs;
    this.#sync = timeSync.read();
    this.#kept = newTimeKeeping(this.#now(), floorMs, wasDoubted);
    this.#look();
  }

  /** Unix time in milliseconds; at least what was given before. */
  wallMs(): number {
    const wallMs = Math.floor(timeOf(this.#kept, this.#look()));
    this.#floorMs = Math.max(this.#floorMs, wallMs);
    return this.#floorMs;
  }

  monoMs(): number {
    return this.#clock.monoMs();
  }

  after(name: string, delayMs: number, fire: () => void, isFine?: boolean): Timer {
    return this.#clock.after(name, delayMs, fire, isFine);
  }

  trust(): Trust {
    const now = this.#look();
    return trustIn(this.#kept, now, this.#sync, this.#floorMs);
  }

  /** Whether it jumped and nobody has vouched for it since. */
  get isDoubted(): boolean {
    return this.#kept.doubt === 'jump';
  }

  /** Asks time sync again; between two calls its last word counts. */
  refresh(): void {
    this.#sync = this.#timeSync.read();
    this.#look();
  }

  cloudSays(wallMs: number): void {
    this.#kept = { ...this.#kept, cloud: { wallMs, monoMs: this.#clock.monoMs() } };
    this.#look();
  }

  /** False, and nothing is changed, for a time before one that was given already. */
  setTo(wallMs: number): boolean {
    if (wallMs < this.#floorMs) return false;
    this.#kept = setTo(this.#kept, this.#now(), this.#sync, wallMs);
    return true;
  }

  #look(): Moment {
    const now = this.#now();
    this.#kept = looked(this.#kept, now, this.#sync, this.#floorMs);
    return now;
  }

  #now(): Moment {
    return { wallMs: this.#clock.wallMs(), monoMs: this.#clock.monoMs() };
  }
}
