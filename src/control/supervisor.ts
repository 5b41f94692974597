import { newSlot, type SlotRecord } from '../domain/slot.ts';
import type { Act, Fact, SlotEventBody, Step } from '../domain/slot-events.ts';
import type { SlotStepper } from '../domain/slot-machine.ts';
import type { Ledger } from './ledger.ts';
import type { Clock, Log, Timer } from './ports.ts';
import type { Store } from './store-port.ts';

type SlotWatcher = (after: SlotRecord, facts: readonly Fact[], before: SlotRecord) => void;

interface SupervisorParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly step: SlotStepper;
  /** Books what a fact means beyond the slot, inside the slot's transaction. */
  readonly ledger: Ledger;
}

/**
 * Owns the slots' records: every event goes through the machine, what it establishes is committed,
 * and only then are its acts carried out (commit, then act). A step without facts, such as a
 * board's acknowledgement, changes memory only and reaches the disk with the next fact.
 */
export class Supervisor {
  readonly #parts: SupervisorParts;
  readonly #slots = new Map<string, SlotRecord>();
  readonly #timers = new Map<string, Timer>();
  readonly #watchers = new Set<SlotWatcher>();
  #perform: (slot: SlotRecord, act: Act) => void = () => {};

  constructor(parts: SupervisorParts, slotIds: readonly string[]) {
    this.#parts = parts;
    const stored = new Map(parts.store.slots.all().map((slot) => [slot.id, slot]));
    for (const id of slotIds) {
      // What a record from an older program does not have is as it is in a new slot.
      const slot = { ...newSlot(id), ...stored.get(id) };
      this.#slots.set(id, { ...slot, board: 'dark', deadlineAtMono: null });
    }
  }

  /** Names the one who carries out acts; the slot machine's only way to the world. */
  onAct(perform: (slot: SlotRecord, act: Act) => void): void {
    this.#perform = perform;
  }

  /** Calls the watcher after each change, once it is on disk. Returns how to stop. */
  watch(watcher: SlotWatcher): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** @throws RangeError when the slot is not in the config. */
  get(id: string): SlotRecord {
    const slot = this.#slots.get(id);
    if (slot === undefined) throw new RangeError(`slot "${id}" is not in the config`);
    return slot;
  }

  /** The slot, or null when the config does not have it any more. */
  find(id: string): SlotRecord | null {
    return this.#slots.get(id) ?? null;
  }

  all(): readonly SlotRecord[] {
    return [...this.#slots.values()];
  }

  /**
   * Runs one event through the slot's machine. `alongside` joins the transaction of its facts, and
   * is done before they are booked: the reason stands in the journal before what follows from it.
   */
  send(id: string, body: SlotEventBody, alongside?: () => void): Step<SlotRecord> {
    const before = this.get(id);
    const event = { ...body, atMono: this.#parts.clock.monoMs() };
    const step = this.#parts.step(before, event);
    if (step.ignored) {
      this.#parts.log.debug('slot event ignored', { slot: id, state: before.state, event });
      return step;
    }
    if (step.facts.length > 0 || (body.type === 'BOOT' && step.record.door !== before.door)) {
      this.#commit(step, before, alongside);
    }
    this.#slots.set(id, step.record);
    this.#schedule(step.record);
    for (const act of step.acts) this.#perform(step.record, act);
    for (const watcher of this.#watchers) watcher(step.record, step.facts, before);
    return step;
  }

  /** Stops all timers; the records stay as they are. */
  stop(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }

  #commit(step: Step<SlotRecord>, before: SlotRecord, alongside?: () => void): void {
    const { store, ledger } = this.#parts;
    store.transaction(() => {
      store.slots.put(step.record);
      alongside?.();
      for (const fact of step.facts) ledger.keep(fact, step.record, before);
    });
  }

  #schedule(slot: SlotRecord): void {
    this.#timers.get(slot.id)?.cancel();
    this.#timers.delete(slot.id);
    if (slot.deadlineAtMono === null) return;
    const delayMs = Math.max(0, slot.deadlineAtMono - this.#parts.clock.monoMs());
    const timer = this.#parts.clock.after(`slot ${slot.id}`, delayMs, () =>
      this.send(slot.id, { type: 'DEADLINE_PASSED' }),
    );
    this.#timers.set(slot.id, timer);
  }
}
