import type { BoardReply, BoardRequest, Dialect, Heard, Settings } from '../family.ts';
import type { Decoded, FrameDecoder } from './decoder.ts';
import { CODE, type Frame, HEAD, type ShortFrame, sealed } from './frame.ts';
import { ADDRESSES, BOARD_PULSE_MS, CHANNELS_MAX, PULSE_SECONDS } from './limits.ts';
import { type Choices, choicesOf, statusBytesOf } from './settings.ts';

type Unlock = Extract<BoardRequest, { kind: 'unlock' }>;
type Status = Extract<BoardRequest, { kind: 'status' }>;

interface Asked {
  readonly address: number;
  readonly request: Unlock | Status;
  readonly bytes: Uint8Array;
  readonly choices: Choices;
  answered: boolean;
  echoed: boolean;
}

/**
 * The host's side. There are no request ids: a reply is known by head, board, channel, code and
 * length, and by being the first after the request. What that leaves open is in the README.
 */
export class ShuomingDialect implements Dialect {
  readonly #decoder: FrameDecoder;
  #asked: Asked | undefined;
  /** The unlock before: its reply may still be on its way. */
  #unlockBefore: { readonly address: number; readonly channel: number } | undefined;
  /** Whether the last status reply came behind an echo of its request. */
  #adapterEchoes = false;

  constructor(decoder: FrameDecoder) {
    this.#decoder = decoder;
  }

  /** @throws RangeError also for requests that these boards do not know. */
  ask(address: number, request: BoardRequest, settings: Settings = {}): Uint8Array {
    checkRange('board address', address, ADDRESSES);
    const choices = choicesOf(settings);
    const asked = this.#compose(address, request, choices);
    const before = this.#asked;
    if (before?.request.kind === 'unlock') {
      this.#unlockBefore = { address: before.address, channel: before.request.channel };
    }
    this.#asked = asked;
    const { echo } = choices;
    const echoes = echo === 'adapter' || (echo === 'learned' && this.#adapterEchoes);
    this.#decoder.expectEcho(echoes ? asked.bytes : undefined);
    return asked.bytes;
  }

  receive(bytes: Uint8Array): readonly Heard[] {
    return this.#decoder.push(bytes).map((decoded) => this.#judge(decoded));
  }

  gap(): readonly Heard[] {
    return this.#decoder.gap().map((decoded) => this.#judge(decoded));
  }

  #compose(address: number, request: BoardRequest, choices: Choices): Asked {
    const rest = { address, choices, answered: false, echoed: false };
    switch (request.kind) {
      case 'status': {
        checkRange('channels', request.channels, { min: 1, max: CHANNELS_MAX });
        this.#decoder.expectStatus(address, statusBytesOf(request.channels, choices));
        return { ...rest, request, bytes: sealed(HEAD.status, address, 0, CODE.read) };
      }
      case 'unlock': {
        // Channel 0 would open every lock of the board (R9).
        checkRange('channel', request.channel, { min: 1, max: CHANNELS_MAX });
        const seconds = secondsOf(request.pulseMs);
        const body = [HEAD.unlock, address, request.channel, choices.unlockCode, ...seconds];
        return { ...rest, request, bytes: sealed(...body) };
      }
      default:
        throw new RangeError(`these boards know no request "${request.kind}"`);
    }
  }

  #judge(decoded: Decoded): Heard {
    const { bytes } = decoded;
    if ('reason' in decoded) return { kind: 'noise', reason: decoded.reason, text: hex(bytes) };
    if ('echo' in decoded) return this.#echo(hex(bytes));
    const { frame } = decoded;
    const asked = this.#asked;
    const reply = asked && replyIn(frame, asked);
    if (asked && reply && !asked.answered) return this.#answer(asked, reply);
    const text = hex(bytes);
    if (reply || this.#isOld(frame)) return { kind: 'noise', reason: 'late', text };
    if (asked && hex(asked.bytes) === text) return this.#echo(text);
    if (frame.kind === 'short' && isReport(frame)) {
      return { kind: 'noise', reason: 'unsolicited', text, address: frame.address };
    }
    return { kind: 'noise', reason: 'foreign', text };
  }

  #answer(asked: Asked, reply: BoardReply): Heard {
    asked.answered = true;
    // Only here request and reply cannot be mistaken, so only here an echo can be learned from.
    if (reply.kind === 'status') this.#adapterEchoes = asked.echoed;
    return { kind: 'reply', reply };
  }

  #echo(text: string): Heard {
    if (this.#asked) this.#asked.echoed = true;
    return { kind: 'noise', reason: 'echo', text };
  }

  /** Whether the frame answers an earlier request. */
  #isOld(frame: Frame): boolean {
    // A bulk frame is recognised only from boards that have been asked for one.
    if (frame.kind === 'bulk') return true;
    const before = this.#unlockBefore;
    return before !== undefined && answersUnlock(frame, before.address, before.channel);
  }
}

/** What a frame says to a request that it answers. */
function replyIn(frame: Frame, { address, request, choices }: Asked): BoardReply | undefined {
  if (request.kind === 'unlock') {
    const answers = frame.kind === 'short' && answersUnlock(frame, address, request.channel);
    return answers ? { kind: 'done' } : undefined;
  }
  if (frame.kind !== 'bulk' || frame.address !== address) return undefined;
  const lowFirst = Uint8Array.from(frame.status);
  if (choices.bulkOrder === 'last-first') lowFirst.reverse();
  const contacts: boolean[] = [];
  for (let index = 0; index < request.channels; index += 1) {
    contacts.push((((lowFirst[index >> 3] ?? 0) >> (index & 7)) & 1) === 1);
  }
  return { kind: 'status', reading: { contacts } };
}

/** The contact in it is not looked at: what a door does, only a status tells. */
function answersUnlock(frame: ShortFrame, address: number, channel: number): boolean {
  const { head, code, seconds } = frame;
  if (head !== HEAD.unlock || seconds !== undefined) return false;
  if (code !== CODE.contactOpen && code !== CODE.contactClosed) return false;
  return frame.address === address && frame.channel === channel;
}

function isReport({ head }: ShortFrame): boolean {
  return head === HEAD.changed || head === HEAD.changedOther;
}

/** The byte for the length of a pulse: none for the board's own length. */
function secondsOf(pulseMs: number): readonly number[] {
  if (pulseMs === BOARD_PULSE_MS) return [];
  const seconds = pulseMs / 1_000;
  const { min, max } = PULSE_SECONDS;
  if (Number.isInteger(seconds) && seconds >= min && seconds <= max) return [seconds];
  const whole = `whole seconds from ${min * 1_000} to ${max * 1_000}`;
  throw new RangeError(`pulse in ms is ${pulseMs}, allowed are ${BOARD_PULSE_MS} and ${whole}`);
}

function checkRange(what: string, value: number, limit: { min: number; max: number }): void {
  if (Number.isInteger(value) && value >= limit.min && value <= limit.max) return;
  throw new RangeError(`${what} is ${value}, allowed are ${limit.min} to ${limit.max}`);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(' ');
}
