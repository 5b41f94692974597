import { CHANGE_BUDGET } from '../domain/budget.ts';
import type { Language } from '../domain/language.ts';
import type { Budgets } from './budgets.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';

/** What the operator may set from afar; everything else stands in the config file alone. */
export interface SettingValues {
  /** How long a parcel may lie; of parcels that are announced from now on. */
  readonly holdDays: number;
  readonly reminderHours: number;
  /** Days and hours such as `mo-fr 06:00-22:00`; always open without any. */
  readonly openingHours: readonly string[];
  readonly telemetrySeconds: number;
  /** A line on the first screen, by language. */
  readonly texts: Readonly<Partial<Record<Language, string>>>;
}

/** A document of settings that is in force; what it does not name is as the config file says. */
interface InForce {
  readonly rev: number;
  /** SHA-256 of the document, in hex; null while there was none. */
  readonly hash: string | null;
  readonly values: Partial<SettingValues>;
}

interface Parts {
  readonly store: Pick<Store, 'kept' | 'transaction'>;
  readonly recorder: Recorder;
  readonly budgets: Budgets;
  /** What holds without a document. */
  readonly own: SettingValues;
}

const KEPT = 'cloud.settings';
const BUDGET_NAME = 'settings';

/** The settings in force; the last good document outlives a restart. */
export class Settings {
  readonly #parts: Parts;
  readonly #watchers = new Set<() => void>();
  #inForce: InForce;

  constructor(parts: Parts) {
    this.#parts = parts;
    const kept = parts.store.kept.get(KEPT) as InForce | null;
    this.#inForce = kept ?? { rev: 0, hash: null, values: {} };
  }

  get values(): SettingValues {
    return { ...this.#parts.own, ...this.#inForce.values };
  }

  get inForce(): InForce {
    return this.#inForce;
  }

  /** Calls the watcher after each change, once it is on disk. */
  watch(watcher: () => void): void {
    this.#watchers.add(watcher);
  }

  /** How long no document is looked at any more; 0 when one is now. */
  waitMs(): number {
    return this.#parts.budgets.waitMs(BUDGET_NAME, CHANGE_BUDGET);
  }

  apply(next: InForce): void {
    const { store, recorder, budgets } = this.#parts;
    store.transaction(() => {
      budgets.take(BUDGET_NAME, CHANGE_BUDGET);
      store.kept.put(KEPT, next);
      const { rev, values } = next;
      recorder.record({ t: 'settings.applied', data: { rev, keys: Object.keys(values) } });
    });
    this.#inForce = next;
    for (const watcher of this.#watchers) watcher();
  }

  /** What is in force stays; why the document is not stands in the journal. */
  refuse(rev: number, errors: readonly string[]): void {
    const { store, recorder, budgets } = this.#parts;
    const data = { rev, errors: errors.slice(0, 1) };
    store.transaction(() => {
      budgets.take(BUDGET_NAME, CHANGE_BUDGET);
      recorder.record({ t: 'settings.refused', data });
    });
  }
}
