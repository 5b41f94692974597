import type { NoiseReason } from '../wire/family.ts';
import type { Verdict } from './verdict.ts';

/** Counts since the bus was made; none is ever reset. */
export interface BoardStats {
  /** Requests that reached, or may have reached, the wire. */
  readonly sent: number;
  readonly answered: number;
  readonly refused: number;
  readonly noReply: number;
  readonly badReply: number;
  /** Discarded lines and pieces, by reason; a reason that never occurred is absent. */
  readonly discarded: Readonly<Partial<Record<NoiseReason, number>>>;
  /** From the hand-over of a request to its answer, in ms; 0 before the first answer. */
  readonly lastLatencyMs: number;
  readonly maxLatencyMs: number;
  /** Answers by latency, each in the first bucket that it fits; the last one takes all others. */
  readonly latency: readonly { readonly upToMs: number; readonly answers: number }[];
}

const LATENCY_BUCKETS_MS = [5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, Number.POSITIVE_INFINITY];

/** Counts for one board. */
export class StatsKeeper {
  #counts = { sent: 0, answered: 0, refused: 0, noReply: 0, badReply: 0 };
  #lastLatencyMs = 0;
  #maxLatencyMs = 0;
  readonly #latency = LATENCY_BUCKETS_MS.map((upToMs) => ({ upToMs, answers: 0 }));
  readonly #discarded: Partial<Record<NoiseReason, number>> = {};

  read(): BoardStats {
    return {
      ...this.#counts,
      discarded: { ...this.#discarded },
      lastLatencyMs: this.#lastLatencyMs,
      maxLatencyMs: this.#maxLatencyMs,
      latency: this.#latency.map((bucket) => ({ ...bucket })),
    };
  }

  discarded(reason: NoiseReason): void {
    this.#discarded[reason] = (this.#discarded[reason] ?? 0) + 1;
  }

  judged(verdict: Verdict, latencyMs: number): void {
    if (verdict.kind === 'NotSent') return;
    this.#counts.sent += 1;
    switch (verdict.kind) {
      case 'Answered':
        this.#counts.answered += 1;
        this.#lastLatencyMs = latencyMs;
        this.#maxLatencyMs = Math.max(this.#maxLatencyMs, latencyMs);
        this.#count(latencyMs);
        break;
      case 'Refused':
        this.#counts.refused += 1;
        break;
      case 'NoReply':
        this.#counts.noReply += 1;
        break;
      case 'BadReply':
        this.#counts.badReply += 1;
        break;
      case 'PortLost':
        break;
    }
  }

  #count(latencyMs: number): void {
    const bucket = this.#latency.find(({ upToMs }) => latencyMs <= upToMs);
    if (bucket) bucket.answers += 1;
  }
}
