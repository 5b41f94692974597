import type { SlotRecord } from '../../src/domain/slot.ts';
import type { WallEvent } from '../wall.ts';
import type { StormCloud } from './cloud/storm-cloud.ts';
import type { Happening } from './sometimes.ts';
import type { Commit } from './store-tap.ts';

/** Facts of the journal that are worth counting. */
const BY_ROW: Readonly<Record<string, Happening>> = {
  'intent.aborted': 'pulse that was never sent',
  'intent.unknown': 'unknown outcome',
  'session.stopped': 'session stopped by a second door',
};
/** Reasons for which a slot is held. */
const BY_REASON: Readonly<Record<string, Happening>> = {
  jammed: 'lock jammed',
  forced: 'door forced',
  door_open: 'door never closed',
  closed_late: 'closed late',
  brief_open: 'opened for under 2 s',
  found_inside: 'something left inside',
  changed_while_off: 'quarantined at the start',
  sensor: 'sensor and answer disagree',
};
const HOLD_LAG_MS = 60_000;
const MANY_EVENTS = 1_000;

/** Recognises what happens rarely, by what is booked and what the boards do. */
export class Rarities {
  readonly #mark: (what: Happening) => void;
  readonly #monoMs: () => number;
  /** Null where there is none. */
  readonly #cloud: StormCloud | null;
  readonly #storedMs = new Map<string, number>();
  readonly #barred = new Map<string, string>();
  readonly #dark = new Set<string>();
  readonly #pulsedMs = new Map<string, number>();
  /** How far the latest intent of each slot has come. */
  readonly #intents = new Map<string, 'armed' | 'pulsed'>();

  constructor(mark: (what: Happening) => void, monoMs: () => number, cloud: StormCloud | null) {
    this.#mark = mark;
    this.#monoMs = monoMs;
    this.#cloud = cloud;
  }

  committed({ rows, parcels }: Commit): void {
    for (const { seq, row } of rows) {
      const { t, slot, parcel, data } = row;
      const known = BY_ROW[t];
      if (known !== undefined) this.#mark(known);
      if (t === 'slot.barred') this.#bar(slot ?? '', String(data.reason));
      if (t === 'command.finished' && data.code === 'BUDGET') {
        this.#mark('empty budget of what comes from afar');
      }
      if (t === 'parcel.retrieved') this.#retrieved(seq);
      if (t === 'kiosk.mode' && data.mode === 'lockdown') this.#mark('locked down');
      if (t === 'slot.unbarred') this.#barred.delete(slot ?? '');
      if (t === 'entry.refused' && data.refusal === 'SECOND_LOCKED') {
        this.#mark('a parcel that takes one try an hour');
      }
      if (t === 'parcel.stored') this.#storedMs.set(parcel ?? '', this.#monoMs());
      if (t === 'intent.armed') this.#intents.set(slot ?? '', 'armed');
      if (t === 'board.health') this.#health(String(data.board), String(data.health));
      const held = this.#barred.get(slot ?? '');
      if (t === 'intent.armed' && held === 'unknown_outcome' && data.purpose === 'pickup') {
        this.#mark('unknown outcome, and the code still opened');
      }
    }
    for (const { id, status, hold } of parcels) {
      const storedMs = this.#storedMs.get(id);
      if (status === 'stored' || storedMs === undefined) continue;
      this.#storedMs.delete(id);
      const lagMs = this.#monoMs() - storedMs - hold.countedMs - TICK_MS;
      if (lagMs > HOLD_LAG_MS) this.#mark('hold lengthened by an outage');
    }
  }

  /** I11: nobody who collects notices how the cloud is. */
  #retrieved(seq: number): void {
    if (this.#cloud === null || this.#cloud.session !== null) return;
    this.#mark('pickup without the cloud');
    if (seq - this.#cloud.view.upto > MANY_EVENTS) this.#mark('pickup with 1000 events waiting');
  }

  pulsed(slot: string): void {
    this.#intents.set(slot, 'pulsed');
  }

  happened(event: WallEvent): void {
    if (event.kind !== 'board') return;
    const { id } = event.board;
    if (event.event.kind === 'pulse') this.#pulsedMs.set(id, this.#monoMs());
    const ageMs = this.#monoMs() - (this.#pulsedMs.get(id) ?? Number.NEGATIVE_INFINITY);
    const inPulse = ageMs > 0 && ageMs <= PULSE_MS;
    if (event.event.kind === 'power off' && inPulse) this.#mark('board restarted in a pulse');
  }

  /** What the slots were when the power went. */
  cut(slots: readonly SlotRecord[]): void {
    for (const { id, state, intent } of slots) {
      if (state === 'opening' && intent !== null) {
        const isPulsed = this.#intents.get(id) === 'pulsed';
        this.#mark(
          isPulsed
            ? 'crash between the pulse and its outcome'
            : 'crash between ARMED and the pulse',
        );
      }
      if (state === 'open') this.#mark('crash with a door open');
      if (state === 'grace' || state === 'drop_unconfirmed') {
        this.#mark('crash between the close and the booking');
      }
    }
  }

  /** What the slots are once the kiosk serves again. */
  served(slots: readonly SlotRecord[]): void {
    for (const { state } of slots) {
      if (state === 'open') this.#mark('found open at the start and recovered');
    }
  }

  #bar(slot: string, reason: string): void {
    this.#barred.set(slot, reason);
    const known = BY_REASON[reason];
    if (known !== undefined) this.#mark(known);
  }

  #health(board: string, health: string): void {
    if (health === 'online' && this.#dark.delete(board)) this.#mark('board dark and back');
    if (health === 'offline') this.#dark.add(board);
  }
}

/** Counted in steps of this. */
const TICK_MS = 300_000;
const PULSE_MS = 300;
