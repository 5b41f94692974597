import { LineBoard } from './line.ts';
import type { BoardSetup, SimBoard } from './sim-board.ts';

/** How to build a board of each family. */
export const FAMILIES = {
  line: (setup: BoardSetup): SimBoard => new LineBoard(setup),
} as const;
