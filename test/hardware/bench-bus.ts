import {
  type BoardHealth,
  type BoardReading,
  Bus,
  type BusOptions,
  type Family,
  families,
  type Verdict,
} from '../../hardware/index.ts';
import { FarBoard, FarEnd } from './far-end.ts';
import { ManualClock } from './manual-clock.ts';

interface Unlocking {
  readonly board?: string;
  readonly channel?: number;
  readonly pulseMs?: number;
  readonly wanted?: () => boolean;
}

/** A bus, its far end and a clock on one table, with everything the bus tells written down. */
export class BenchBus {
  readonly clock = new ManualClock();
  readonly far: FarEnd;
  readonly bus: Bus;
  readonly readings: { board: string; reading: BoardReading; atMs: number }[] = [];
  readonly health: { board: string; health: BoardHealth; why: string; atMs: number }[] = [];
  readonly port: { up: boolean; atMs: number }[] = [];
  readonly noise: string[] = [];

  /** One board `b1`, `b2`, … for each far board, configured as the far board is now. */
  constructor(farBoards: FarBoard[] = [new FarBoard(1)], options: Partial<BusOptions> = {}) {
    this.far = new FarEnd(this.clock, ...farBoards);
    const boards = farBoards.map(({ address, channels }) => {
      return { id: `b${address}`, address, family: LINE, channels };
    });
    this.bus = new Bus({
      name: 'test',
      open: this.far.open,
      baud: 115_200,
      clock: this.clock,
      firstId: 0,
      boards,
      on: {
        reading: (board, reading, atMs) => this.readings.push({ board, reading, atMs }),
        health: (board, health, why) =>
          this.health.push({ board, health, why, atMs: this.clock.monoMs() }),
        port: (up) => this.port.push({ up, atMs: this.clock.monoMs() }),
        noise: (_board, reason) => this.noise.push(reason),
      },
      ...options,
    });
  }

  /** Starts the bus and runs it until every healthy board is online. */
  started(): this {
    this.bus.start();
    this.clock.run(100);
    return this;
  }

  board(address = 1): FarBoard {
    const board = this.far.boards.get(address);
    if (!board) throw new Error(`no far board ${address}`);
    return board;
  }

  /** Asks for an unlock; the verdicts it got, so far none or one, are in the returned array. */
  unlock({ board = 'b1', channel = 1, pulseMs = 500, wanted = () => true }: Unlocking = {}) {
    const verdicts: Verdict[] = [];
    this.bus.unlock({ board, channel, pulseMs, wanted, done: (v) => verdicts.push(v) });
    return verdicts;
  }

  healthOf(board: string): BoardHealth[] {
    return this.health.filter((event) => event.board === board).map(({ health }) => health);
  }

  stats(board = 'b1') {
    const stats = this.bus.stats().get(board);
    if (!stats) throw new Error(`no board ${board}`);
    return stats;
  }
}

export const LINE: Family = (() => {
  const line = families.get('line');
  if (!line) throw new Error('no family "line"');
  return line;
})();
