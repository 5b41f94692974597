import type { Clock } from '../control/ports.ts';
import type { Recorder } from '../control/recorder.ts';
import { type Identity, timeText } from './envelope.ts';
import type { Link } from './link.ts';
import { MESSAGES, type Message, type ResultCode } from './messages.ts';
import type { UpTopics } from './topics.ts';

interface Parts {
  readonly identity: Identity;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly link: Link;
  readonly topics: UpTopics;
}

type Answer = Message<'res'>;

/** What is said to whoever sent a command; at once, before anything else that waits. */
export class Answers {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The text of a terminal result, to be kept and sent as it is from then on. */
  terminal(d: Answer['d'], session: string): string {
    return this.#text('command.result', d, session);
  }

  /** That a command takes its time: said once, and no end of it. */
  underWay(d: Omit<Answer['d'], 'ok' | 'code'>): void {
    const { session } = this.#parts.link;
    if (session === null) return;
    const said = { ...d, ok: true, code: 'UNDER_WAY' } as const;
    this.send(this.#text('command.progress', said, session));
  }

  refused(code: ResultCode, refused: number): void {
    const { session } = this.#parts.link;
    if (session === null) return;
    const d = { cmd: null, type: null, ok: false, code, refused };
    this.send(this.#text('command.refused', d, session));
  }

  send(payload: string): void {
    const { link, topics } = this.#parts;
    const { qos, retain, expiryS } = MESSAGES.res;
    link.publish({ topic: topics.res, payload, qos, retain, expiryS }, () => {}, true);
  }

  #text(t: Answer['t'], d: Answer['d'], sess: string): string {
    const { identity, recorder, clock } = this.#parts;
    const answer: Answer = {
      v: 1,
      id: recorder.newId(),
      t,
      k: identity.kiosk,
      ep: identity.epoch,
      sess,
      boot: identity.boot,
      ts: timeText(clock.wallMs()),
      mono: Math.floor(clock.monoMs()),
      clk: identity.clockState(),
      cause: d.cmd === null ? null : `cmd:${d.cmd}`,
      d,
    };
    return JSON.stringify(answer);
  }
}
