import { DailyCount } from './daily-count.ts';
import type { Random, TrustedClock } from './ports.ts';
import type { Appended, JournalRow, Store } from './store-port.ts';

type Happening = Pick<JournalRow, 't'> &
  Partial<Pick<JournalRow, 'slot' | 'parcel' | 'cause' | 'data'>>;

/** At most so many rows, and the rest of their transaction, wait for a signature. */
const CHECKPOINT_ROWS = 64;
/** What must not be open to change until so many more rows have come. */
const SEALED_AT_ONCE: ReadonlySet<string> = new Set([
  'audit.began',
  'kiosk.started',
  'kiosk.stopped',
  'parcel.stored',
  'parcel.retrieved',
  'parcel.recalled',
  'parcel.missing',
  'parcel.not_stored',
  'slot.forced',
  'commission.pulse',
  'store.restored',
  'journal.purged',
]);

/** The last two rows of a stop in order: it, and the checkpoint behind it. */
const STOP_ROWS = 2;

/**
 * Writes journal rows, each with its outbox entry; call it inside the transaction it is about.
 * Begins the chain of the rows, and has it signed (docs/AUDIT.md).
 */
export class Recorder {
  readonly boot: string;
  readonly #store: Store;
  readonly #clock: TrustedClock;
  readonly #random: Random;
  /** By an earlier life; what this one begins could be rolled back. */
  readonly #wasBegun: boolean;
  /** Not yet on disk: at most one for each slot, as a pulse has an `intent.armed` before it. */
  #held: JournalRow[] = [];
  readonly #daily = new DailyCount();

  constructor(store: Store, clock: TrustedClock, random: Random) {
    this.#store = store;
    this.#clock = clock;
    this.#random = random;
    this.boot = this.newId();
    this.#wasBegun = store.journal.head() !== null;
    store.journal.beforeCommit((rows) => this.#checkpoint(rows));
  }

  newId(): string {
    return uuid7(this.#clock.wallMs(), this.#random.bytes(10));
  }

  /** Gives the row's `seq`. */
  record(happening: Happening): number {
    const { journal } = this.#store;
    if (!this.#wasBegun && journal.head() === null) {
      journal.append(this.#row({ t: 'audit.began' }));
    }
    for (const row of this.#held.splice(0)) journal.append(row);
    return journal.append(this.#row(happening));
  }

  /** As {@link record}, for what anybody can cause at will: each kind of refusal has rows apart. */
  recordFew(happening: Happening): void {
    const { t, data: { refusal } = {} } = happening;
    const { isRow, missed } = this.#daily.count(`${t} ${refusal}`, this.#clock.monoMs());
    if (missed > 0) this.record({ t: `${t}.more`, data: { count: missed, refusal } });
    if (isRow) this.record(happening);
  }

  /**
   * Keeps what is no commit of its own until the next row is written, and goes before it. A crash
   * before that loses it: what then is on disk claims less than happened, never more (R5).
   */
  later(happening: Happening): void {
    this.#held.push(this.#row(happening));
  }

  /** The kiosk starts: since when nobody watched its doors, and whether it was stopped in order. */
  started(): void {
    const last = this.#store.journal.tail(STOP_ROWS);
    const sinceWall = last.at(-1)?.tsWall;
    const clean = last.some(({ t }) => t === 'kiosk.stopped');
    if (sinceWall !== undefined) this.record({ t: 'kiosk.gap', data: { sinceWall, clean } });
    this.record({ t: 'kiosk.started' });
  }

  #checkpoint(rows: readonly Appended[]): void {
    const [first, last] = [rows[0]?.seq ?? 0, rows.at(-1)?.seq ?? 0];
    const isFull = Math.floor(last / CHECKPOINT_ROWS) > Math.floor((first - 1) / CHECKPOINT_ROWS);
    if (!isFull && !rows.some(({ t }) => SEALED_AT_ONCE.has(t))) return;
    this.#store.journal.checkpoint(this.#row({ t: 'audit.checkpoint' }));
  }

  #row(happening: Happening): JournalRow {
    const { state: clk, errorMs: clkErrorMs } = this.#clock.trust();
    return {
      id: this.newId(),
      tsWall: this.#clock.wallMs(),
      ...{ clk, clkErrorMs },
      mono: this.#clock.monoMs(),
      boot: this.boot,
      slot: null,
      parcel: null,
      cause: null,
      data: {},
      ...happening,
    };
  }
}

/** Every byte's two digits. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** A UUID of version 7 (RFC 9562, section 5.7): sorted by time; `random` holds 10 bytes. */
export function uuid7(wallMs: number, random: Uint8Array): string {
  const bytes = new Uint8Array(16);
  let rest = Math.floor(wallMs);
  for (let index = 5; index >= 0; index -= 1) {
    bytes[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  let text = '';
  for (const byte of bytes) text += HEX[byte];
  return [
    text.slice(0, 8),
    text.slice(8, 12),
    text.slice(12, 16),
    text.slice(16, 20),
    text.slice(20),
  ].join('-');
}
