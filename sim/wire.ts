import type { BusClock } from '../hardware/bus/clock.ts';
import { Faults, type WireFault } from './faults.ts';
import { Pipe } from './pipe.ts';
import type { Random } from './random.ts';

/** A start bit, eight data bits, a stop bit. */
const BITS_PER_BYTE = 10;
/** The latest answers that documents of boards speak of come after a second. */
const LATE_MAX_MS = 1_000;

/** Something that talks on the wire; what it says is sent in order, never over itself. */
interface Station {
  readonly hear: (bytes: Uint8Array) => void;
  freeMs: number;
}

interface Transmission {
  readonly station: Station;
  bytes: Uint8Array;
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * One half-duplex medium with a host and any number of boards. Each byte takes its wire time, a
 * frame arrives with its last bit, everyone hears everyone else, and who talks over another
 * garbles both.
 */
export class Wire {
  /** Faults of what the host sends. */
  readonly toBoards: Faults<WireFault>;
  /** Faults of what the host hears. */
  readonly toHost: Faults<WireFault>;

  readonly #clock: BusClock;
  readonly #random: Random;
  readonly #byteMs: number;
  readonly #host: Station;
  readonly #boards: Station[] = [];
  readonly #hostPipe: Pipe;
  readonly #boardsPipe: Pipe;
  #hostHears: ((bytes: Uint8Array) => void) | undefined;
  /** What is on the wire or waits for its station's turn. */
  #live: Transmission[] = [];

  /** `baud` 0 is a wire that takes no time. */
  constructor(clock: BusClock, random: Random, baud: number) {
    this.#clock = clock;
    this.#random = random;
    this.#byteMs = baud === 0 ? 0 : (BITS_PER_BYTE * 1000) / baud;
    this.toBoards = new Faults(random);
    this.toHost = new Faults(random);
    this.#host = { hear: (bytes) => this.#hostHears?.(bytes), freeMs: 0 };
    this.#hostPipe = new Pipe(clock, random, this.toHost, this.#host.hear);
    this.#boardsPipe = new Pipe(clock, random, this.toBoards, (bytes) => {
      for (const board of this.#boards) board.hear(bytes);
    });
  }

  /** Adds a board, or any other talker, for good; returns its transmitter. */
  attach(hear: (bytes: Uint8Array) => void): (bytes: Uint8Array) => void {
    const station: Station = { hear, freeMs: 0 };
    this.#boards.push(station);
    return (bytes) => this.#transmit(station, bytes, this.toHost);
  }

  /** The host's end: `hear` gets what comes from now on, in place of an earlier listener. */
  connect(hear: (bytes: Uint8Array) => void): void {
    this.#hostHears = hear;
  }

  /** Nobody listens at the host's end; what its adapter does not hold back still goes out. */
  disconnect(): void {
    this.#hostHears = undefined;
    this.#dropHeld();
  }

  /** The host's adapter is pulled: its bytes that are not on the wire yet are gone. */
  pull(): void {
    this.disconnect();
    const nowMs = this.#clock.monoMs();
    this.#host.freeMs = nowMs;
    for (const sent of this.#live) {
      if (sent.station !== this.#host || this.#byteMs === 0) continue;
      const gone = Math.max(0, Math.floor((nowMs - sent.startMs) / this.#byteMs));
      sent.bytes = sent.bytes.subarray(0, gone);
    }
  }

  /** The host transmits. */
  send(bytes: Uint8Array): void {
    this.#transmit(this.#host, bytes, this.toBoards);
  }

  #transmit(station: Station, bytes: Uint8Array, faults: Faults<WireFault>): void {
    const nowMs = this.#clock.monoMs();
    const lateMs = faults.strikes('delay') ? 1 + this.#random.int(LATE_MAX_MS) : 0;
    const startMs = Math.max(nowMs + lateMs, station.freeMs);
    const endMs = startMs + bytes.length * this.#byteMs;
    station.freeMs = endMs;
    const sent: Transmission = { station, bytes: Buffer.from(bytes), startMs, endMs };
    for (const other of this.#live) this.#collide(sent, other);
    this.#live.push(sent);
    this.#clock.after('frame is on the wire', endMs - nowMs, () => this.#arrive(sent));
  }

  #arrive(sent: Transmission): void {
    this.#live = this.#live.filter((other) => other !== sent);
    const { station, bytes } = sent;
    if (bytes.length === 0) return;
    if (station === this.#host) {
      const echoed = this.toBoards.strikes('echo');
      this.#boardsPipe.push(bytes);
      if (echoed) this.#hostPipe.push(bytes);
      if (this.#hostHears === undefined) this.#dropHeld();
      return;
    }
    for (const other of this.#boards) if (other !== station) other.hear(bytes);
    this.#hostPipe.push(bytes);
  }

  /** An adapter that is closed or has no power forgets what it held back. */
  #dropHeld(): void {
    this.#boardsPipe.drop();
    this.#hostPipe.drop();
  }

  #collide(a: Transmission, b: Transmission): void {
    if (a.station === b.station) return;
    const fromMs = Math.max(a.startMs, b.startMs);
    const toMs = Math.min(a.endMs, b.endMs);
    // On a wire that takes no time only the same instant is the same time.
    if (fromMs > toMs || (fromMs === toMs && this.#byteMs > 0)) return;
    this.#garble(a, fromMs, toMs);
    this.#garble(b, fromMs, toMs);
  }

  #garble(sent: Transmission, fromMs: number, toMs: number): void {
    const byteMs = this.#byteMs;
    const from = byteMs === 0 ? 0 : Math.floor((fromMs - sent.startMs) / byteMs);
    const to = byteMs === 0 ? sent.bytes.length : Math.ceil((toMs - sent.startMs) / byteMs);
    for (let index = from; index < Math.min(to, sent.bytes.length); index += 1) {
      sent.bytes[index] = (sent.bytes[index] ?? 0) ^ (1 + this.#random.int(255));
    }
  }
}
