import type { TimeSync } from '../src/control/ports.ts';

/** The time server of the simulated world, which comes and goes. */
export class SimTimeSync implements TimeSync {
  isSynced = true;
  errorMs = 50;

  read() {
    return { isSynced: this.isSynced, errorMs: this.errorMs };
  }
}
