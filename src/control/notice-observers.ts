import type { BarReason } from '../domain/slot.ts';
import { hasNumbers } from './notice-truth.ts';
import type { Notices } from './notices.ts';
import { Observer } from './observer.ts';
import type { NoticeKind } from './ports.ts';
import type { Appended, Store } from './store-port.ts';

interface Parts {
  readonly store: Store;
  readonly notices: Notices;
  /** The number on the door of a slot. */
  readonly numberOf: (slot: string) => number | null;
}

/** What a recipient is told of besides numbers, by the row that says it. */
const RECIPIENT: Readonly<Record<string, NoticeKind>> = {
  'parcel.retrieved': 'RETRIEVED',
  'parcel.cancelled': 'CANCELLED',
  'parcel.reminder': 'REMINDER',
  'parcel.expired': 'EXPIRED',
};
const OPERATOR = ['slot.barred', 'slot.forced', 'parcel.untold', 'notice.failed', 'channel.down'];

/** What a technician has done, and what has a row of its own. */
const NO_FAULT: ReadonlySet<BarReason> = new Set(['blocked', 'forced']);

/**
 * Tells people of what stands in the journal (M10). Numbers are not among it: they exist in the
 * clear only where they are made, and their notices are written there (`issue.ts`).
 */
export function observeForNotices(parts: Parts): void {
  const { store } = parts;
  new Observer(store, 'recipients', Object.keys(RECIPIENT), (row) => toRecipient(parts, row));
  new Observer(store, 'operator', OPERATOR, (row) => toOperator(parts, row));
}

function toRecipient({ store, notices }: Parts, { t, parcel: id, data }: Appended): void {
  const parcel = id === null ? null : store.parcels.get(id);
  const kind = RECIPIENT[t];
  if (parcel === null || kind === undefined) return;
  // Who found nothing is not told that they have collected it.
  if (kind === 'RETRIEVED' && parcel.said === 'missing') return;
  const { untilWall } = data;
  notices.tell(parcel, kind, typeof untilWall === 'number' ? { untilWall } : {});
}

function toOperator({ store, notices, numberOf }: Parts, row: Appended): void {
  const { t, slot, parcel: id, data } = row;
  const parcel = id === null ? null : store.parcels.get(id);
  if (t === 'channel.down') {
    notices.tellOperator('CHANNEL_DOWN', { about: `${data.channel}`, trouble: `${data.why}` });
  } else if (t.startsWith('slot.')) {
    if (NO_FAULT.has(data.reason as BarReason)) return;
    const trouble = t === 'slot.forced' ? 'forced' : `${data.reason}`;
    const about = `${numberOf(slot ?? '') ?? slot}`;
    notices.tellOperator('SLOT_FAULT', { about, trouble, ...(parcel && { ref: parcel.ref }) });
  } else if (parcel !== null && isUntold(store, row)) {
    notices.tellOperator('UNTOLD', { ref: parcel.ref });
  }
}

/** Once a parcel: when its numbers were given up, or after a day without an answer. */
function isUntold(store: Store, { t, parcel, data }: Appended): boolean {
  const numbers = store.notices.of(parcel ?? '').filter(({ kind }) => hasNumbers(kind));
  const failed = numbers.filter(({ state }) => state === 'failed').length;
  if (t === 'parcel.untold') return failed === 0;
  return hasNumbers(data.kind as NoticeKind) && failed === 1;
}
