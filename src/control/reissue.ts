import type { ParcelRecord } from '../domain/parcel.ts';
import { isBusy } from '../domain/slot.ts';
import { type IssueParts, issueNumbers } from './issue.ts';
import type { NoticeRecord } from './notice-port.ts';
import { hasNumbers } from './notice-truth.ts';
import type { Channel, Clock } from './ports.ts';
import type { Store } from './store-port.ts';
import type { Supervisor } from './supervisor.ts';

interface Parts extends IssueParts {
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly clock: Clock;
}

/**
 * New numbers for a parcel, over these channels; what still waits to be sent of earlier ones is
 * void. Each old number dies when a channel has accepted its successor, so that nobody is ever
 * without one that works (M16). False for a parcel that cannot be collected, and while somebody is
 * at the slot: then the numbers in use stay (R3a).
 */
export function reissue(
  parts: Parts,
  parcel: ParcelRecord,
  channels: readonly Channel[],
  refusedBy: readonly Channel[] = [],
): boolean {
  const { store, supervisor, notices } = parts;
  const slot = parcel.slot === null ? null : supervisor.find(parcel.slot);
  if (parcel.status !== 'stored' || slot === null || isBusy(slot)) return false;
  store.transaction(() => {
    const earlier = store.notices.of(parcel.id).filter(({ kind }) => hasNumbers(kind));
    for (const notice of earlier) if (notice.state === 'waiting') withdraw(parts, notice);
    const { messages, record } = issueNumbers(parts, parcel, channels);
    // Whoever has lost a channel since proves less with the numbers to come (R12a).
    const { policy, lastGen, codeHash } = record;
    store.parcels.put({ ...parcel, policy, lastGen, nextCodeHash: codeHash });
    for (const [channel, sent] of messages) {
      const values = { ref: parcel.ref, renews: true, ...sent };
      notices.queue(parcel, 'CODE_REISSUED', channel, values, refusedBy);
    }
  });
  return true;
}

function withdraw({ store, clock }: Parts, notice: NoticeRecord): void {
  const endedAtWall = clock.wallMs();
  store.notices.put({ ...notice, state: 'void', why: 'replaced', sealed: null, endedAtWall });
}
