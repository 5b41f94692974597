import type { OpenBytePort } from '../../../../hardware/bus/byte-port.ts';
import { Bus, families, type Verdict } from '../../../../hardware/index.ts';
import type { BoardReading } from '../../../../hardware/wire/family.ts';
import { hex } from '../../../../hardware/wire/kerong/frame.ts';
import { MemoryPort } from '../../../../sim/memory-port.ts';
import { seededRandom } from '../../../../sim/random.ts';
import { VirtualClock } from '../../../../sim/virtual-clock.ts';
import { type BoardPlan, Wall } from '../../../../sim/wall.ts';

export type KerongName = 'kerong-cu16' | 'kerong-cu48';
type Choices = Readonly<Record<string, string>>;

interface BenchPlan {
  readonly family: KerongName;
  /** The choices of the installation. */
  readonly settings?: Choices;
  /** What the boards really do. */
  readonly real?: Choices;
  /** Addresses of the boards on the wall. */
  readonly addresses?: readonly number[];
  readonly pulseMs?: number;
}

const BAUD = 19_200;
export const DOORS = 10;

/** A bus and simulated boards at its far end, on one virtual clock and at the real rate. */
export class KerongBench {
  readonly clock = new VirtualClock();
  readonly wall: Wall;
  readonly bus: Bus;
  readonly readings: { readonly board: string; readonly reading: BoardReading }[] = [];
  readonly noise: string[] = [];
  readonly health: string[] = [];
  /** What the host sent, in hexadecimal. */
  readonly sent: string[] = [];
  /** What becomes of bytes on their way to the host. */
  arrive: (bytes: Uint8Array) => readonly Uint8Array[] = (bytes) => [bytes];
  readonly #port: MemoryPort;
  #deliver: (bytes: Uint8Array) => void = () => {};

  constructor({ family: name, settings = {}, real = {}, addresses = [1], pulseMs }: BenchPlan) {
    const family = families.get(name);
    if (!family) throw new Error(`no family "${name}"`);
    const boards = addresses.map((address, index): BoardPlan => {
      const id = `B${index + 1}`;
      return { id, address, family: name, channels: DOORS, occupancy: true, settings: real };
    });
    const plan = { buses: [{ name: 'main', baud: BAUD, boards }] };
    this.wall = new Wall(this.clock, seededRandom(7), plan);
    this.#port = new MemoryPort(this.clock, this.wall.bus('main').wire);
    this.bus = new Bus({
      name: 'main',
      open: this.#open,
      baud: BAUD,
      clock: this.clock,
      firstId: 0,
      boards: [...new Set(addresses)].map((address) => {
        const id = `b${address}`;
        const time = pulseMs === undefined ? {} : { pulseMs };
        return { id, address, family, channels: DOORS, settings, ...time };
      }),
      on: {
        reading: (board, reading) => this.readings.push({ board, reading }),
        health: (board, health) => this.health.push(`${board} ${health}`),
        port: () => {},
        noise: (_board, reason) => this.noise.push(reason),
      },
    });
  }

  /** Starts the bus and runs it until every healthy board is online; forgets what was sent. */
  started(): this {
    this.bus.start();
    this.clock.advance(1_000);
    this.sent.length = 0;
    this.noise.length = 0;
    return this;
  }

  /** Asks for an unlock; the verdicts it got, so far none or one, are in the returned array. */
  unlock(channel = 3, board = 'b1', pulseMs = 300): Verdict[] {
    const verdicts: Verdict[] = [];
    const done = (verdict: Verdict) => verdicts.push(verdict);
    this.bus.unlock({ board, channel, pulseMs, wanted: () => true, done });
    return verdicts;
  }

  /** The last reading of a board. */
  reading(board = 'b1'): BoardReading | undefined {
    return this.readings.findLast((one) => one.board === board)?.reading;
  }

  /** Delivers bytes to the host later, past `arrive`. */
  later(ms: number, bytes: Uint8Array): void {
    this.clock.after('late bytes', ms, () => this.#deliver(bytes));
  }

  readonly #open: OpenBytePort = (handlers) => {
    this.#deliver = handlers.bytes;
    this.#port.open({
      ...handlers,
      opened: (port) =>
        handlers.opened({
          write: (bytes, written) => {
            this.sent.push(hex(bytes));
            port.write(bytes, written);
          },
          close: () => port.close(),
        }),
      bytes: (chunk) => {
        for (const bytes of this.arrive(chunk)) handlers.bytes(bytes);
      },
    });
  };
}
