import { COIL_REST_MS, LATE_START_MS_MAX } from './limits.ts';

/**
 * When the next lock of a bus may be energised (R7). A pulse whose request was answered has begun.
 * One whose request was not answered may begin late, as adapters hold bytes back. But bytes stay in
 * order: a board that answers a later request has pulsed by then, or never will.
 */
export class CoilGuard {
  #freeMs = Number.NEGATIVE_INFINITY;
  #unsure: { readonly board: string; readonly pulseMs: number } | undefined;

  /** In monotonic ms. */
  get freeMs(): number {
    return this.#freeMs;
  }

  /** An unlock was answered: with a refusal too the careful belief is that current flows. */
  pulsed(pulseMs: number, nowMs: number): void {
    this.#unsure = undefined;
    this.#freeMs = nowMs + pulseMs + COIL_REST_MS;
  }

  /** An unlock may have left, and was not answered. */
  mayPulse(board: string, pulseMs: number, nowMs: number): void {
    this.#unsure = { board, pulseMs };
    this.#freeMs = nowMs + LATE_START_MS_MAX + pulseMs + COIL_REST_MS;
  }

  /** A board answered a request. */
  answered(board: string, nowMs: number): void {
    if (this.#unsure?.board !== board) return;
    this.#freeMs = Math.min(this.#freeMs, nowMs + this.#unsure.pulseMs + COIL_REST_MS);
    this.#unsure = undefined;
  }
}
