import type { BoardReading, Family, NoiseReason, Settings } from '../wire/family.ts';
import type { SessionState } from './board-machine.ts';
import type { OpenBytePort } from './byte-port.ts';
import type { BusClock } from './clock.ts';
import type { CoilGuard } from './coil-guard.ts';
import type { Verdict } from './verdict.ts';

export interface BusOptions {
  /** Stands in the names of timers. */
  readonly name: string;
  readonly open: OpenBytePort;
  readonly baud: number;
  readonly clock: BusClock;
  /** Where request ids start, 0 to 65535: chosen at random, so that no start repeats old ids. */
  readonly firstId: number;
  /** At least one; ids and addresses occur once. */
  readonly boards: readonly BoardSetup[];
  /** Pace of boards where nothing is expected. */
  readonly idlePollMs?: number;
  /** Pace of boards that are hurried or were pulsed a moment ago. */
  readonly activePollMs?: number;
  /** What the way between the wire and this program may add to the time of a reply. */
  readonly replyMarginMs?: number;
  /** Silence before each request, where an adapter needs more than the boards do to turn round. */
  readonly quietMs?: number;
  /** Guards the power supply; given where several buses share one (R7). */
  readonly coils?: CoilGuard;
  readonly on: BusEvents;
}

export interface BoardSetup {
  readonly id: string;
  readonly address: number;
  readonly family: Family;
  readonly channels: number;
  /** Choices of the family, by name. */
  readonly settings?: Settings;
  /** How long boards that keep the time themselves are to pulse. */
  readonly pulseMs?: number;
}

/** Called synchronously; a handler may call the bus. */
export interface BusEvents {
  /**
   * A status reply of a board in service. After a probe it comes before the health `online`. One
   * that says what the last one said is the same object.
   */
  reading(board: string, reading: BoardReading, atMonoMs: number): void;
  /** The board's health changed. */
  health(board: string, health: BoardHealth, why: string): void;
  /** The port opened, went away, or could not be opened at the first try. */
  port(up: boolean, why: string): void;
  /** Bytes were discarded while, or after, this board was asked. `text` is printable ASCII. */
  noise(board: string, reason: NoiseReason, text: string): void;
}

/**
 * `dark`: the port is closed. `probing`: being switched off, identified and read before it serves.
 * `online`. `quiet`: missed some polls, still serves. `offline`: missed too many; probed with
 * back-off. `misfit`: answers, but is not the board of the configuration.
 */
export type BoardHealth = SessionState['name'];

export interface UnlockJob {
  readonly board: string;
  /** 1 to the board's channels. */
  readonly channel: number;
  /** In the limits of the board's family. */
  readonly pulseMs: number;
  /** Asked at the job's turn: false when its session or command has ended meanwhile (R21). */
  readonly wanted: () => boolean;
  /** Called once; before `unlock` returns when the job cannot be taken at all. */
  readonly done: (verdict: Verdict) => void;
}
