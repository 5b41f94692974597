import type { Clock, Timer } from '../control/ports.ts';
import type { Recorder } from '../control/recorder.ts';
import type { Incoming } from './broker.ts';
import { timeText } from './envelope.ts';
import type { Link } from './link.ts';
import { MESSAGES, type Message } from './messages.ts';
import type { OutboxDrain } from './outbox-drain.ts';
import type { Refusals } from './refusals.ts';
import { said } from './signed.ts';
import type { UpTopics } from './topics.ts';
import type { Trust } from './trust.ts';

interface Parts {
  readonly kiosk: string;
  readonly recorder: Pick<Recorder, 'newId'>;
  readonly clock: Clock;
  readonly link: Link;
  readonly drain: Pick<OutboxDrain, 'hasReader'>;
  readonly topics: UpTopics;
  readonly trust: Trust;
  readonly refusals: Refusals;
}

type Question = Message<'req'>;
type Answer = Message<'rep'>;
type Kind = Question['t'];
type Asking<T extends Kind> = Extract<Question, { t: T }>['d'];

/** What an answer to a question of this kind says, and how long it took. */
type Take<T extends Kind> = (d: Extract<Answer, { t: T }>['d'], tookMs: number) => void;

/** For questions of which several are open at once, each with an end. */
interface Patience {
  readonly withinMs: number;
  /** Called once, when there can be no answer any more. */
  readonly silent: () => void;
}

interface Asked {
  readonly id: string;
  readonly t: Kind;
  readonly atMono: number;
  readonly take: (d: never, tookMs: number) => void;
  readonly limit: Timer | null;
}

/** An answer that comes later is to nobody's question. */
const ANSWERED_WITHIN_MS = 120_000;
const OPEN_MAX = 32;

/** Asks the cloud what the kiosk cannot know, or do, by itself. */
export class Questions {
  readonly #parts: Parts;
  /** By their kind, of which the last one counts; those with patience by their id. */
  readonly #open = new Map<string, Asked>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Without a connection nobody is asked, and with patience nobody without a reader; an answer may
   * never come: ask again.
   */
  ask<T extends Kind>(t: T, d: Asking<T>, take: Take<T>, patience?: Patience): void {
    const { kiosk, recorder, clock, link, topics, drain } = this.#parts;
    const isInVain = link.session === null || (patience !== undefined && !drain.hasReader);
    if (isInVain || this.#open.size >= OPEN_MAX) {
      patience?.silent();
      return;
    }
    const id = recorder.newId();
    const key = patience === undefined ? t : id;
    const limit =
      patience &&
      clock.after(`question ${t}`, patience.withinMs, () => {
        this.#open.delete(id);
        patience.silent();
      });
    this.#open.set(key, { id, t, atMono: clock.monoMs(), take, limit: limit ?? null });
    const question = { v: 1, k: kiosk, id, t, ts: timeText(clock.wallMs()), d } as Question;
    const { qos, retain, expiryS } = MESSAGES.req;
    const payload = JSON.stringify(question);
    link.publish({ topic: topics.req(t), payload, qos, retain, expiryS });
  }

  /** An answer that is signed, and to a question that is open. */
  take(message: Incoming): void {
    const answer = said(MESSAGES.rep, message, this.#parts);
    if (answer === null) return;
    const asked = this.#open.get(answer.re) ?? this.#open.get(answer.t);
    const tookMs = this.#parts.clock.monoMs() - (asked?.atMono ?? 0);
    if (asked?.id !== answer.re || asked.t !== answer.t || tookMs > ANSWERED_WITHIN_MS) {
      this.#parts.refusals.refuse('EXPIRED', message.topic);
      return;
    }
    asked.limit?.cancel();
    this.#open.delete(asked.limit === null ? asked.t : asked.id);
    asked.take(answer.d as never, tookMs);
  }
}
