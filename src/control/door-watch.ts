import type { Log, SlotReading } from './ports.ts';
import type { Supervisor } from './supervisor.ts';

type Slots = Pick<Supervisor, 'get' | 'send' | 'all' | 'together' | 'sent'>;

/**
 * Turns readings into edges. The first reading of a slot after a start goes to its machine whole,
 * to be held against the record (R20); after that only what changed does.
 */
export class DoorWatch {
  readonly #supervisor: Slots;
  readonly #log: Pick<Log, 'warn'>;
  readonly #read: Set<string>;
  readonly #given = new Set<string>();
  /** Looks of which nothing came, and how many events had been sent to the slots by then. */
  readonly #still = new WeakMap<readonly SlotReading[], number>();
  readonly #onReady: () => void;
  readonly #awaited: number;

  /**
   * `onReady` is called once, when every slot was read or its board did not answer; `read` are the
   * slots that were read before.
   */
  constructor(
    supervisor: Slots,
    log: Pick<Log, 'warn'>,
    onReady: () => void,
    read: Iterable<string> = [],
  ) {
    this.#read = new Set(read);
    this.#supervisor = supervisor;
    this.#log = log;
    this.#onReady = onReady;
    this.#awaited = supervisor.all().length;
  }

  /** Takes the readings of one board, in one look. */
  seen(readings: readonly SlotReading[]): void {
    const { sent } = this.#supervisor;
    if (this.#still.get(readings) === sent) return;
    this.#take(readings);
    if (this.#supervisor.sent === sent) this.#still.set(readings, sent);
  }

  #take(readings: readonly SlotReading[]): void {
    const isAllRead = this.#read.size >= this.#awaited;
    const fresh = isAllRead ? [] : readings.filter(({ slot }) => !this.#read.has(slot));
    if (fresh.length > 0) {
      this.#supervisor.together(() => {
        for (const reading of fresh) this.#boot(reading);
      });
      for (const { slot } of fresh) this.#read.add(slot);
    }
    for (const reading of readings) this.#compare(reading);
    if (fresh.length > 0) this.#settle(fresh.map((reading) => reading.slot));
  }

  /** The board of these slots does not answer (or never did). */
  dark(slots: readonly string[]): void {
    for (const slot of slots) {
      if (this.#supervisor.get(slot).board === 'ok') {
        this.#supervisor.send(slot, { type: 'BOARD_DARK' });
      }
    }
    this.#settle(slots);
  }

  #boot(reading: SlotReading): void {
    const { slot, door, occupancy } = reading;
    const step = this.#supervisor.send(slot, { type: 'BOOT', door, occupancy });
    if (step.facts.length > 0) {
      this.#log.warn('slot differs from its record', { slot, facts: step.facts });
    }
  }

  #compare(reading: SlotReading): void {
    const { slot: id, door, occupancy } = reading;
    const slot = this.#supervisor.get(id);
    if (slot.board === 'dark') this.#supervisor.send(id, { type: 'BOARD_OK' });
    if (slot.door !== door) {
      this.#supervisor.send(
        id,
        door === 'open' ? { type: 'DOOR_OPENED' } : { type: 'DOOR_CLOSED', occupancy },
      );
    } else if (slot.occupancy !== occupancy) {
      this.#supervisor.send(id, { type: 'OCCUPANCY', occupancy });
    }
    if (slot.state === 'opening' && !slot.readSincePulse) {
      this.#supervisor.send(id, { type: 'READ' });
    }
  }

  #settle(slots: readonly string[]): void {
    if (this.#given.size === this.#awaited) return;
    for (const slot of slots) this.#given.add(slot);
    if (this.#given.size === this.#awaited) this.#onReady();
  }
}
