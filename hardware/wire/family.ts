/**
 * What a family of lock boards must tell the bus master. A family is one folder beside this file:
 * its frames, its decoder and a `Dialect`, all pure; and one line in `hardware/bus/families.ts`.
 */
export interface Family {
  readonly name: string;
  /** Baud rate from the factory. */
  readonly baud: number;
  /** Addresses that mean exactly one board; none of them is a broadcast (R9). */
  readonly addresses: { readonly min: number; readonly max: number };
  /** Channels one board may have, from 1. */
  readonly channelsMax: number;
  /** Board-timed pulse lengths that the protocol can carry. */
  readonly pulseMs: PulseLengths;
  /** Silence on the wire after which half a frame is dropped. */
  readonly gapMs: number;
  /**
   * Silence that shows the boards where a frame ended: owed before each request. It is enough after
   * a status that was answered with nothing else on the wire; the longest of a bus counts.
   */
  frameEndMs(baud: number): number;
  /** Silence owed after any other exchange, in which what is late has passed; likewise. */
  readonly quietMs: number;
  /** Whether status replies can carry occupancy bits. */
  readonly senses: { readonly occupancy: boolean };
  /**
   * What a board is asked before it serves, in order; ends with a status (R20). All but `prepare`
   * must be answered, so `prepare` is not the first.
   */
  readonly probe: readonly ('off' | 'identify' | 'prepare' | 'status')[];
  /** The probe of a board with these choices, in families where the choices change it. */
  probeWith?(settings: Settings): Family['probe'];
  /**
   * Where documents of the family disagree, the installation chooses: allowed values by the name
   * of the choice, the default first.
   */
  readonly settings: Readonly<Record<string, readonly [string, ...string[]]>>;
  /** What a board can do with all choices made, in families where they change it. */
  limitsWith?(settings: Settings): { readonly channelsMax: number; readonly occupancy: boolean };
  /** Families whose frames and this one's cannot be mistaken for one another. */
  readonly mayShareBusWith: readonly string[];
  /** Longest time between the last bit of `request` and the first bit of a healthy reply. */
  turnaroundMs(request: BoardRequest, settings: Settings): number;
  /**
   * When boards with these choices answer an unlock: at once where it is not said, when the pulse
   * is over, or not at all as far as anybody knows; then an answer is welcome and not awaited.
   */
  unlockReply?(settings: Settings): 'at-once' | 'after-pulse' | 'none';
  /** Bytes of the longest reply to `request` of a board with `channels` channels. */
  replyBytesMax(request: BoardRequest, channels: number): number;
  /** The talking side for one bus; `firstId` (0 to 65535) is where request ids start. */
  dialect(firstId: number): Dialect;
}

/** `only` lists the lengths where not every one between is possible. */
interface PulseLengths {
  readonly min: number;
  readonly max: number;
  readonly only?: readonly number[];
}

export type BoardRequest =
  | { readonly kind: 'identify' }
  | { readonly kind: 'status'; readonly channels: number }
  | { readonly kind: 'unlock'; readonly channel: number; readonly pulseMs: number }
  /** Sets up a board that keeps its pulse time itself. */
  | { readonly kind: 'prepare'; readonly pulseMs: number }
  | { readonly kind: 'off' };

/** The choices of one board, by name; one that is left out has the family's default. */
export type Settings = Readonly<Record<string, string>>;

export type BoardReply =
  | { readonly kind: 'identity'; readonly identity: BoardIdentity }
  | { readonly kind: 'status'; readonly reading: BoardReading }
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly code: number; readonly why: string };

export interface BoardIdentity {
  readonly channels: number;
  /** Counts the board's starts, 0 to 65535; absent where the family has none. */
  readonly boot?: number;
  readonly model: string;
}

/** One look at a whole board; index 0 is channel 1. */
export interface BoardReading {
  /** Raw feedback contact: true is closed. What that says of the door is the owner's business. */
  readonly contacts: readonly boolean[];
  /** True where something lies in the slot; absent on boards without such sensors. */
  readonly occupied?: readonly boolean[];
  /** Contact changes since the board started, modulo 16; absent where the family has none. */
  readonly changes?: readonly number[];
  /** The same counter as in the identity; another value than before means a restart. */
  readonly boot?: number;
}

export type NoiseReason =
  | 'overlong'
  | 'garbage'
  | 'checksum'
  | 'half-frame'
  | 'echo'
  | 'late'
  | 'foreign'
  | 'malformed'
  | 'unsolicited';

/** What came out of the bytes: the awaited reply, or something discarded and why. */
export type Heard = { readonly kind: 'reply'; readonly reply: BoardReply } | Noise;

/** `address` names the board that reported a change by itself: it is worth asking soon. */
export interface Noise {
  readonly kind: 'noise';
  readonly reason: NoiseReason;
  readonly text: string;
  readonly address?: number;
}

/** One side of a conversation on one bus: encodes a request and knows its answer again. */
export interface Dialect {
  /**
   * Encodes a request and makes its answer the only one awaited from now on.
   * @throws RangeError when the address, the channel or the pulse is outside the family's limits.
   */
  ask(address: number, request: BoardRequest, settings?: Settings): Uint8Array;
  /** Takes bytes as they come; keeps at most a bounded part of an unfinished frame. */
  receive(bytes: Uint8Array): readonly Heard[];
  /** The wire was silent for `gapMs`: drops an unfinished frame. */
  gap(): readonly Heard[];
}
