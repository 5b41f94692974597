import type { App } from '../../src/app.ts';
import type { ParcelRecord } from '../../src/domain/parcel.ts';
import { isBusy, type SlotRecord } from '../../src/domain/slot.ts';
import type { Door } from '../door.ts';
import type { WallEvent } from '../wall.ts';
import { BeliefCheck } from './checks/beliefs.ts';
import { BookCheck } from './checks/books.ts';
import { BudgetCheck } from './checks/budgets.ts';
import type { Fail } from './checks/fail.ts';
import { PulseCheck } from './checks/pulses.ts';
import { SecretCheck } from './checks/secrets.ts';
import { VisitCheck } from './checks/visits.ts';
import type { Commit } from './store-tap.ts';

const NOTICES_MAX = 400;
const TAIL_ROWS = 64;

interface Parts {
  readonly door: (slot: string) => Door;
  readonly fail: Fail;
  readonly monoMs: () => number;
  readonly slotAt: (board: string, channel: number) => string | undefined;
  readonly supplyOf: (board: string) => string;
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
  readonly #byRef = new Map<string, string>();
  #app: App | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { fail, monoMs, door } = parts;
    this.pulses = new PulseCheck(fail, monoMs);
    this.secrets = new SecretCheck(fail);
    this.#books = new BookCheck(fail, monoMs);
    this.#budgets = new BudgetCheck(fail, monoMs);
    this.#visits = new VisitCheck(fail, monoMs);
    this.beliefs = new BeliefCheck({
      ...{ fail, monoMs, door },
      parcelOf: (thing) => this.#byRef.get(thing),
    });
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
    this.#books.booted(app.store.journal.tail(TAIL_ROWS));
  }

  ended(): void {
    this.#app = null;
    this.pulses.lifeEnded();
    this.beliefs.lifeEnded();
    this.#budgets.lifeEnded();
    this.#visits.lifeEnded();
  }

  committed(commit: Commit): void {
    this.pulses.committed(commit);
    this.#books.committed(commit);
    this.#budgets.committed(commit);
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
      const slot = this.#parts.slotAt(event.board.id, event.event.channel);
      if (slot !== undefined) this.pulses.pulsed(slot);
      return;
    }
    const slot = this.#parts.slotAt(event.board.id, event.channel);
    if (slot === undefined) return;
    const supply = this.#parts.supplyOf(event.board.id);
    if (event.event === 'energised') this.pulses.energised(slot, supply);
    if (event.event === 'released') this.pulses.released(slot);
    const isTouched = event.event === 'contents' || event.event === 'closed';
    if (isTouched && this.#app !== null) this.beliefs.compare(this.#app.supervisor.get(slot));
  }

  /** Now and then, while the kiosk serves. */
  look(): void {
    const slots = this.slots();
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
    if (busyScreens.length > 0) fail('R28', `a screen still shows ${busyScreens.join(', ')}`);
    const { notices } = this.#app.store;
    for (const channel of ['sms', 'email'] as const) {
      const waiting = notices.waiting(channel, NOTICES_MAX).length;
      if (waiting > 0) fail('I13', `${waiting} messages by ${channel} still wait in the calm`);
    }
  }
}
