import type { Clock, Timer } from '../control/ports.ts';
import type { Recorder } from '../control/recorder.ts';
import type { Store } from '../control/store-port.ts';
import type { Answers } from './answers.ts';
import type { ResultCode } from './messages.ts';

interface Parts {
  readonly store: Pick<Store, 'transaction'>;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly answers: Answers;
}

const TOLD_EVERY_MS = 60_000;
const TOPIC_CHARS = 64;

/**
 * What never reached the ledger is counted, and told once a minute: forged messages fill no disk
 * and occupy no ids.
 */
export class Refusals {
  readonly #parts: Parts;
  /** The last one, and how many came since it was told last. */
  #last: { readonly code: ResultCode; readonly topic: string } | null = null;
  #count = 0;
  #rest: Timer | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  refuse(code: ResultCode, topic: string): void {
    this.#count += 1;
    this.#last = { code, topic: topic.slice(-TOPIC_CHARS) };
    if (this.#rest === null) this.#tell();
  }

  stop(): void {
    this.#rest?.cancel();
  }

  #tell(): void {
    const { store, recorder, clock, answers } = this.#parts;
    const [last, refused] = [this.#last, this.#count];
    this.#rest = null;
    if (last === null || refused === 0) return;
    this.#count = 0;
    this.#rest = clock.after('refusals', TOLD_EVERY_MS, () => this.#tell());
    store.transaction(() => recorder.record({ t: 'message.refused', data: { ...last, refused } }));
    answers.refused(last.code, refused);
  }
}
