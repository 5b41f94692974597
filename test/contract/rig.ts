import { COIL_REST_MS } from '../../hardware/bus/limits.ts';
import {
  type BoardReading,
  type BoardSetup,
  Bus,
  type Family,
  families,
  type OpenBytePort,
  type Verdict,
} from '../../hardware/index.ts';
import type { BoardRequest } from '../../hardware/wire/family.ts';
import type { SimBoard } from '../../sim/boards/sim-board.ts';
import type { Door } from '../../sim/door.ts';
import { MemoryPort } from '../../sim/memory-port.ts';
import { seededRandom } from '../../sim/random.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import { type SimBus, Wall } from '../../sim/wall.ts';
import type { Member, Variant } from './members.ts';

const PULSE_MS = 300;
export const IDLE_POLL_MS = 250;
/** Time in which a pulse has ended, its supply has rested and its board was read. */
export const OVER_MS = 2 * (PULSE_MS + COIL_REST_MS) + 1_400;

interface Asked {
  readonly atMs: number;
  readonly address: number;
  readonly request: BoardRequest;
}

interface Read {
  readonly atMs: number;
  readonly board: string;
  readonly reading: BoardReading;
}

interface RigOptions {
  /** Addresses of the boards on the wall. */
  readonly addresses?: readonly number[];
  /** Addresses of the boards that the host knows; those of the wall unless given. */
  readonly known?: readonly number[];
  readonly idlePollMs?: number;
}

export type MakeRig = (options?: RigOptions) => Rig;

/** The real bus and driver, and simulated boards at the family's own rate, on one clock. */
export class Rig {
  readonly clock = new VirtualClock();
  readonly family: Family;
  readonly variant: Variant;
  readonly channels: number;
  readonly wall: Wall;
  readonly wire: SimBus['wire'];
  readonly port: MemoryPort;
  /** Every request, as the driver was asked for it; each was put on the wire at that time. */
  readonly asked: Asked[] = [];
  readonly readings: Read[] = [];
  /** `B1 online`, `B1 read`, … in their order. */
  readonly events: string[] = [];
  readonly noise: string[] = [];
  /** What becomes of bytes on their way to the host. */
  arrive: (bytes: Uint8Array) => readonly Uint8Array[] = (bytes) => [bytes];
  /** Gives bytes to the host, as if they had just come. */
  deliver: (bytes: Uint8Array) => void = () => {};
  readonly #options: RigOptions;
  readonly #addresses: readonly number[];
  #bus: Bus;

  constructor(member: Member, variant: Variant, options: RigOptions = {}) {
    this.#options = options;
    this.#addresses = options.addresses ?? [1];
    this.variant = variant;
    this.channels = variant.channels ?? member.channels;
    const family = families.get(member.family);
    if (family === undefined) throw new RangeError(`no family "${member.family}"`);
    this.family = this.#spied(family);
    const { settings, real, items = false } = variant;
    const boards = this.#addresses.map((address) => ({
      ...{ id: `B${address}`, address, family: member.family, channels: this.channels },
      ...{ occupancy: items, settings: { ...settings, ...real } },
    }));
    const buses = [{ name: 'main', baud: family.baud, boards }];
    this.wall = new Wall(this.clock, seededRandom(7), { buses });
    this.wire = this.wall.bus('main').wire;
    if (variant.echo) this.wire.toBoards.set('echo', 1);
    this.port = new MemoryPort(this.clock, this.wire);
    this.#bus = this.#host();
  }

  /** Starts the bus and runs it until every healthy board is in service. */
  started(): this {
    this.#bus.start();
    this.clock.advance(2_000);
    return this;
  }

  /** The host dies at once; another one, which knows nothing, takes its place. */
  newHost(): void {
    this.port.unplug();
    this.#bus.stop(() => {});
    this.port.replug();
    this.#bus = this.#host();
    this.#bus.start();
  }

  /** Asks for an unlock; the verdicts it got, so far none or one, are in the returned array. */
  unlock(channel = 2, board = 'B1', pulseMs = PULSE_MS): Verdict[] {
    const verdicts: Verdict[] = [];
    const done = (verdict: Verdict) => verdicts.push(verdict);
    this.#bus.unlock({ board, channel, pulseMs, wanted: () => true, done });
    return verdicts;
  }

  board(id = 'B1'): SimBoard {
    return this.wall.board(id);
  }

  door(channel: number, board = 'B1'): Door {
    return this.wall.door(board, channel);
  }

  /** The last reading of a board. */
  reading(board = 'B1'): BoardReading | undefined {
    return this.readings.findLast((one) => one.board === board)?.reading;
  }

  /** Channels whose contact was last read open. */
  readOpen(board = 'B1'): number[] {
    return openIn(this.reading(board));
  }

  requests(kind: BoardRequest['kind']): Asked[] {
    return this.asked.filter(({ request }) => request.kind === kind);
  }

  #host(): Bus {
    const { addresses = [1], known = addresses, idlePollMs = IDLE_POLL_MS } = this.#options;
    const { family, channels } = this;
    const { settings = {} } = this.variant;
    const boards = known.map((address): BoardSetup => {
      return { id: `B${address}`, address, family, channels, settings, pulseMs: PULSE_MS };
    });
    return new Bus({
      ...{ name: 'main', open: this.#open, baud: family.baud, clock: this.clock, firstId: 0 },
      ...{ boards, idlePollMs },
      on: {
        reading: (board, reading, atMs) => {
          this.readings.push({ board, reading, atMs });
          this.events.push(`${board} read`);
        },
        health: (board, health) => this.events.push(`${board} ${health}`),
        port: () => {},
        noise: (_board, reason) => this.noise.push(reason),
      },
    });
  }

  /** The driver as it is, with every request written down. */
  #spied(family: Family): Family {
    return {
      ...family,
      dialect: (firstId) => {
        const dialect = family.dialect(firstId);
        return {
          ask: (address, request, settings) => {
            const bytes = dialect.ask(address, request, settings);
            this.asked.push({ atMs: this.clock.monoMs(), address, request });
            return bytes;
          },
          receive: (bytes) => dialect.receive(bytes),
          gap: () => dialect.gap(),
        };
      },
    };
  }

  readonly #open: OpenBytePort = (handlers) => {
    this.deliver = handlers.bytes;
    this.port.open({
      ...handlers,
      bytes: (chunk) => {
        for (const bytes of this.arrive(chunk)) handlers.bytes(bytes);
      },
    });
  };
}

export function openIn(reading: BoardReading | undefined): number[] {
  const { contacts = [] } = reading ?? {};
  return contacts.flatMap((isClosed, index) => (isClosed ? [] : [index + 1]));
}
