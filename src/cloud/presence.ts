import type { Clock } from '../control/ports.ts';
import type { Store } from '../control/store-port.ts';
import type { Hello, Outgoing } from './broker.ts';
import { type Identity, timeText } from './envelope.ts';
import { MESSAGES, type Message } from './messages.ts';
import type { UpTopics } from './topics.ts';

interface Parts {
  readonly identity: Identity;
  readonly topics: UpTopics;
  readonly store: Pick<Store, 'journal' | 'outbox'>;
  readonly clock: Clock;
  readonly firmware: string;
  /** The public key for what is sealed to this kiosk. */
  readonly box: string;
  /** Every event up to this one was acknowledged. */
  readonly acked: () => number;
  readonly sizes: () => Message<'avail'>['sizes'];
  /** Revisions of the settings and of the people that are in force. */
  readonly revisions: () => { readonly cfgRev: number; readonly provRev: number };
}

/** What the kiosk says of itself. */
export class Presence {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** With the will that the broker tells when the connection is lost. */
  hello(session: string): Hello {
    const { kiosk } = this.#parts.identity;
    return {
      clientId: kiosk,
      will: this.#status({ v: 1, k: kiosk, state: 'lost', sess: session }),
    };
  }

  /** Connected, and not serving yet: the doors are still being read. */
  init(session: string): Outgoing {
    const { kiosk } = this.#parts.identity;
    return this.#status({ v: 1, k: kiosk, state: 'init', sess: session });
  }

  birth(session: string): Outgoing {
    const { identity, store, firmware, box, acked, revisions } = this.#parts;
    const head = store.journal.head();
    return this.#status({
      v: 1,
      k: identity.kiosk,
      state: 'ready',
      sess: session,
      boot: identity.boot,
      ep: identity.epoch,
      lastSeq: head?.seq ?? 0,
      acked: acked(),
      ...revisions(),
      fw: firmware,
      box,
      clk: identity.clockState(),
      auditHead: head === null ? null : `${head.seq}:${head.hash}`,
    });
  }

  /** A stop in order: the will is not told then. */
  farewell(session: string): Outgoing {
    const { kiosk } = this.#parts.identity;
    return this.#status({ v: 1, k: kiosk, state: 'offline', sess: session, reason: 'stopped' });
  }

  telemetry(): Outgoing {
    const { identity, topics, store, clock, sizes } = this.#parts;
    const { count, oldestWall } = store.outbox.waiting();
    const nowMs = clock.wallMs();
    const oldestS = oldestWall === null ? 0 : Math.max(0, Math.round((nowMs - oldestWall) / 1_000));
    const telemetry: Message<'tele'> = {
      v: 1,
      k: identity.kiosk,
      ts: timeText(nowMs),
      clk: identity.clockState(),
      upS: Math.floor(clock.monoMs() / 1_000),
      queue: { count, oldestS },
      slots: sizes(),
    };
    const { qos, retain } = MESSAGES.tele;
    return { topic: topics.tele, payload: JSON.stringify(telemetry), qos, retain };
  }

  #status(status: Message<'status'>): Outgoing {
    const { qos, retain } = MESSAGES.status;
    return { topic: this.#parts.topics.status, payload: JSON.stringify(status), qos, retain };
  }
}
