import { newSlot, type SlotRecord } from '../domain/slot.ts';
import type { Act, Fact, SlotEvent, SlotEventBody, Step } from '../domain/slot-events.ts';
import type { SlotStepper } from '../domain/slot-machine.ts';
import type { Ledger } from './ledger.ts';
import type { Clock, Log, Timer } from './ports.ts';
import type { Store } from './store-port.ts';
import type { Trace } from './trace.ts';

type SlotWatcher = (after: SlotRecord, facts: readonly Fact[], before: SlotRecord) => void;

interface SupervisorParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly step: SlotStepper;
  /** Books what a fact means beyond the slot, inside the slot's transaction. */
  readonly ledger: Ledger;
  readonly trace: Pick<Trace, 'stepped'>;
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
  /** What waits for the commit of a transaction with several events; null without one. */
  #held: (() => void)[] | null = null;
  #perform: (slot: SlotRecord, act: Act) => void = () => {};
  #sent = 0;

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

  /** How many times events were sent; while it stays, so does every slot. */
  get sent(): number {
    return this.#sent;
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
    return this.sendAll(id, [body], alongside);
  }

  /**
   * Runs several events as one: all of them are on disk before anything follows from them, or none
   * was taken, and the step that was ignored is returned. `alongside` goes before the last one.
   */
  sendAll(id: string, bodies: readonly SlotEventBody[], alongside?: () => void): Step<SlotRecord> {
    this.#sent += 1;
    const taken: Taken[] = [];
    let before = this.get(id);
    let last: Step<SlotRecord> = { record: before, facts: [], acts: [], ignored: true };
    for (const body of bodies) {
      const event = { ...body, atMono: this.#parts.clock.monoMs() };
      last = this.#parts.step(before, event);
      if (last.ignored) {
        this.#parts.log.debug('slot event ignored', { slot: id, state: before.state, event });
        return last;
      }
      taken.push({ step: last, before, event });
      before = last.record;
    }
    if (taken.some(isForDisk)) this.#commit(taken, alongside);
    this.#keep(last.record);
    for (const one of taken) this.#parts.trace.stepped(one.before, one.event, one.step.record);
    if (this.#held === null) this.#follow(taken, last.record);
    else this.#held.push(() => this.#follow(taken, last.record));
    return last;
  }

  /**
   * Events of several slots in one transaction: what follows from them comes after its commit, and
   * when it fails, every slot is as it was before.
   */
  together(work: () => void): void {
    const before = this.all();
    const held: (() => void)[] = [];
    this.#held = held;
    try {
      this.#parts.store.transaction(work);
    } catch (error) {
      for (const slot of before) this.#keep(slot);
      throw error;
    } finally {
      this.#held = null;
    }
    for (const follow of held) follow();
  }

  #follow(taken: readonly Taken[], now: SlotRecord): void {
    for (const { step } of taken) for (const act of step.acts) this.#perform(now, act);
    for (const { step, before } of taken) {
      for (const watcher of this.#watchers) watcher(step.record, step.facts, before);
    }
  }

  #keep(slot: SlotRecord): void {
    this.#slots.set(slot.id, slot);
    this.#schedule(slot);
  }

  /** Stops all timers; the records stay as they are. */
  stop(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }

  #commit(taken: readonly Taken[], alongside?: () => void): void {
    const { store, ledger } = this.#parts;
    store.transaction(() => {
      for (const [index, { step, before }] of taken.entries()) {
        store.slots.put(step.record);
        if (index === taken.length - 1) alongside?.();
        for (const fact of step.facts) ledger.keep(fact, step.record, before);
      }
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

/** A step that was not ignored. */
interface Taken {
  readonly step: Step<SlotRecord>;
  readonly before: SlotRecord;
  readonly event: SlotEvent;
}

/** The first look at a door after a start is for the disk, as far as it brings news. */
const isForDisk = ({ step, before, event }: Taken): boolean =>
  step.facts.length > 0 || (event.type === 'BOOT' && step.record.door !== before.door);
