import { slotViews } from '../control/inquiry/slots.ts';
import type { Timer } from '../control/ports.ts';
import type { Tools } from './tools.ts';

type Views = ReturnType<typeof slotViews>;

/** What changes within this time is told together: fast enough for the eye. */
const TOGETHER_MS = 100;

/**
 * B10: the slots for everybody who watches them. A watcher gets all of them first, then those that
 * changed, each time as they are by then; what many watch is looked up once.
 */
export class SlotFeed {
  readonly #tools: Tools;
  readonly #watchers = new Set<(slots: Views) => void>();
  readonly #changed = new Set<string>();
  #timer: Timer | null = null;
  #unwatch: () => void = () => {};

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  /** Gives back how to stop. */
  follow(send: (slots: Views) => void): () => void {
    if (this.#watchers.size === 0) {
      this.#unwatch = this.#tools.supervisor.watch(({ id }) => this.#noticed(id));
    }
    // A watcher of its own, even where two give the same function.
    const watcher = (slots: Views): void => send(slots);
    this.#watchers.add(watcher);
    watcher(slotViews(this.#tools));
    return () => this.#leave(watcher);
  }

  #leave(watcher: (slots: Views) => void): void {
    this.#watchers.delete(watcher);
    if (this.#watchers.size > 0) return;
    this.#unwatch();
    this.#timer?.cancel();
    this.#timer = null;
    this.#changed.clear();
  }

  #noticed(slot: string): void {
    this.#changed.add(slot);
    this.#timer ??= this.#tools.clock.after('slot feed', TOGETHER_MS, () => this.#tell());
  }

  #tell(): void {
    this.#timer = null;
    const slots = slotViews(this.#tools, (id) => this.#changed.has(id));
    this.#changed.clear();
    for (const watcher of [...this.#watchers]) watcher(slots);
  }
}
