import type {
  BoardReading,
  BoardRequest,
  Dialect,
  Heard,
  NoiseReason,
  Settings,
} from '../family.ts';
import { type Decoded, KerongDecoder } from './decoder.ts';
import { type FrameShape, hex } from './frame.ts';
import { ADDRESSES, PULSE_MS } from './limits.ts';

/** What is particular to one family of these boards. */
export interface BoardType {
  readonly shape: FrameShape;
  readonly channelsMax: number;
  /** The request's frame, or `undefined` when the boards know no such request. */
  encode(address: number, request: BoardRequest): Uint8Array | undefined;
  /** What a good frame of the family says. */
  read(frame: Uint8Array): Said;
  /** Whether the item bits of a status are to be believed. */
  itemsCount(settings: Settings): boolean;
  /** Whether a change frame is a report of the board it names. */
  changesCount(settings: Settings): boolean;
}

export type Said =
  /** Only hosts say this. */
  | { readonly kind: 'request' }
  | {
      readonly kind: 'status';
      readonly address: number;
      /** Index 0 is lock 1; true is a set bit. */
      readonly hooks: readonly boolean[];
      readonly items: readonly boolean[];
    }
  | { readonly kind: 'change'; readonly address: number }
  /** Good marks, length and sum, and a field that cannot be. */
  | { readonly kind: 'odd' };

type Status = Extract<Said, { kind: 'status' }>;

interface Asked {
  readonly address: number;
  readonly request: BoardRequest;
  readonly settings: Settings;
  readonly bytes: Uint8Array;
}

/**
 * The host's side. Replies carry no id, and an unlock is answered with a status if at all, so that
 * a reply is known by its board, its command, its exact length and the request that stands open.
 */
export class KerongDialect implements Dialect {
  readonly #type: BoardType;
  readonly #decoder: KerongDecoder;
  #asked: Asked | undefined;
  #answered = false;
  /** Boards that may still answer an earlier request; at most one entry for each address. */
  readonly #owing = new Set<number>();
  /** Boards whose change frames count; at most one entry for each address. */
  readonly #reporting = new Set<number>();

  constructor(type: BoardType) {
    this.#type = type;
    this.#decoder = new KerongDecoder(type.shape);
  }

  ask(address: number, request: BoardRequest, settings: Settings = {}): Uint8Array {
    checkRange('board address', address, ADDRESSES);
    this.#checkRequest(request);
    const bytes = this.#type.encode(address, request);
    if (bytes === undefined) throw new RangeError(`these boards know no ${request.kind}`);
    this.#noteOwing();
    if (this.#type.changesCount(settings)) this.#reporting.add(address);
    else this.#reporting.delete(address);
    this.#asked = { address, request, settings, bytes };
    this.#answered = false;
    return bytes;
  }

  receive(bytes: Uint8Array): readonly Heard[] {
    return this.#decoder.push(bytes).map((decoded) => this.#judge(decoded));
  }

  gap(): readonly Heard[] {
    return this.#decoder.gap().map((decoded) => this.#judge(decoded));
  }

  #noteOwing(): void {
    const asked = this.#asked;
    // No status answers a `prepare`.
    if (!asked || this.#answered || asked.request.kind === 'prepare') return;
    this.#owing.add(asked.address);
  }

  #checkRequest(request: BoardRequest): void {
    const channels = { min: 1, max: this.#type.channelsMax };
    if (request.kind === 'unlock') checkRange('channel', request.channel, channels);
    if (request.kind === 'status') checkRange('channels', request.channels, channels);
    if ('pulseMs' in request) checkRange('pulse in ms', request.pulseMs, PULSE_MS);
  }

  #judge(decoded: Decoded): Heard {
    if ('reason' in decoded) return { kind: 'noise', ...decoded };
    const said = this.#type.read(decoded.frame);
    if (said.kind !== 'status') return this.#noise(said, hex(decoded.frame));
    const reason = this.#notAwaited(said.address);
    if (reason === undefined) return this.#answer(said);
    return { kind: 'noise', reason, text: hex(decoded.frame) };
  }

  #noise(said: Exclude<Said, Status>, text: string): Heard {
    switch (said.kind) {
      case 'request': {
        const isEcho = this.#asked !== undefined && text === hex(this.#asked.bytes);
        return { kind: 'noise', reason: isEcho ? 'echo' : 'foreign', text };
      }
      case 'change':
        return this.#reporting.has(said.address)
          ? { kind: 'noise', reason: 'unsolicited', text, address: said.address }
          : { kind: 'noise', reason: 'foreign', text };
      case 'odd':
        return { kind: 'noise', reason: 'malformed', text };
    }
  }

  /** Why a status of the board at `address` is not the awaited reply, or `undefined` if it is. */
  #notAwaited(address: number): NoiseReason | undefined {
    const asked = this.#asked;
    if (address !== asked?.address) return 'foreign';
    if (this.#answered || asked.request.kind === 'prepare') return 'late';
    // What may answer an earlier request must not pass for the answer to an unlock. For a status
    // request it may: it is a reading of this board, only a little older.
    const isStale = asked.request.kind === 'unlock' && this.#owing.delete(address);
    return isStale ? 'late' : undefined;
  }

  #answer(said: Status): Heard {
    this.#answered = true;
    this.#owing.delete(said.address);
    const asked = this.#asked;
    if (asked?.request.kind !== 'status') return { kind: 'reply', reply: { kind: 'done' } };
    const { channels } = asked.request;
    const contacts = said.hooks.slice(0, channels);
    const reading: BoardReading = this.#type.itemsCount(asked.settings)
      ? { contacts, occupied: said.items.slice(0, channels) }
      : { contacts };
    return { kind: 'reply', reply: { kind: 'status', reading } };
  }
}

function checkRange(what: string, value: number, limit: { min: number; max: number }): void {
  if (Number.isInteger(value) && value >= limit.min && value <= limit.max) return;
  throw new RangeError(`${what} is ${value}, allowed are ${limit.min} to ${limit.max}`);
}
