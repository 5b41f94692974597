import type { BusClock } from '../../hardware/bus/clock.ts';
import type { Door } from '../door.ts';
import type { BoardFault, Faults } from '../faults.ts';
import type { Random } from '../random.ts';

/** One time that a board energised an output. */
export interface Pulse {
  readonly atMs: number;
  readonly channel: number;
  readonly pulseMs: number;
  /** Id of the request that caused it; families without ids count their unlock requests. */
  readonly requestId: number;
  /** The board's boot counter at that time. */
  readonly boot: number;
}

export type BoardEvent =
  | ({ readonly kind: 'pulse' } & Pulse)
  | { readonly kind: 'power off' }
  | { readonly kind: 'started'; readonly boot: number }
  | { readonly kind: 'stuck' };

/** A lock board at the far end of the wire, byte for byte. */
export interface SimBoard {
  readonly id: string;
  readonly family: string;
  readonly address: number;
  /** Index 0 is channel 1. */
  readonly doors: readonly Door[];
  readonly faults: Faults<BoardFault>;
  /** The latest pulses, oldest first; a witness outside the board, untouched by resets. */
  readonly pulses: readonly Pulse[];
  /** Bytes from the wire, from the host or from other boards. */
  hear(bytes: Uint8Array): void;
  /** Outputs drop, memory is lost, nothing is heard. */
  powerOff(): void;
  /** Starts the board; it hears after its start-up time. Also ends being stuck. */
  powerOn(): void;
  /** Off and on again. */
  reset(): void;
  watch(watcher: (event: BoardEvent) => void): void;
}

/** What a family's board is built from. */
export interface BoardSetup {
  readonly id: string;
  readonly address: number;
  readonly doors: readonly Door[];
  readonly occupancy: boolean;
  /** Rate of its bus; 0 is a wire that takes no time. */
  readonly baud: number;
  /** Choices of the family, by name, as the installation has them. */
  readonly settings: Readonly<Record<string, string>>;
  readonly clock: BusClock;
  readonly random: Random;
  /** Puts bytes on the wire. */
  readonly say: (bytes: Uint8Array) => void;
}
