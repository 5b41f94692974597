import type { Clock } from '../control/ports.ts';
import type { Recorder } from '../control/recorder.ts';
import type { Incoming } from './broker.ts';
import { timeText } from './envelope.ts';
import type { Link } from './link.ts';
import { MESSAGES, type Message, parsed } from './messages.ts';
import type { Refusals } from './refusals.ts';
import type { UpTopics } from './topics.ts';
import type { Trust } from './trust.ts';

interface Parts {
  readonly kiosk: string;
  readonly recorder: Pick<Recorder, 'newId'>;
  readonly clock: Clock;
  readonly link: Link;
  readonly topics: UpTopics;
  readonly trust: Trust;
  readonly refusals: Refusals;
}

type Question = Message<'req'>;
type Answer = Message<'rep'>;
type Kind = Question['t'];
/** What an answer to a question of this kind says, and how long it took. */
type Take<T extends Kind> = (d: Extract<Answer, { t: T }>['d'], tookMs: number) => void;

interface Asked {
  readonly id: string;
  readonly atMono: number;
  readonly take: (d: never, tookMs: number) => void;
}

/** An answer that comes later is to nobody's question. */
const ANSWERED_WITHIN_MS = 120_000;

/** Asks the cloud what the kiosk cannot know by itself. Of each kind one question is open. */
export class Questions {
  readonly #parts: Parts;
  readonly #open = new Map<Kind, Asked>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Without a connection nobody is asked; and an answer may never come: ask again. */
  ask<T extends Kind>(t: T, d: Question['d'], take: Take<T>): void {
    const { kiosk, recorder, clock, link, topics } = this.#parts;
    if (link.session === null) return;
    const id = recorder.newId();
    this.#open.set(t, { id, atMono: clock.monoMs(), take });
    const question: Question = { v: 1, k: kiosk, id, t, ts: timeText(clock.wallMs()), d };
    const { qos, retain, expiryS } = MESSAGES.req;
    const payload = JSON.stringify(question);
    link.publish({ topic: topics.req(t), payload, qos, retain, expiryS });
  }

  /** An answer that is signed, and to the question that is open. */
  take(message: Incoming): void {
    const { trust, refusals, clock } = this.#parts;
    const answer = parsed(MESSAGES.rep.schema, message.payload);
    if (message.retained) refusals.refuse('RETAINED', message.topic);
    else if (!trust.isSigned('command', message)) refusals.refuse('BAD_SIGNATURE', message.topic);
    else if (answer === null) refusals.refuse('MALFORMED', message.topic);
    else {
      const asked = this.#open.get(answer.t);
      const tookMs = clock.monoMs() - (asked?.atMono ?? 0);
      if (asked?.id !== answer.re || tookMs > ANSWERED_WITHIN_MS) {
        refusals.refuse('EXPIRED', message.topic);
        return;
      }
      this.#open.delete(answer.t);
      asked.take(answer.d as never, tookMs);
    }
  }
}
