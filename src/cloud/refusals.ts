import type { Clock } from '../control/ports.ts';
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

/**
 * What never reached the ledger is counted, and told once a minute: forged messages fill no disk
 * and occupy no ids.
 */
export class Refusals {
  readonly #parts: Parts;
  #count = 0;
  #toldAtMono = Number.NEGATIVE_INFINITY;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  refuse(code: ResultCode, topic: string): void {
    const { store, recorder, clock, answers } = this.#parts;
    this.#count += 1;
    const now = clock.monoMs();
    if (now - this.#toldAtMono < TOLD_EVERY_MS) return;
    const refused = this.#count;
    [this.#toldAtMono, this.#count] = [now, 0];
    const data = { code, topic: topic.slice(-TOPIC_CHARS), refused };
    store.transaction(() => recorder.record({ t: 'message.refused', data }));
    answers.refused(code, refused);
  }
}

const TOPIC_CHARS = 64;
