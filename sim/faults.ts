import type { Random } from './random.ts';

/**
 * What adapters and cables do to a frame. For each direction:
 * - `lose`: it never arrives;
 * - `flip`: one bit arrives changed;
 * - `split`: it arrives in pieces with pauses, as USB adapters deliver;
 * - `merge`: it is held back and arrives together with the next one;
 * - `delay`: it leaves late, up to a second, as some boards answer;
 * - `babble`: garbage comes just before it;
 * - `echo` (host to boards only): the host hears itself.
 */
export const WIRE_FAULTS = ['lose', 'flip', 'split', 'merge', 'delay', 'babble', 'echo'] as const;

/**
 * What boards do:
 * - `stuck`: on hearing a request for it, it hangs, deaf and silent, until its power is cut;
 * - `reset`: a pulse pulls the supply down, and the board restarts before the pulse has ended.
 */
export const BOARD_FAULTS = ['stuck', 'reset'] as const;

export type WireFault = (typeof WIRE_FAULTS)[number];
export type BoardFault = (typeof BOARD_FAULTS)[number];

/** Chances are drawn in these steps. */
const CHANCE_STEPS = 1_000_000;

/** Switches for faults, and the dice. Without a switch set nothing is drawn and nothing strikes. */
export class Faults<Name extends string> {
  readonly #random: Random;
  readonly #chances = new Map<Name, number>();
  readonly #certain = new Map<Name, number>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** From now on `fault` strikes each time with this probability, 0 (never) to 1 (always). */
  set(fault: Name, probability: number): void {
    if (!(probability >= 0 && probability <= 1)) {
      throw new RangeError(`fault '${fault}': probability ${probability} is not within 0 to 1`);
    }
    if (probability > 0) this.#chances.set(fault, probability);
    else this.#chances.delete(fault);
  }

  /** `fault` strikes for certain the next `count` times. */
  next(fault: Name, count = 1): void {
    this.#certain.set(fault, count);
  }

  /** No fault strikes any more. */
  clear(): void {
    this.#chances.clear();
    this.#certain.clear();
  }

  /** Asked by what may be struck, once each time that it may. */
  strikes(fault: Name): boolean {
    if (this.#chances.size === 0 && this.#certain.size === 0) return false;
    const certain = this.#certain.get(fault) ?? 0;
    if (certain > 0) {
      if (certain > 1) this.#certain.set(fault, certain - 1);
      else this.#certain.delete(fault);
      return true;
    }
    const probability = this.#chances.get(fault) ?? 0;
    return probability > 0 && this.#random.int(CHANCE_STEPS) < probability * CHANCE_STEPS;
  }
}
