import { nextGen } from '../domain/grant.ts';
import { SECOND_MISSES_MAX } from '../domain/parcel.ts';
import type { Budgets } from './budgets.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';
import type { Supervisor } from './supervisor.ts';

interface Parts {
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly recorder: Recorder;
  readonly budgets: Budgets;
}

/**
 * Books what a restore means (R31): nobody knows what happened after the copy was made. No code
 * opens a slot before somebody has looked into it, and what can be guessed at counts as used up:
 * whoever brings a restore about must not gain tries by it. Budgets fill again at their pace, and a
 * recipient with the right numbers has one try at once. Grants open once, and nobody knows which of
 * them did: all are void, and the numbers serve.
 */
export function bookRestore({ store, supervisor, recorder, budgets }: Parts): void {
  const restored = store.restore.found();
  if (restored === null) return;
  supervisor.together(() => {
    recorder.record({ t: 'store.restored', data: { ...restored, epoch: store.epoch } });
    for (const { id } of supervisor.all()) supervisor.send(id, { type: 'RESTORED' });
    budgets.empty();
    for (const parcel of store.parcels.stored()) {
      const gen = nextGen(parcel);
      store.parcels.put({ ...parcel, gen, lastGen: gen, secondMisses: SECOND_MISSES_MAX });
    }
    store.restore.booked();
  });
}
