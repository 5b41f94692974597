import type { BusClock, Timer } from '../hardware/bus/clock.ts';
import { Sensor } from './sensor.ts';

/** Time from the energised coil until the spring has pushed the door open. */
export const POP_MS = 120;

export type DoorEvent =
  | 'energised'
  | 'released'
  | 'opened'
  | 'forced'
  | 'closed'
  | 'jammed'
  | 'freed'
  | 'contents'
  | 'sensor';

/**
 * One door: a latch that a coil releases while it is energised, a spring that then pushes the
 * door ajar, a contact, and what lies behind it. Starts closed and empty.
 */
export class Door {
  /** On when something lies in the slot. Boards without occupancy inputs never look. */
  readonly occupancy: Sensor;
  /** A weak spring takes longer; a pulse shorter than this opens nothing. */
  popMs = POP_MS;

  readonly #clock: BusClock;
  #contact: Sensor;
  readonly #watchers = new Set<(event: DoorEvent) => void>();
  #open = false;
  #energised = false;
  #jammed = false;
  #contents: readonly string[] = [];
  #pop: Timer | undefined;

  constructor(clock: BusClock) {
    this.#clock = clock;
    this.#contact = new Sensor(
      () => !this.#open,
      () => this.#tell('sensor'),
    );
    this.occupancy = new Sensor(
      () => this.#contents.length > 0,
      () => this.#tell('sensor'),
    );
  }

  /** Wired closed when the door is closed; `read()` is what the board's input sees. */
  get contact(): Sensor {
    return this.#contact;
  }

  /** Somebody mixed up the wires: from now on each one's input sees the other one's contact. */
  swapContacts(other: Door): void {
    [this.#contact, other.#contact] = [other.#contact, this.#contact];
  }

  get isOpen(): boolean {
    return this.#open;
  }

  get isEnergised(): boolean {
    return this.#energised;
  }

  get isJammed(): boolean {
    return this.#jammed;
  }

  /** What really lies in the slot, whatever the sensors say. */
  get contents(): readonly string[] {
    return this.#contents;
  }

  /** Calls `watcher` after each event; the returned function ends that. */
  watch(watcher: (event: DoorEvent) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** The board's output goes on: the latch lets go for as long as it stays on. */
  energise(): void {
    if (this.#energised) return;
    this.#energised = true;
    this.#tell('energised');
    this.#letSpringPush();
  }

  /** The board's output goes off: a door that has not moved by now is held again. */
  release(): void {
    if (!this.#energised) return;
    this.#energised = false;
    this.#pop?.cancel();
    this.#tell('released');
  }

  /** Pushes the door shut; the latch snaps, unless the coil is on and it springs back. */
  push(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#tell('closed');
    this.#letSpringPush();
  }

  /** A crowbar: opens without any pulse, jammed or not. */
  force(): void {
    if (this.#open) return;
    this.#pop?.cancel();
    this.#jammed = false;
    this.#open = true;
    this.#tell('forced');
  }

  /** Something holds the door shut (ice, tape, a bent hinge): the spring cannot move it. */
  jam(): void {
    if (this.#jammed) return;
    this.#jammed = true;
    this.#pop?.cancel();
    this.#tell('jammed');
  }

  free(): void {
    if (!this.#jammed) return;
    this.#jammed = false;
    this.#tell('freed');
    this.#letSpringPush();
  }

  /** False, and nothing happens, when the door is closed. */
  putIn(thing: string): boolean {
    if (!this.#open) return false;
    this.#contents = [...this.#contents, thing];
    this.#tell('contents');
    return true;
  }

  /** Everything that lay there; nothing when the door is closed. */
  takeOut(): readonly string[] {
    if (!this.#open || this.#contents.length === 0) return [];
    const taken = this.#contents;
    this.#contents = [];
    this.#tell('contents');
    return taken;
  }

  #letSpringPush(): void {
    if (!this.#energised || this.#open || this.#jammed) return;
    this.#pop?.cancel();
    this.#pop = this.#clock.after('door pops', this.popMs, () => {
      this.#open = true;
      this.#tell('opened');
    });
  }

  #tell(event: DoorEvent): void {
    for (const watcher of [...this.#watchers]) watcher(event);
  }
}
