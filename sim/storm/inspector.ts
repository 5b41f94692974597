import type { App } from '../../src/app.ts';
import type { ParcelRecord } from '../../src/domain/parcel.ts';
import { isBusy, type SlotRecord } from '../../src/domain/slot.ts';
import type { WallEvent } from '../wall.ts';
import { BeliefCheck } from './checks/beliefs.ts';
import { BookCheck } from './checks/books.ts';
import { BudgetCheck } from './checks/budgets.ts';
import type { Fail } from './checks/fail.ts';
import { MirrorCheck } from './checks/mirror.ts';
import { OrderCheck } from './checks/orders.ts';
import { PulseCheck } from './checks/pulses.ts';
import { RestoreCheck } from './checks/restores.ts';
import { SecretCheck } from './checks/secrets.ts';
import { VisitCheck } from './checks/visits.ts';
import type { StormCloud } from './cloud/storm-cloud.ts';
import type { Commit } from './store-tap.ts';
import type { Wiring } from './wiring.ts';

const NOTICES_MAX = 400;
const SENT_WITHIN_MS = 60_000;
const TAIL_ROWS = 64;
/** More than a storm ever writes. */
const JOURNAL_ROWS_MAX = 1_000_000;

interface Parts {
  readonly wiring: Wiring;
  readonly cloud: StormCloud | null;
  readonly fail: Fail;
  readonly monoMs: () => number;
  readonly isCalm: () => boolean;
}

