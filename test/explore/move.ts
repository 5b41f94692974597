import type { Lie } from './lies.ts';
import type { Turn } from './turn.ts';
import type { Setting, World } from './world.ts';

/** One thing that can happen to a compartment. */
export interface Move {
  readonly name: string;
  readonly can: (world: World, setting: Setting) => boolean;
  readonly play: (turn: Turn) => void;
  /** The untruth or misdeed in it, by what is really the case; null when there is none. */
  readonly lie?: (world: World, setting: Setting) => Lie | null;
  /** Time, the bus, or a technician does it: what I12 may count on. */
  readonly mends?: true;
}
