import {
  ACTIVE_IN_A_ROW_MAX,
  IDLE_LATE_MS_MAX,
  OTHERS_IN_A_ROW_MAX,
  POLLS_BEFORE_PROBE_MAX,
} from './limits.ts';

/** `active` goes before `idle`, and `idle` before `probe`; none of them waits for ever. */
export type PollRank = 'active' | 'idle' | 'probe';

export interface Polled {
  /** Monotonic ms. */
  readonly dueMs: number;
  rank(nowMs: number): PollRank;
}

/** Whose turn it is: by rank, then by the time it was due, with a bound on being passed over. */
export class PollPlan<T extends Polled> {
  readonly #all: readonly T[];
  /** Turns in a row that others got while one of this rank was due. */
  readonly #passed = { idle: 0, probe: 0 };
  /** Turns since an active one, whether another was due or not: the rhythm of the readings. */
  #sinceActive = OTHERS_IN_A_ROW_MAX;

  constructor(all: readonly T[]) {
    this.#all = all;
  }

  nextDueMs(): number {
    let nextMs = Number.POSITIVE_INFINITY;
    for (const { dueMs } of this.#all) nextMs = Math.min(nextMs, dueMs);
    return nextMs;
  }

  /** Takes the turn of the one to be asked now, or `undefined` when none is due. */
  take(nowMs: number): T | undefined {
    const due = this.#earliestDue(nowMs);
    const taken = this.#choose(due, nowMs);
    const { idle, probe } = due;
    const passed = this.#passed;
    passed.idle = idle !== undefined && idle !== taken ? passed.idle + 1 : 0;
    passed.probe = probe !== undefined && probe !== taken ? passed.probe + 1 : 0;
    if (taken !== undefined) this.#sinceActive = this.#nextSinceActive(taken, due);
    return taken;
  }

  #nextSinceActive(taken: T, due: EarliestDue<T>): number {
    if (taken === due.active) return 0;
    // A probe is seldom answered, and then takes the time of several polls.
    return taken === due.probe ? OTHERS_IN_A_ROW_MAX : this.#sinceActive + 1;
  }

  #choose({ active, idle, probe }: EarliestDue<T>, nowMs: number): T | undefined {
    const since = this.#sinceActive;
    const fits = since === 0 || since > OTHERS_IN_A_ROW_MAX;
    if (probe && fits && this.#passed.probe >= POLLS_BEFORE_PROBE_MAX) return probe;
    if (active && since >= OTHERS_IN_A_ROW_MAX) return active;
    // On a slow and crowded bus the idle boards get most turns, so that each is still read in the
    // 2 s that R7 allows after a pulse.
    const late = idle !== undefined && nowMs - idle.dueMs >= IDLE_LATE_MS_MAX;
    if (late || (idle && this.#passed.idle >= ACTIVE_IN_A_ROW_MAX)) return idle;
    return active ?? idle ?? probe;
  }

  #earliestDue(nowMs: number): EarliestDue<T> {
    const earliest: EarliestDue<T> = { active: undefined, idle: undefined, probe: undefined };
    for (const polled of this.#all) {
      if (polled.dueMs > nowMs) continue;
      const rank = polled.rank(nowMs);
      const before = earliest[rank];
      if (before === undefined || polled.dueMs < before.dueMs) earliest[rank] = polled;
    }
    return earliest;
  }
}

type EarliestDue<T> = { [rank in PollRank]: T | undefined };
