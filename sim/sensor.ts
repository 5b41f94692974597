/** How a switch lies: held on or off by dirt, a cut wire or a magnet, or wired the other way. */
export const SENSOR_FAULTS = ['none', 'stuck-on', 'stuck-off', 'inverted'] as const;

type SensorFault = (typeof SENSOR_FAULTS)[number];

/** A switch that shows a fact, unless it is at fault. On is a closed contact. */
export class Sensor {
  readonly #truth: () => boolean;
  readonly #changed: () => void;
  #fault: SensorFault = 'none';

  constructor(truth: () => boolean, changed: () => void) {
    this.#truth = truth;
    this.#changed = changed;
  }

  get fault(): SensorFault {
    return this.#fault;
  }

  set fault(fault: SensorFault) {
    this.#fault = fault;
    this.#changed();
  }

  /** What the board's input sees. */
  read(): boolean {
    switch (this.#fault) {
      case 'none':
        return this.#truth();
      case 'inverted':
        return !this.#truth();
      case 'stuck-on':
        return true;
      case 'stuck-off':
        return false;
    }
  }
}
