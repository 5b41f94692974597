import type {
  BoardReply,
  BoardRequest,
  Dialect,
  Heard,
  Noise,
  NoiseReason,
  Settings,
} from '../wire/family.ts';
import type { BytePort } from './byte-port.ts';
import type { BusClock, Timer } from './clock.ts';
import { STALL_GRACE_MS, STALL_MS } from './limits.ts';
import type { Verdict } from './verdict.ts';

/** `bad` is the last thing heard that could have been meant as the reply. */
export type ExchangeState =
  | { readonly name: 'writing' | 'awaiting'; readonly bad?: string }
  | { readonly name: 'ended'; readonly verdict: Verdict };

export type ExchangeEvent =
  | Heard
  | { readonly kind: 'written' }
  | { readonly kind: 'write failed'; readonly why: string }
  | { readonly kind: 'time up' }
  | { readonly kind: 'port lost' };

interface ExchangeSetup {
  readonly clock: BusClock;
  readonly port: BytePort;
  readonly dialect: Dialect;
  readonly address: number;
  readonly request: BoardRequest;
  /** Names the awaited reply in timers and verdicts. */
  readonly awaited: string;
  /** Time from the hand-over of `requestBytes` to the end of the longest reply. */
  readonly timeoutMs: (requestBytes: number) => number;
  readonly settings: Settings;
  /** The request, just before it is handed over. */
  readonly sending: (bytes: Uint8Array) => void;
  readonly noise: (noise: Noise) => void;
  readonly done: (verdict: Verdict) => void;
}

/** One request and its reply. `begin` is called once; `done` is called once after that. */
export class Exchange {
  readonly #setup: ExchangeSetup;
  #state: ExchangeState = { name: 'writing' };
  #timer: Timer | undefined;
  #timeoutMs = 0;
  #deadlineMs = 0;
  #graceGiven = false;
  #isNoisy = false;

  constructor(setup: ExchangeSetup) {
    this.#setup = setup;
  }

  /** A status was answered, and nothing else was on the wire that more could follow. */
  get isPlain(): boolean {
    const isAnswered = this.#state.name === 'ended' && this.#state.verdict.kind === 'Answered';
    return isAnswered && this.#setup.request.kind === 'status' && !this.#isNoisy;
  }

  begin(): void {
    const { dialect, port, sending, timeoutMs } = this.#setup;
    this.heard(dialect.gap());
    const bytes = this.#encode();
    if (bytes === undefined) return;
    // The waiter stands before the first byte leaves: some ports answer within the write.
    this.#timeoutMs = timeoutMs(bytes.length);
    this.#deadlineMs = this.#setup.clock.monoMs() + this.#timeoutMs;
    this.#arm(this.#timeoutMs);
    sending(bytes);
    port.write(bytes, (error) => {
      this.#tell(error ? { kind: 'write failed', why: error.message } : { kind: 'written' });
    });
  }

  portLost(): void {
    this.#tell({ kind: 'port lost' });
  }

  /** The request as bytes. One that the family cannot carry ends here, and the bus goes on. */
  #encode(): Uint8Array | undefined {
    const { dialect, address, request, settings } = this.#setup;
    try {
      return dialect.ask(address, request, settings);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#tell({ kind: 'write failed', why: error.message });
      return undefined;
    }
  }

  /** All that one chunk held is judged before the exchange ends: `done` may start the next one. */
  heard(items: readonly Heard[]): void {
    let state = this.#state;
    for (const item of items) {
      if (item.kind === 'noise') {
        this.#isNoisy = true;
        this.#setup.noise(item);
      }
      state = this.#decide(state, item);
    }
    this.#enter(state);
  }

  #tell(event: ExchangeEvent): void {
    this.#enter(this.#decide(this.#state, event));
  }

  #decide(state: ExchangeState, event: ExchangeEvent): ExchangeState {
    return decide(state, event, this.#setup.awaited, this.#timeoutMs);
  }

  #enter(state: ExchangeState): void {
    const ends = state.name === 'ended' && this.#state.name !== 'ended';
    this.#state = state;
    if (ends) this.#finish(state.verdict);
  }

  #finish(verdict: Verdict): void {
    this.#timer?.cancel();
    this.#setup.done(verdict);
  }

  #arm(delayMs: number): void {
    const name = `reply to ${this.#setup.awaited}`;
    this.#timer = this.#setup.clock.after(name, delayMs, () => this.#timeUp());
  }

  #timeUp(): void {
    // After a stall of this process the timer fires before the bytes that waited are read.
    const stalled = this.#setup.clock.monoMs() > this.#deadlineMs + STALL_MS;
    if (stalled && !this.#graceGiven) {
      this.#graceGiven = true;
      this.#arm(STALL_GRACE_MS);
      return;
    }
    this.heard(this.#setup.dialect.gap());
    this.#tell({ kind: 'time up' });
  }
}

/** What an event makes of an exchange. */
export function decide(
  state: ExchangeState,
  event: ExchangeEvent,
  awaited: string,
  waitedMs: number,
): ExchangeState {
  if (state.name === 'ended') return state;
  switch (event.kind) {
    case 'written':
      return state.bad === undefined ? AWAITING : { ...state, name: 'awaiting' };
    case 'write failed':
      // A port reports a failed write once, and only while none of the bytes can have left.
      return state.name === 'writing' ? ended({ kind: 'NotSent', why: event.why }) : state;
    case 'reply':
      return ended(verdictOf(event.reply));
    case 'noise':
      return OTHERS.has(event.reason)
        ? state
        : { ...state, bad: `${event.reason} "${event.text}"` };
    case 'time up':
      return ended(
        state.bad === undefined
          ? { kind: 'NoReply', awaited, waitedMs }
          : { kind: 'BadReply', awaited, why: state.bad },
      );
    case 'port lost':
      return ended({ kind: 'PortLost', awaited });
  }
}

const AWAITING: ExchangeState = { name: 'awaiting' };

function ended(verdict: Verdict): ExchangeState {
  return { name: 'ended', verdict };
}

function verdictOf(reply: BoardReply): Verdict {
  if (reply.kind !== 'refused') return { kind: 'Answered', reply };
  return { kind: 'Refused', code: reply.code, why: reply.why };
}

/** Whole lines that were never meant as the awaited reply: hearing only these is no reply. */
const OTHERS: ReadonlySet<NoiseReason> = new Set(['echo', 'late', 'foreign', 'unsolicited']);
