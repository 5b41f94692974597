/** 3.5 characters of eleven bits: a board may count the parity bit that it does not send. */
const BITS = 38.5;
/** At high rates the silence gets no shorter: 1.75 ms, in the whole ms that timers count. */
const SHORTEST_MS = 2;

/** The silence that ends a frame where frames have no marks (*MODBUS over Serial Line V1.02*). */
export function silenceMs(baud: number): number {
  return Math.max(SHORTEST_MS, Math.round((BITS * 1_000) / baud));
}