/** Holds every rule against everything that happens, as it happens. */
export class Inspector {
  readonly pulses: PulseCheck;
  readonly beliefs: BeliefCheck;
  readonly secrets: SecretCheck;
  readonly #parts: Parts;
  readonly #books: BookCheck;
  readonly #budgets: BudgetCheck;
  readonly #visits: VisitCheck;
  readonly #orders: OrderCheck;
  readonly #restores: RestoreCheck;
  /** Null where there is no cloud. */
  readonly #mirror: MirrorCheck | null;
  readonly #byRef = new Map<string, string>();
  #app: App | null = null;
  /** Of the database, as it was last. */
  #epoch: string | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { fail, monoMs, wiring, cloud } = parts;
    this.pulses = new PulseCheck(fail, monoMs);
    this.secrets = new SecretCheck(fail);
    this.#books = new BookCheck(fail, monoMs);
    this.#budgets = new BudgetCheck(fail, monoMs);
    this.#visits = new VisitCheck(fail, monoMs);
    this.#restores = new RestoreCheck(fail);
    this.beliefs = new BeliefCheck({
      ...{ fail, monoMs },
      door: (slot) => wiring.doorOf(slot),
      parcelOf: (thing) => this.#byRef.get(thing),
    });
    this.#orders = new OrderCheck({
      fail,
      session: () => cloud?.session ?? null,
      mode: () => this.#app?.modes.mode,
    });
    this.#mirror = cloud === null ? null : new MirrorCheck(fail, cloud, monoMs);
  }

  /** The last record on disk of the parcel with this reference. */
  parcelOf(ref: string): ParcelRecord | undefined {
    return this.#books.parcel(this.#byRef.get(ref) ?? '');
  }

  /** The slots as the controller that runs now has them. */
  slots(): readonly SlotRecord[] {
    return this.#app?.supervisor.all() ?? [];
  }

  began(app: App): void {
    this.#app = app;
    this.#budgets.lifeBegan();
    if (this.#epoch !== null && this.#epoch !== app.store.epoch) this.#restored(app);
    this.#epoch = app.store.epoch;
    const tail = app.store.journal.tail(TAIL_ROWS);
    this.#books.booted(tail);
    this.#orders.booted(tail);
    this.#mirror?.booted(tail);
  }

  /** The database is an older one: the books are read anew, and what is known besides stays. */
  #restored({ store, supervisor }: App): void {
    const rows = store.journal.after(0, JOURNAL_ROWS_MAX);
    this.#restores.restored(
      supervisor.all().map(({ id }) => id),
      rows,
      store.epoch,
    );
    this.#books.restored(rows, store.parcels.list(null, JOURNAL_ROWS_MAX));
    this.#budgets.restored();
    this.#orders.restored();
    this.#mirror?.restored(rows);
  }

  ended(): void {
    this.#app = null;
    this.pulses.lifeEnded();
    this.beliefs.lifeEnded();
    this.#budgets.lifeEnded();
    this.#visits.lifeEnded();
  }

  committed(commit: Commit): void {
    this.#restores.committed(commit);
    this.pulses.committed(commit);
    this.#books.committed(commit);
    this.#budgets.committed(commit);
    this.#orders.committed(commit);
    this.#mirror?.committed(commit);
    this.secrets.committed(commit);
    for (const { id, ref } of commit.parcels) this.#byRef.set(ref, id);
    for (const { row } of commit.rows) {
      if (row.t === 'parcel.stored') this.beliefs.stored(row.slot ?? '', row.parcel ?? '');
    }
  }

  /** What `slot` is now: a watcher hears of a change that another one led to before that one. */
  changed({ id }: SlotRecord, before: SlotRecord): void {
    const slot = this.#app?.supervisor.get(id);
    if (slot === undefined) return;
    this.#visits.changed(slot);
    this.beliefs.compare(slot);
    if (slot.state === 'reserved' && before.state !== 'reserved') this.beliefs.reserved(slot);
  }

  happened(event: WallEvent): void {
    if (event.kind === 'board') {
      if (event.event.kind !== 'pulse') return;
      const slot = this.#parts.wiring.slotAt(event.board.id, event.event.channel);
      if (slot !== undefined) this.pulses.pulsed(slot);
      return;
    }
    const slot = this.#parts.wiring.slotAt(event.board.id, event.channel);
    if (slot === undefined) return;
    const supply = this.#parts.wiring.supplyOf(event.board.id);
    if (event.event === 'energised') this.pulses.energised(slot, supply);
    if (event.event === 'released') this.pulses.released(slot);
    const isTouched = event.event === 'contents' || event.event === 'closed';
    if (isTouched && this.#app !== null) this.beliefs.compare(this.#app.supervisor.get(slot));
  }

  /** A message between the kiosk and the cloud. */
  passes(topic: string, payload: string): void {
    if (topic.endsWith('/up/res')) this.#orders.told(payload);
    else if (topic.includes('/dn/cmd/')) this.#orders.sent(payload);
    if (topic.includes('/up/')) this.secrets.said(topic, payload);
  }

  /** Now and then, while the kiosk serves. */
  look(): void {
    const slots = this.slots();
    if (this.#app !== null) this.#mirror?.look(this.#app, this.#parts.isCalm());
    this.#visits.look(slots);
    this.beliefs.look(slots);
  }

  /** Once all faults are over and everybody has had the time to leave. */
  settled(busyScreens: readonly string[]): void {
    const { fail } = this.#parts;
    if (this.#app === null) {
      fail('I12', 'the kiosk does not run in the calm');
      return;
    }
    for (const slot of this.#app.supervisor.all()) {
      const { id, state, bar, board, door } = slot;
      if (isBusy(slot)) fail('I12', `${id} is still ${state} in the calm`);
      if (bar !== null) fail('I12', `${id} is still held (${bar.reason}) after the technician`);
      if (board !== 'ok') fail('I12', `the board of ${id} is dark in the calm`);
      if (door !== 'closed') fail('R8', `${id} is ${door} in the calm`);
    }
    for (const id of this.#orders.open()) fail('R22', `command ${id} has no end in the calm`);
    this.#mirror?.settled();
    if (busyScreens.length > 0) fail('R28', `a screen still shows ${busyScreens.join(', ')}`);
    const { notices } = this.#app.store;
    // Whoever has had as many as one gets in a day is told the rest later.
    const sinceMs = this.#parts.monoMs() - SENT_WITHIN_MS;
    for (const channel of ['sms', 'email'] as const) {
      const waiting = notices.due(channel, sinceMs, NOTICES_MAX).length;
      if (waiting > 0) fail('I13', `${waiting} messages by ${channel} still wait in the calm`);
    }
  }
}
