import type { PersonRecord } from '../domain/person.ts';
import type { Found, Occupancy, OpenReason, SlotRecord } from '../domain/slot.ts';
import type { Mode, Modes } from './modes.ts';
import type { OpenAnswer, OpenSlot } from './open-slot.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';
import type { Supervisor } from './supervisor.ts';

/** What was believed of a slot before somebody looked. */
export type Belief = Pick<SlotRecord, 'id' | 'content' | 'parcel'>;

interface Parts {
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly openSlot: OpenSlot;
  readonly recorder: Recorder;
  readonly modes: Modes;
}

/** What technicians and admins do with slots at the keypad (R1c, R4, R9). */
export class Upkeep {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Opens one door. Until somebody says what is inside, the slot is given to nobody: a free one
   * leaves service first (R1), and one that is held for a parcel is given up for another.
   */
  open(session: string, person: PersonRecord, slot: string, reason: OpenReason): OpenAnswer {
    const { supervisor, openSlot } = this.#parts;
    const { state } = supervisor.get(slot);
    if (state === 'reserved') supervisor.send(slot, { type: 'RELEASE' });
    const wasFree = supervisor.get(slot).state === 'available';
    if (wasFree) this.block(person, slot, reason);
    const authority = authorityOf(person);
    const order = { slot, purpose: 'service', authority, session } as const;
    const answer = openSlot.open(order, () => this.#note(person, slot, 'open', reason));
    if (answer.kind === 'refused' && wasFree) this.unblock(person, slot);
    return answer;
  }

  /** Takes a slot out of service; what is in it stays on record (R4). False when it was already. */
  block(person: PersonRecord, slot: string, reason: OpenReason): boolean {
    const note = (): void => this.#note(person, slot, 'block', reason);
    return !this.#parts.supervisor.send(slot, { type: 'BLOCK' }, note).ignored;
  }

  /** Gives back a slot that was taken out of service; doubt about its content stays (R2). */
  unblock(person: PersonRecord, slot: string): boolean {
    const note = (): void => this.#note(person, slot, 'unblock', 'inspection');
    return !this.#parts.supervisor.send(slot, { type: 'UNBLOCK' }, note).ignored;
  }

  /**
   * Somebody looked inside: that is the truth from now on, and lifts any doubt (R1c). Something
   * else than was booked keeps the slot out of use. False when the slot cannot take it now.
   */
  found(person: PersonRecord, before: Belief, found: Found): boolean {
    const { supervisor } = this.#parts;
    const note = (): void => {
      this.#note(person, before.id, found, 'inspection');
      if (differs(before, found)) this.#difference(person, before, found);
    };
    const handedOut = this.#isHandedOut(person, before);
    return !supervisor.send(before.id, { type: 'CLEARED', content: found, handedOut }, note)
      .ignored;
  }

  /** Whether this person opened the door for the recipient, and nobody has looked inside since. */
  #isHandedOut(person: PersonRecord, { id, parcel }: Belief): boolean {
    const { store } = this.#parts;
    if (parcel === null || store.parcels.get(parcel)?.status !== 'stored') return false;
    const rows = store.journal.of(parcel).filter(({ slot }) => slot === id);
    const at = rows.findLastIndex(({ t }) => t === 'slot.inspected');
    const { word, reason, by } = rows[at]?.data ?? {};
    if (word !== 'open' || reason !== 'recipient' || by !== authorityOf(person)) return false;
    return rows.slice(at).some(({ t }) => t === 'slot.opened');
  }

  get mode(): Mode {
    return this.#parts.modes.mode;
  }

  /** Whoever stands here may begin a lockdown, and end one (R23). */
  setMode(person: PersonRecord, mode: Mode): void {
    this.#parts.modes.atKiosk(mode, authorityOf(person));
  }

  /** What people call a parcel; empty when it is not known. */
  refOf(parcel: string): string {
    return this.#parts.store.parcels.get(parcel)?.ref ?? '';
  }

  /** The end of a round: how many doors were looked behind, and how many were not. */
  roundEnded(person: PersonRecord, round: { looked: number; skipped: number }): void {
    const { store, recorder } = this.#parts;
    const data = { ...round, by: authorityOf(person) };
    store.transaction(() => recorder.record({ t: 'inventory.ended', data }));
  }

  #note(person: PersonRecord, slot: string, word: string, reason: OpenReason): void {
    const data = { word, reason, by: authorityOf(person) };
    const { parcel } = this.#parts.supervisor.get(slot);
    this.#parts.recorder.record({ t: 'slot.inspected', slot, parcel, data });
  }

  #difference(person: PersonRecord, { id, content, parcel }: Belief, found: Found): void {
    const data = { believed: content, found, by: authorityOf(person) };
    this.#parts.recorder.record({ t: 'inventory.difference', slot: id, parcel, data });
  }
}

const authorityOf = (person: PersonRecord): string => `technician:${person.id}`;

/** Whether what was found is not what was believed; where nothing was known, nothing differs. */
function differs({ content }: Belief, found: Found): boolean {
  if (found === 'other') return true;
  const believed: Occupancy = content;
  return believed !== 'unknown' && believed !== found;
}
