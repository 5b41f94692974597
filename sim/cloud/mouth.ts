import type { SimClock } from '../clock.ts';
import type { CloudMessage, CloudWire } from './wire.ts';

/** What waits to be overtaken goes on its way after so long. */
const HELD_MS = 500;

/** The consumer's way of speaking, with the bad manners that a kiosk must live with. */
export class Mouth {
  /** Says nothing at all. */
  isAway = false;
  /** Says everything twice. */
  repeats = false;
  /** Lets each message be overtaken by the next one. */
  reorders = false;
  /** Says everything so much later. */
  lateMs = 0;
  readonly #wire: CloudWire;
  readonly #clock: SimClock;
  #held: CloudMessage | null = null;

  constructor(wire: CloudWire, clock: SimClock) {
    this.#wire = wire;
    this.#clock = clock;
  }

  publish(message: CloudMessage): void {
    if (this.isAway) return;
    if (this.lateMs === 0) this.#ordered(message);
    else this.#clock.after('late', this.lateMs, () => this.#ordered(message));
  }

  #ordered(message: CloudMessage): void {
    if (!this.reorders) {
      this.#say(message);
    } else if (this.#held === null) {
      this.#held = message;
      this.#clock.after('overtaken', HELD_MS, () => this.#release());
    } else {
      this.#say(message);
      this.#release();
    }
  }

  #release(): void {
    const held = this.#held;
    this.#held = null;
    if (held !== null) this.#say(held);
  }

  #say(message: CloudMessage): void {
    this.#wire.publish(message);
    if (this.repeats) this.#wire.publish(message);
  }
}
