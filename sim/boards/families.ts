import { kerongCu16Board } from './kerong-cu16.ts';
import { kerongCu48Board } from './kerong-cu48.ts';
import { LineBoard } from './line.ts';
import { Shuoming8a } from './shuoming-8a.ts';
import type { BoardSetup, SimBoard } from './sim-board.ts';
import { WaveshareRelayD } from './waveshare-relay-d.ts';

/** How to build a board of each family. */
export const FAMILIES = {
  line: (setup: BoardSetup): SimBoard => new LineBoard(setup),
  'shuoming-8a': (setup: BoardSetup): SimBoard => new Shuoming8a(setup),
  'kerong-cu16': kerongCu16Board,
  'kerong-cu48': kerongCu48Board,
  'waveshare-relay-d': (setup: BoardSetup): SimBoard => new WaveshareRelayD(setup),
} as const;
