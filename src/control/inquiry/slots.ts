import type { SitePlan } from '../../domain/site.ts';
import { type SlotRecord, statusOf } from '../../domain/slot.ts';
import type { Clock } from '../ports.ts';
import type { Store } from '../store-port.ts';

/** What is asked about a kiosk is answered from here; nothing is changed by asking. */
export interface Asked {
  readonly site: SitePlan;
  readonly store: Store;
  readonly supervisor: { all(): readonly SlotRecord[] };
}

/** One slot as an operator sees it. */
interface SlotView {
  /** `locker/slot`. */
  readonly slot: string;
  /** The number on the door. */
  readonly number: number;
  readonly size: string;
  readonly accessible: boolean;
  readonly status: ReturnType<typeof statusOf>;
  readonly state: SlotRecord['state'];
  /** Why it may not be given away; null when it may. */
  readonly reason: NonNullable<SlotRecord['bar']>['reason'] | null;
  readonly door: SlotRecord['door'];
  readonly board: SlotRecord['board'];
  readonly sensor: SlotRecord['sensor'];
  readonly content: SlotRecord['content'];
  /** What the occupancy sensor says; `unknown` where there is none. */
  readonly occupancy: SlotRecord['occupancy'];
  /** Until it goes on by itself, in whole seconds; null where it waits for somebody. */
  readonly endsInS: number | null;
  /** The reference of the parcel that is bound to it. */
  readonly parcel: string | null;
  /** Counts the stored changes. */
  readonly rev: number;
}

/** The slots in the order of the config: all of them, or those that are wanted. */
export function slotViews(
  { site, store, supervisor, clock }: Asked & { readonly clock: Pick<Clock, 'monoMs'> },
  isWanted: (slot: string) => boolean = () => true,
): SlotView[] {
  const records = new Map(supervisor.all().map((record) => [record.id, record]));
  const wanted = site.slots.filter(({ id }) => isWanted(id));
  return wanted.flatMap(({ id, number, size, accessible }) => {
    const record = records.get(id);
    return record === undefined ? [] : [{ slot: id, number, size, accessible, ...seen(record) }];
  });

  function seen(record: SlotRecord) {
    const { state, bar, door, board, sensor, content, occupancy, parcel, rev } = record;
    const { deadlineAtMono: end } = record;
    const endsInS = end === null ? null : Math.max(0, Math.ceil((end - clock.monoMs()) / 1_000));
    const ref = parcel === null ? null : (store.parcels.get(parcel)?.ref ?? null);
    const facts = { state, door, board, sensor, content, occupancy, rev, endsInS };
    return { ...facts, status: statusOf(record), reason: bar?.reason ?? null, parcel: ref };
  }
}

/** How many slots of a size have each status. */
export type Counts = Record<SlotView['status'], number>;

/** M2: the slots of each size, in the order of the sizes. */
export function countsBySize({ site, supervisor }: Asked): Record<string, Counts> {
  const sizes = new Map(site.slots.map(({ id, size }) => [id, size]));
  const counts = Object.fromEntries(site.sizes.map((size) => [size, noSlots()]));
  for (const record of supervisor.all()) {
    const ofSize = counts[sizes.get(record.id) ?? ''];
    if (ofSize !== undefined) ofSize[statusOf(record)] += 1;
  }
  return counts;
}

const noSlots = (): Counts => ({ empty: 0, reserved: 0, occupied: 0, out_of_service: 0 });
