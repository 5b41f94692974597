import { DAY_MS } from '../../domain/hold.ts';
import type { SitePlan } from '../../domain/site.ts';
import { type LongRead, rowsOfTypes } from './long-read.ts';

/** What is counted, by the type of its row. */
const COUNTED = {
  'parcel.stored': 'stored',
  'parcel.retrieved': 'retrieved',
  'parcel.recalled': 'recalled',
  'parcel.missing': 'missing',
  'parcel.expired': 'expired',
  'parcel.cancelled': 'cancelled',
} as const;
type Counted = keyof typeof COUNTED;
/** After each of these nothing lies in the slot any more. */
const LEFT: ReadonlySet<string> = new Set([
  ...['parcel.retrieved', 'parcel.recalled', 'parcel.missing', 'slot.empty'],
]);

type Counts = Record<(typeof COUNTED)[Counted], number>;

/** The slots of one size in one locker. */
interface Group extends Counts {
  readonly locker: string;
  readonly size: string;
  readonly slots: number;
  /** Of all the time of all these slots, from 0 to 1. */
  readonly occupied: number;
}

interface Report {
  readonly fromWall: number;
  readonly toWall: number;
  readonly days: number;
  readonly total: Counts;
  readonly groups: readonly Group[];
}

/** M15: what came and went between two times, and how much the slots were used. */
export async function reportOf(
  { site, ...read }: LongRead & { readonly site: SitePlan },
  fromWall: number,
  toWall: number,
): Promise<Report> {
  const total = noCounts();
  const groups = new Map<string, ReturnType<typeof newGroup>>();
  const groupOf = new Map<string, ReturnType<typeof newGroup>>();
  for (const { id, size } of site.slots) {
    const [locker = ''] = id.split('/');
    const key = `${locker} ${size}`;
    const group = groups.get(key) ?? newGroup(locker, size);
    group.slots += 1;
    groups.set(key, group);
    groupOf.set(id, group);
  }
  const since = new Map<string, number>();
  const within = (slot: string, began: number, ended: number): void => {
    const group = groupOf.get(slot);
    if (group) group.occupiedMs += Math.max(0, ended - Math.max(began, fromWall));
  };
  // Whatever lies there now may have come long before the report begins.
  for await (const row of rowsOfTypes(read, [...Object.keys(COUNTED), ...LEFT])) {
    if (row.tsWall >= toWall) continue;
    const { t, slot, tsWall } = row;
    const name = COUNTED[t as Counted];
    if (name !== undefined && tsWall >= fromWall) {
      total[name] += 1;
      const group = groupOf.get(slot ?? '');
      if (group) group[name] += 1;
    }
    if (slot === null) continue;
    const began = since.get(slot);
    if (began !== undefined && LEFT.has(t)) within(slot, began, tsWall);
    if (LEFT.has(t)) since.delete(slot);
    else if (t === 'parcel.stored') since.set(slot, tsWall);
  }
  for (const [slot, began] of since) within(slot, began, toWall);
  const spanMs = toWall - fromWall;
  return {
    ...{ fromWall, toWall, days: spanMs / DAY_MS, total },
    groups: [...groups.values()].map(({ occupiedMs, ...group }) => ({
      ...group,
      occupied: Math.min(1, occupiedMs / (spanMs * group.slots)),
    })),
  };
}

const noCounts = (): Counts => ({
  ...{ stored: 0, retrieved: 0, recalled: 0, missing: 0, expired: 0, cancelled: 0 },
});

const newGroup = (locker: string, size: string) => ({
  ...{ locker, size, slots: 0, occupiedMs: 0 },
  ...noCounts(),
});
