import type { SlotConfig } from './config.ts';
import type { Loose } from './loose.ts';
import type { Path } from './paths.ts';
import type { File, RowFile, SlotFile } from './schema.ts';

/** A slot as the file has it, with a row's slots written out. */
export interface Draft {
  /** Place of its locker in the file. */
  readonly locker: number;
  readonly slot: Loose<SlotConfig>;
  /** The key of the file that says this about the slot. */
  where(key: keyof SlotConfig): Path;
}

/** Every slot of the file in order: of each locker first its rows, then its single slots. */
export function draftsOf(file: Loose<File>): Draft[] {
  const drafts: Draft[] = [];
  let number: number | undefined = 0;
  for (const [index, locker] of (file.lockers ?? []).entries()) {
    for (const [at, row] of (locker?.rows ?? []).entries()) {
      for (const draft of fromRow(index, at, row ?? {})) {
        drafts.push(draft);
        number = draft.slot.number;
      }
    }
    for (const [at, slot] of (locker?.slots ?? []).entries()) {
      number = numberOf(slot ?? {}, number);
      drafts.push({
        locker: index,
        slot: { ...slot, number },
        where: (key) => ['lockers', index, 'slots', at, key],
      });
    }
  }
  return drafts;
}

/** Counts on from the slot before. A number that was cut out stays unknown: it is not a default. */
function numberOf(slot: Loose<SlotFile>, before: number | undefined): number | undefined {
  if ('number' in slot) return slot.number;
  return before === undefined ? undefined : before + 1;
}

/** The slots of a row have consecutive numbers, also as their ids, and consecutive channels. */
function fromRow(locker: number, at: number, row: Loose<RowFile>): Draft[] {
  const { from, to, firstChannel, ...common } = row;
  if (from === undefined || to === undefined) return [];
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, place) => ({
    locker,
    slot: {
      ...common,
      id: String(from + place),
      number: from + place,
      channel: firstChannel === undefined ? undefined : firstChannel + place,
    },
    where: (key) => ['lockers', locker, 'rows', at, ROW_KEYS[key] ?? key],
  }));
}

const ROW_KEYS: { readonly [Key in keyof SlotConfig]?: keyof RowFile } = {
  id: 'from',
  number: 'from',
  channel: 'firstChannel',
};
