import type { Timer } from '../../hardware/bus/clock.ts';
import type { Door } from '../door.ts';
import { type BoardFault, Faults } from '../faults.ts';
import type { BoardEvent, BoardSetup, Pulse, SimBoard } from './sim-board.ts';

/** Time from power on until a board hears. */
export const START_UP_MS = 50;
const PULSES_WITNESSED = 1_024;

/** What boards of all families have: power that goes and comes, and a processor that may hang. */
export abstract class PoweredBoard implements SimBoard {
  readonly id: string;
  readonly doors: readonly Door[];
  readonly faults: Faults<BoardFault>;
  readonly pulses: Pulse[] = [];
  /** Some boards can be told another. */
  address: number;
  abstract readonly family: string;

  protected readonly setup: BoardSetup;
  protected hears = true;
  readonly #watchers: ((event: BoardEvent) => void)[] = [];
  /** Kept in permanent memory. */
  #boot = 1;
  /** Steps when the board loses its power, so that nothing of before happens afterwards. */
  #life = 0;

  constructor(setup: BoardSetup) {
    this.setup = setup;
    this.id = setup.id;
    this.address = setup.address;
    this.doors = setup.doors;
    this.faults = new Faults(setup.random);
  }

  abstract hear(bytes: Uint8Array): void;

  /** Outputs drop, and what was in memory is forgotten. */
  protected abstract lose(): void;

  /** It hears from now on. */
  protected started(): void {}

  powerOff(): void {
    this.#life += 1;
    this.hears = false;
    this.lose();
    this.#tell({ kind: 'power off' });
  }

  powerOn(): void {
    // A second start without a stop would leave two lives running.
    this.#life += 1;
    this.#boot = (this.#boot + 1) & 0xffff;
    this.later('board starts', START_UP_MS, () => {
      this.hears = true;
      this.started();
      this.#tell({ kind: 'started', boot: this.#boot });
    });
  }

  reset(): void {
    this.powerOff();
    this.powerOn();
  }

  watch(watcher: (event: BoardEvent) => void): void {
    this.#watchers.push(watcher);
  }

  protected get boot(): number {
    return this.#boot;
  }

  /** Whether a fault has it hang from now on, which ends with its power. */
  protected hangs(): boolean {
    if (!this.faults.strikes('stuck')) return false;
    this.hears = false;
    this.#tell({ kind: 'stuck' });
    return true;
  }

  /** An output was energised; a weak supply may dip under it. */
  protected pulsed(output: Pick<Pulse, 'channel' | 'pulseMs' | 'requestId'>): void {
    const pulse = { atMs: this.setup.clock.monoMs(), ...output, boot: this.#boot };
    this.pulses.push(pulse);
    if (this.pulses.length > PULSES_WITNESSED) this.pulses.shift();
    if (this.faults.strikes('reset')) {
      const { pulseMs } = output;
      const afterMs = Number.isFinite(pulseMs) ? this.setup.random.int(pulseMs) : 0;
      this.later('supply dips', afterMs, () => this.reset());
    }
    this.#tell({ kind: 'pulse', ...pulse });
  }

  /** Unless its power goes before. */
  protected later(name: string, delayMs: number, act: () => void): Timer {
    const life = this.#life;
    return this.setup.clock.after(name, delayMs, () => {
      if (life === this.#life) act();
    });
  }

  #tell(event: BoardEvent): void {
    for (const watcher of this.#watchers) watcher(event);
  }
}
