import type { PersonRecord } from '../../domain/person.ts';
import type { SlotRecord } from '../../domain/slot.ts';
import type { Desk } from '../page.ts';
import { doorOf } from './visit.ts';

/** A technician or admin at work, who has proven it. */
export interface Duty {
  readonly desk: Desk;
  readonly person: PersonRecord;
}

/** What the parcel that is bound to a slot is called; empty when there is none. */
export function refIn(desk: Desk, { parcel }: Pick<SlotRecord, 'parcel'>): string {
  return parcel === null ? '' : desk.upkeep.refOf(parcel);
}

/** What is believed of a compartment, what is wrong with it, and what helps, line by line. */
export function describeSlot(desk: Desk, slot: SlotRecord): string[] {
  const { upkeep } = desk.texts;
  const lines = [upkeep.door(doorOf(desk, slot.id), beliefOf(desk, slot))];
  if (slot.bar !== null) lines.push(upkeep.cause[slot.bar.reason]);
  if (slot.board === 'dark') lines.push(upkeep.board);
  return lines;
}

function beliefOf(desk: Desk, slot: SlotRecord): string {
  const { belief } = desk.texts.upkeep;
  const ref = refIn(desk, slot);
  if (ref === '') return slot.content === 'empty' ? belief.empty : belief.unknown;
  if (slot.state === 'reserved') return belief.reserved(ref);
  return slot.content === 'full' ? belief.full(ref) : belief.perhaps(ref);
}
