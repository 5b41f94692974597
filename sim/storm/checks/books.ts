import type { IntentRecord, JournalRow, StoredRow } from '../../../src/control/store-port.ts';
import type { ParcelRecord } from '../../../src/domain/parcel.ts';
import type { Commit } from '../store-tap.ts';
import type { Fail } from './fail.ts';

/** Rows that say that a parcel is in other hands now, or expected again. */
const CUSTODY = [
  'parcel.announced',
  'parcel.stored',
  'parcel.retrieved',
  'parcel.recalled',
  'parcel.missing',
  'parcel.not_stored',
  'custody.differs',
  'slot.reserved',
];
/** What happens to a parcel once and never again. */
const ENDS = ['parcel.retrieved', 'parcel.recalled'];
/** The counter goes in steps of 5 min (R19); the first may have begun before the drop. */
const HOLD_SLACK_MS = 300_001;

/** I4, R10, R19 and what must be true of the books alone. */
export class BookCheck {
  readonly #fail: Fail;
  readonly #monoMs: () => number;
  readonly #parcels = new Map<string, ParcelRecord>();
  /** When the counter of a parcel's hold was at zero. */
  readonly #storedMs = new Map<string, number>();
  readonly #happened = new Map<string, Set<string>>();
  #seq = 0;
  #lastId = '';

  constructor(fail: Fail, monoMs: () => number) {
    this.#fail = fail;
    this.#monoMs = monoMs;
  }

  /** The last durable record of each parcel. */
  parcel(id: string): ParcelRecord | undefined {
    return this.#parcels.get(id);
  }

  /** The kiosk starts: `tail` is the end of its journal, which must go on where it ended. */
  booted(tail: readonly JournalRow[]): readonly JournalRow[] {
    const from = tail.findIndex((row) => row.id === this.#lastId);
    if (this.#lastId !== '' && from < 0) this.#fail('I4', 'a committed row of the journal is gone');
    const fresh = tail.slice(from + 1);
    this.#seq += fresh.length;
    this.#lastId = fresh.at(-1)?.id ?? this.#lastId;
    return fresh;
  }

  /** The database is that of a copy: what was booked since the copy was made is not booked. */
  restored(rows: readonly StoredRow[], parcels: readonly ParcelRecord[]): void {
    this.#happened.clear();
    for (const row of rows) this.#note(row);
    this.#parcels.clear();
    for (const parcel of parcels) this.#parcels.set(parcel.id, parcel);
    this.#seq = rows.at(-1)?.seq ?? 0;
    this.#lastId = rows.at(-1)?.id ?? '';
  }

  committed(commit: Commit): void {
    for (const { seq, row } of commit.rows) {
      if (seq !== this.#seq + 1) this.#fail('I4', `row ${seq} of the journal follows ${this.#seq}`);
      this.#seq = seq;
      this.#lastId = row.id;
      this.#note(row);
    }
    for (const intent of commit.intents) if (intent.state === 'ARMED') this.#authorised(intent);
    for (const parcel of commit.parcels) this.#custody(parcel, commit);
    for (const parcel of commit.parcels) this.#parcels.set(parcel.id, parcel);
  }

  #note({ t, parcel }: JournalRow): void {
    if (parcel === null || !t.startsWith('parcel.')) return;
    const before = this.#happened.get(parcel) ?? new Set();
    this.#happened.set(parcel, before);
    if (t === 'parcel.stored') {
      if (before.has(t)) this.#fail('I4', `${parcel} is booked in twice`);
      if (!this.#storedMs.has(parcel)) this.#storedMs.set(parcel, this.#monoMs());
    }
    const ended = ENDS.find((end) => before.has(end));
    if (ENDS.includes(t) && ended !== undefined) {
      this.#fail('I4', `${parcel} left by ${ended} and leaves again by ${t}`);
    }
    if (ENDS.includes(t) && !before.has('parcel.stored')) {
      this.#fail('I4', `${parcel} leaves by ${t} and was never booked in`);
    }
    before.add(t);
  }

  /** R10: a code opens nothing once its parcel has left; nobody opens with another's right. */
  #authorised({ slot, purpose, parcel, authority }: IntentRecord): void {
    const record = parcel === null ? undefined : this.#parcels.get(parcel);
    if (purpose === 'pickup' && authority !== `code:${parcel}`) {
      this.#fail('I1', `${slot} is opened for a pickup by ${authority}`);
    }
    if (purpose === 'pickup' && record?.status !== 'stored') {
      this.#fail('R10', `${slot} is opened for a parcel that is ${record?.status}`);
    }
    const giver = purpose === 'service' ? 'command:' : 'courier:';
    if (purpose !== 'pickup' && !authority.startsWith(giver)) {
      this.#fail('I1', `${slot} is opened for a ${purpose} by ${authority}`);
    }
    if (purpose === 'drop' && record?.status !== 'pending') {
      this.#fail('R15', `${slot} is opened for a drop of a parcel that is ${record?.status}`);
    }
  }

  #custody(parcel: ParcelRecord, { rows, parcels }: Commit): void {
    const before = this.#parcels.get(parcel.id);
    const isLast = parcels.findLast((one) => one.id === parcel.id) === parcel;
    if (isLast && before?.custody !== parcel.custody) {
      const events = rows.filter(({ row }) => row.parcel === parcel.id && CUSTODY.includes(row.t));
      const names = events.map(({ row }) => row.t).join(', ');
      const isNew = before === undefined && names === 'parcel.announced, slot.reserved';
      if (events.length !== 1 && !isNew && names !== 'slot.reserved, parcel.announced') {
        this.#fail('I4', `custody of ${parcel.id} becomes ${parcel.custody} by [${names}]`);
      }
    }
    const storedMs = this.#storedMs.get(parcel.id);
    const countedMs = parcel.hold.countedMs + parcel.hold.untoldMs;
    if (storedMs !== undefined && countedMs > this.#monoMs() - storedMs + HOLD_SLACK_MS) {
      this.#fail('R19', `the hold of ${parcel.id} counts ${countedMs} ms, more than have passed`);
    }
  }
}
