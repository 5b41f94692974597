import { isBusy } from '../domain/slot.ts';
import { nightIn } from './night.ts';
import type { Clock, Log, Timer } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';
import type { Supervisor } from './supervisor.ts';

interface Parts {
  /** Makes and verifies a copy of the database; gives its name. */
  readonly copy: () => Promise<string>;
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly log: Log;
  readonly timeZone: string;
}

const HOUR_MS = 3_600_000;
/** How often it is looked whether a copy is due, and nobody is at a door. */
const LOOK_MS = 600_000;
/** One copy a night, and one at the latest after so long where the clock shows no night. */
const APART_MIN_MS = 12 * HOUR_MS;
const APART_MAX_MS = 36 * HOUR_MS;
const RETRY_MS = HOUR_MS;

/** Has the database copied every night, while nobody is at a door. */
export class Backups {
  readonly #parts: Parts;
  readonly #isNight: (clock: Clock) => boolean;
  #timer: Timer | null = null;
  #startedAtMono = 0;
  #madeAtMono: number | null = null;
  #failedAtMono: number | null = null;
  #isAsked = false;
  #underWay: Promise<string | null> | null = null;
  #stopped = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#isNight = nightIn(parts.timeZone);
  }

  start(): void {
    this.#startedAtMono = this.#parts.clock.monoMs();
    this.#wait();
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  /** Has a copy made as soon as nobody is at a door. */
  soon(): void {
    this.#isAsked = true;
    this.#tryNow();
  }

  /**
   * Makes a copy now, and books that, or why there is none; gives its name. Where one is under way
   * it is that one: a second would take away the file that the first is being written to.
   */
  now(): Promise<string | null> {
    this.#underWay ??= this.#make().finally(() => {
      this.#underWay = null;
    });
    return this.#underWay;
  }

  async #make(): Promise<string | null> {
    const { copy, clock, store, log } = this.#parts;
    const upTo = store.journal.head()?.seq ?? 0;
    this.#isAsked = false;
    try {
      const name = await copy();
      this.#madeAtMono = clock.monoMs();
      this.#book('backup.made', { name, upTo });
      return name;
    } catch (error) {
      this.#failedAtMono = clock.monoMs();
      log.error('no backup could be made', { error });
      this.#book('backup.failed', { why: error instanceof Error ? error.message : String(error) });
      return null;
    }
  }

  #wait(): void {
    this.#timer = this.#parts.clock.after('backups', LOOK_MS, () => {
      this.#wait();
      this.#tryNow();
    });
  }

  #tryNow(): void {
    const isWanted = this.#isAsked || this.#isDue();
    if (isWanted && this.#underWay === null && !this.#isVisited()) void this.now();
  }

  #isDue(): boolean {
    const { clock } = this.#parts;
    const nowMono = clock.monoMs();
    if (this.#failedAtMono !== null && nowMono - this.#failedAtMono < RETRY_MS) return false;
    const sinceMs = nowMono - (this.#madeAtMono ?? this.#startedAtMono);
    if (sinceMs >= APART_MAX_MS) return true;
    return this.#isNight(clock) && (this.#madeAtMono === null || sinceMs >= APART_MIN_MS);
  }

  #isVisited(): boolean {
    return this.#parts.supervisor.all().some(isBusy);
  }

  /** A kiosk that was stopped meanwhile has no journal any more. */
  #book(t: string, data: Readonly<Record<string, unknown>>): void {
    if (this.#stopped) return;
    const { store, recorder } = this.#parts;
    store.transaction(() => recorder.record({ t, data }));
  }
}
