import type { UnlockJob } from './bus-options.ts';
import { UNLOCK_QUEUE_JOBS_MAX, UNLOCK_WAIT_MS_MAX } from './limits.ts';

interface Waiting {
  readonly job: UnlockJob;
  /** Monotonic ms. */
  readonly untilMs: number;
}

/** Unlocks that wait for their turn, first come, first served. */
export class JobQueue {
  #waiting: Waiting[] = [];

  /** Takes a job, or ends it when the queue is full. */
  add(job: UnlockJob, nowMs: number): void {
    if (this.#waiting.length >= UNLOCK_QUEUE_JOBS_MAX) {
      const why = `the queue is full, its limit is ${UNLOCK_QUEUE_JOBS_MAX} jobs`;
      job.done({ kind: 'NotSent', why });
      return;
    }
    this.#waiting.push({ job, untilMs: nowMs + UNLOCK_WAIT_MS_MAX });
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** The job whose turn it is. */
  take(): UnlockJob | undefined {
    return this.#waiting.shift()?.job;
  }

  /** When the first job will have waited too long; infinity when none waits. */
  nextExpiryMs(): number {
    return this.#waiting[0]?.untilMs ?? Number.POSITIVE_INFINITY;
  }

  /** Ends the jobs that have waited too long (R21). */
  expire(nowMs: number): void {
    if (this.nextExpiryMs() > nowMs) return;
    const late = this.#waiting.filter(({ untilMs }) => untilMs <= nowMs);
    this.#end(late, `no turn within ${UNLOCK_WAIT_MS_MAX} ms`);
  }

  /** Ends the jobs of one board, or all of them. */
  drop(why: string, board?: string): void {
    const dropped = this.#waiting.filter(({ job }) => board === undefined || job.board === board);
    this.#end(dropped, why);
  }

  /** The jobs leave the queue before any of them is told, as being told may add new ones. */
  #end(ended: readonly Waiting[], why: string): void {
    this.#waiting = this.#waiting.filter((waiting) => !ended.includes(waiting));
    for (const { job } of ended) job.done({ kind: 'NotSent', why });
  }
}
