import {
  type BoardHealth,
  type BoardReading,
  Bus,
  type BusOptions,
  families,
  type OpenBytePort,
  type Verdict,
} from '../../hardware/index.ts';
import { MemoryPort } from '../../sim/memory-port.ts';
import { seededRandom } from '../../sim/random.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import { type BoardPlan, type SimBus, Wall } from '../../sim/wall.ts';
import { bytesOf, hexOf } from '../hardware/wire/shuoming-8a/vectors.ts';

const BAUD = 9_600;
/** Long enough for every answer but the slowest ones. */
const ANSWER_MS = 100;

type Settings = Readonly<Record<string, string>>;

interface BenchSetup {
  readonly channels?: number;
  /** Settings of the board; the driver has the same. */
  readonly settings?: Settings;
  /** Settings of the driver where they differ. */
  readonly driver?: Settings;
  readonly seed?: number;
  readonly boards?: readonly Partial<BoardPlan>[];
  readonly bus?: Partial<BusOptions>;
}

/** Simulated boards on a wire of 9600 baud, and a host that speaks bytes or has the real bus. */
export class ShuomingBench {
  readonly clock = new VirtualClock();
  readonly wall: Wall;
  readonly line: SimBus;
  readonly readings: BoardReading[] = [];
  readonly health: BoardHealth[] = [];
  readonly noise: string[] = [];
  /** What the real bus has sent. */
  readonly sent: string[] = [];
  readonly #setup: BenchSetup;
  #heard: Uint8Array[] = [];

  constructor(setup: BenchSetup = {}) {
    this.#setup = setup;
    const { channels = 8, settings = {}, seed = 1, boards = [{}] } = setup;
    const board: BoardPlan = {
      ...{ id: 'A', address: 1, family: 'shuoming-8a', channels, occupancy: false, settings },
    };
    const plan = { name: 'main', baud: BAUD, boards: boards.map((one) => ({ ...board, ...one })) };
    this.wall = new Wall(this.clock, seededRandom(seed), { buses: [plan] });
    this.line = this.wall.bus('main');
    this.line.wire.connect((bytes) => this.#heard.push(bytes));
  }

  /** Sends bytes; returns what the host heard meanwhile. */
  ask(hex: string, waitMs = ANSWER_MS): string {
    this.#heard = [];
    this.line.wire.send(bytesOf(hex));
    this.clock.advance(waitMs);
    return this.heard();
  }

  /** What the host heard since the last request. */
  heard(): string {
    return hexOf(Uint8Array.from(this.#heard.flatMap((chunk) => [...chunk])));
  }

  /** The real bus, with a moment to find its boards; it knows one for each address. */
  master(): Bus {
    const family = families.get('shuoming-8a');
    if (!family) throw new Error('no family "shuoming-8a"');
    const { settings = {}, driver = {}, bus: options } = this.#setup;
    const known = new Map(this.wall.boards.toReversed().map((one) => [one.address, one]));
    const boards = [...known.values()].map(({ id, address, doors }) => {
      const channels = doors.length;
      return { id, address, family, channels, settings: { ...settings, ...driver } };
    });
    const bus = new Bus({
      ...{ name: 'main', baud: BAUD, clock: this.clock, firstId: 0, boards },
      open: this.#open(),
      on: {
        reading: (_board, reading) => this.readings.push(reading),
        health: (_board, health) => this.health.push(health),
        port: () => {},
        noise: (_board, reason) => this.noise.push(reason),
      },
      ...options,
    });
    bus.start();
    this.clock.advance(200);
    return bus;
  }

  /** The port in memory, with what is written to it written down. */
  #open(): OpenBytePort {
    const { open } = new MemoryPort(this.clock, this.line.wire);
    return (handlers) =>
      open({
        opened: (port) =>
          handlers.opened({
            write: (bytes, written) => {
              this.sent.push(hexOf(bytes));
              port.write(bytes, written);
            },
            close: () => port.close(),
          }),
        bytes: (chunk) => handlers.bytes(chunk),
        lost: (error) => handlers.lost(error),
      });
  }

  /** Asks for an unlock; the verdict comes into the returned array. */
  unlock(bus: Bus, channel = 3, pulseMs = 300): Verdict[] {
    const verdicts: Verdict[] = [];
    const done = (verdict: Verdict) => verdicts.push(verdict);
    bus.unlock({ board: 'A', channel, pulseMs, wanted: () => true, done });
    return verdicts;
  }

  /** The contact of a channel as it was last read. */
  contact(channel = 3): boolean | undefined {
    return this.readings.at(-1)?.contacts[channel - 1];
  }

  get pulses() {
    return this.wall.board('A').pulses;
  }
}
