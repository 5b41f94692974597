import type { BusClock } from '../hardware/bus/clock.ts';

/** Time in the simulated world: the bus's monotonic time and timers, and a wall clock. */
export interface SimClock extends BusClock {
  /** Milliseconds since 1970 as the kiosk's wall clock shows them; may jump. */
  wallMs(): number;
}
