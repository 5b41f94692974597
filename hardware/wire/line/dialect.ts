import type { BoardReply, BoardRequest, Dialect, Heard, NoiseReason } from '../family.ts';
import type { Decoded, LineDecoder } from './decoder.ts';
import { encodeLine, hex, type LineFrame } from './frame.ts';
import { ADDRESSES, CHANNELS_MAX, PULSE_MS } from './limits.ts';
import { readReply, VERBS } from './replies.ts';

const IDS = 0x1_0000;

/** The host's side of the `line` protocol. */
export class LineDialect implements Dialect {
  readonly #decoder: LineDecoder;
  /** Last boot counter heard from each address: at most one entry for each of the addresses. */
  readonly #boots = new Map<number, number>();
  #nextId: number;
  #asked: { readonly frame: LineFrame; readonly request: BoardRequest } | undefined;
  #answered = false;

  constructor(decoder: LineDecoder, firstId: number) {
    checkRange('first id', firstId, { min: 0, max: IDS - 1 });
    this.#decoder = decoder;
    this.#nextId = firstId;
  }

  /** The family has no settings, and its boards need no preparation. */
  ask(address: number, request: BoardRequest): Uint8Array {
    checkRange('board address', address, ADDRESSES);
    const args = this.#args(address, request);
    const id = this.#nextId;
    const frame: LineFrame = {
      direction: 'request',
      address,
      id,
      verb: VERBS[request.kind],
      args,
    };
    this.#nextId = (id + 1) % IDS;
    this.#asked = { frame, request };
    this.#answered = false;
    return encodeLine(frame);
  }

  receive(bytes: Uint8Array): readonly Heard[] {
    return this.#decoder.push(bytes).map((decoded) => this.#judge(decoded));
  }

  gap(): readonly Heard[] {
    return this.#decoder.gap().map((decoded) => this.#judge(decoded));
  }

  #args(address: number, request: BoardRequest): readonly string[] {
    if (request.kind !== 'unlock') return [];
    checkRange('channel', request.channel, { min: 1, max: CHANNELS_MAX });
    checkRange('pulse in ms', request.pulseMs, PULSE_MS);
    const boot = this.#boots.get(address);
    // Without the counter the board could not tell a pulse from one meant for before its restart.
    if (boot === undefined) throw new RangeError(`board ${address} never told its boot counter`);
    return [String(request.channel), String(request.pulseMs), hex(boot, 4)];
  }

  #judge(decoded: Decoded): Heard {
    const { text } = decoded;
    if ('reason' in decoded) return { kind: 'noise', reason: decoded.reason, text };
    const reason = this.#notAwaited(decoded.frame);
    if (reason !== undefined) return { kind: 'noise', reason, text };
    const reply = this.#asked && readReply(decoded.frame, this.#asked.request);
    if (reply === undefined) return { kind: 'noise', reason: 'malformed', text };
    this.#answered = true;
    this.#remember(decoded.frame.address, reply);
    return { kind: 'reply', reply };
  }

  /** Why a good line is not the awaited reply, or `undefined` when it is. */
  #notAwaited(frame: LineFrame): NoiseReason | undefined {
    const asked = this.#asked?.frame;
    if (asked === undefined) return 'foreign';
    const same = frame.id === asked.id && frame.address === asked.address;
    if (frame.direction === 'request') {
      return same && frame.verb === asked.verb ? 'echo' : 'foreign';
    }
    if (same) return this.#answered ? 'late' : undefined;
    // Ids count up and wrap, so an id less than half the circle behind is one of the past.
    const behind = (asked.id - frame.id + IDS) % IDS;
    return behind > 0 && behind < IDS / 2 ? 'late' : 'foreign';
  }

  #remember(address: number, reply: BoardReply): void {
    let boot: number | undefined;
    if (reply.kind === 'identity') boot = reply.identity.boot;
    if (reply.kind === 'status') boot = reply.reading.boot;
    if (boot !== undefined) this.#boots.set(address, boot);
  }
}

function checkRange(what: string, value: number, limit: { min: number; max: number }): void {
  if (Number.isInteger(value) && value >= limit.min && value <= limit.max) return;
  throw new RangeError(`${what} is ${value}, allowed are ${limit.min} to ${limit.max}`);
}
