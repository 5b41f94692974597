import type { Clock } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';
import type { Supervisor } from './supervisor.ts';

export const MODES = ['serve', 'maintenance', 'lockdown'] as const;
export type Mode = (typeof MODES)[number];

interface Parts {
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly recorder: Recorder;
  readonly clock: Clock;
}

const KEPT = 'mode';
/** So many doors forced within so long are an attack, and no more is opened from afar (R23). */
const FORCED_DOORS = 3;
const FORCED_WITHIN_MS = 60_000;

/** What the kiosk is there for now; stored, so that a restart changes nothing. */
export class Modes {
  readonly #parts: Parts;
  readonly #watchers = new Set<(mode: Mode) => void>();
  #mode: Mode;
  #forcedAtMono: number[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#mode = (parts.store.kept.get(KEPT) as Mode | null) ?? 'serve';
    parts.supervisor.watch((_slot, facts) => {
      if (facts.some(({ t }) => t === 'slot.forced')) this.#forced();
    });
  }

  get mode(): Mode {
    return this.#mode;
  }

  /** Calls the watcher after each change, once it is on disk. */
  watch(watcher: (mode: Mode) => void): void {
    this.#watchers.add(watcher);
  }

  /** From afar: false in lockdown, which only somebody at the kiosk ends (R23). */
  fromAfar(mode: Mode, cause: string): boolean {
    if (this.#mode === 'lockdown' && mode !== 'lockdown') return false;
    this.atKiosk(mode, cause);
    return true;
  }

  /** By somebody who stands at the kiosk; any mode may follow any other. */
  atKiosk(mode: Mode, cause: string): void {
    if (mode === this.#mode) return;
    const { store, recorder } = this.#parts;
    const was = this.#mode;
    store.transaction(() => {
      store.kept.put(KEPT, mode);
      recorder.record({ t: 'kiosk.mode', cause, data: { mode, was } });
    });
    this.#mode = mode;
    for (const watcher of this.#watchers) watcher(mode);
  }

  #forced(): void {
    const now = this.#parts.clock.monoMs();
    const recent = this.#forcedAtMono.filter((at) => now - at <= FORCED_WITHIN_MS);
    this.#forcedAtMono = [...recent, now].slice(-FORCED_DOORS);
    if (this.#forcedAtMono.length === FORCED_DOORS) this.atKiosk('lockdown', 'forced doors');
  }
}
