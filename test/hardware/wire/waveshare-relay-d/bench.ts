import {
  type BoardHealth,
  type BoardReading,
  type BoardSetup,
  Bus,
  families,
  type NoiseReason,
  type OpenBytePort,
  type Verdict,
} from '../../../../hardware/index.ts';
import { MemoryPort } from '../../../../sim/memory-port.ts';
import { seededRandom } from '../../../../sim/random.ts';
import { VirtualClock } from '../../../../sim/virtual-clock.ts';
import { type BoardPlan, type SimBus, Wall } from '../../../../sim/wall.ts';

const BOARD: BoardPlan = {
  ...{ id: 'A', address: 1, family: 'waveshare-relay-d', channels: 8, occupancy: true },
  settings: {},
};

interface Setup {
  readonly boards?: readonly Partial<BoardPlan>[];
  /** Boards that the host knows of, where these are not those of the wall. */
  readonly known?: readonly Partial<BoardPlan>[];
}

/** The real bus, a memory port and simulated boards at 9600 baud, with all that the bus tells. */
export class Bench {
  readonly clock = new VirtualClock();
  readonly wall: Wall;
  readonly wire: SimBus['wire'];
  readonly port: MemoryPort;
  readonly bus: Bus;
  /** What the host wrote, in hexadecimal pairs. */
  readonly written: string[] = [];
  readonly readings: { board: string; reading: BoardReading; atMs: number }[] = [];
  readonly health: { board: string; health: BoardHealth; why: string }[] = [];
  readonly noise: NoiseReason[] = [];

  constructor({ boards = [{}], known = boards }: Setup = {}) {
    const buses = [{ name: 'main', baud: 9_600, boards: boards.map(planned) }];
    this.wall = new Wall(this.clock, seededRandom(7), { buses });
    this.wire = this.wall.bus('main').wire;
    this.port = new MemoryPort(this.clock, this.wire);
    this.bus = new Bus({
      name: 'main',
      open: this.#open,
      baud: 9_600,
      clock: this.clock,
      firstId: 0,
      boards: known.map(planned).map(setupOf),
      on: {
        reading: (board, reading, atMs) => this.readings.push({ board, reading, atMs }),
        health: (board, health, why) => this.health.push({ board, health, why }),
        port: () => {},
        noise: (_board, reason) => this.noise.push(reason),
      },
    });
  }

  /** Starts the bus and lets every healthy board come into service. */
  started(): this {
    this.bus.start();
    this.clock.advance(1_000);
    return this;
  }

  unlock({ board = 'A', channel = 1, pulseMs = 500 } = {}): Verdict[] {
    const verdicts: Verdict[] = [];
    const done = (verdict: Verdict) => verdicts.push(verdict);
    this.bus.unlock({ board, channel, pulseMs, wanted: () => true, done });
    return verdicts;
  }

  /** Health of a board now. */
  healthOf(board = 'A'): BoardHealth | undefined {
    return this.health.findLast((event) => event.board === board)?.health;
  }

  contacts(board = 'A'): readonly boolean[] {
    return this.readings.findLast((event) => event.board === board)?.reading.contacts ?? [];
  }

  /** What is written from now on, as far as it begins like this. */
  writesFrom(place: number, head: string): string[] {
    return this.written.slice(place).filter((hex) => hex.startsWith(head));
  }

  readonly #open: OpenBytePort = (handlers) => {
    this.port.open({
      ...handlers,
      opened: (port) =>
        handlers.opened({
          close: () => port.close(),
          write: (bytes, written) => {
            this.written.push(Buffer.from(bytes).toString('hex').toUpperCase());
            port.write(bytes, written);
          },
        }),
    });
  };
}

function planned(board: Partial<BoardPlan>): BoardPlan {
  return { ...BOARD, ...board };
}

function setupOf({ id, address, family, channels, settings = {} }: BoardPlan): BoardSetup {
  const found = families.get(family);
  if (!found) throw new Error(`no family "${family}"`);
  return { id, address, channels, settings, family: found };
}
