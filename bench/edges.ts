import { Bus } from '../hardware/index.ts';
import { MemoryPort } from '../sim/memory-port.ts';
import { type Random, seededRandom } from '../sim/random.ts';
import { VirtualClock } from '../sim/virtual-clock.ts';
import { Wall } from '../sim/wall.ts';
import { boardsOf, type Plant, wallBusOf } from './plant.ts';
import { type HeardContacts, RoundRobin } from './round-robin.ts';

const BUS = 'bus';
const SEED = 1;
/** Dead boards have reached their longest wait by then. */
const SETTLE_MS = 120_000;
/** Edges at one board before somebody goes to another one. */
const EDGES_PER_VISIT = 20;
const VISIT_MS = 60_000;
/** Between two edges, plus up to as much again. */
const REST_MS = 300;
const EDGE_MS_LONGEST = 60_000;

/** Starts polling; returns what says at which board somebody stands, and for how long. */
type Start = (
  clock: VirtualClock,
  port: MemoryPort,
  heard: HeardContacts,
) => (board: string, forMs: number) => void;

/** Times from the change of a contact to the reading that shows it. */
export class Edges {
  readonly #plant: Plant;
  readonly #deadEvery: number;

  /** Of `deadEvery` boards the last one is without power; by default none is. */
  constructor(plant: Plant, deadEvery = Number.POSITIVE_INFINITY) {
    this.#plant = plant;
    this.#deadEvery = deadEvery;
  }

  /** The bus master, which is told at which board somebody stands. */
  throughBus(count: number): number[] {
    return this.#run(count, (clock, port, heard) => {
      const bus = new Bus({
        ...{ name: BUS, baud: this.#plant.baud, clock, firstId: 1, open: port.open },
        boards: boardsOf(this.#plant),
        on: {
          reading: (board, { contacts }) => heard(board, contacts),
          health() {},
          port() {},
          noise() {},
        },
      });
      bus.start();
      return (board, forMs) => bus.hurry(board, forMs);
    });
  }

  /** A master that asks all boards in turn. */
  inTurns(count: number): number[] {
    return this.#run(count, (clock, port, heard) => {
      new RoundRobin(clock, this.#plant, heard).start(port.open);
      return () => {};
    });
  }

  #run(count: number, start: Start): number[] {
    const clock = new VirtualClock();
    const random = seededRandom(SEED);
    const wall = new Wall(clock, random, { buses: [wallBusOf(this.#plant, BUS)] });
    const alive = this.#killSome(wall);
    const shown = new Map<string, readonly boolean[]>();
    const port = new MemoryPort(clock, wall.bus(BUS).wire);
    const attend = start(clock, port, (board, contacts) => shown.set(board, contacts));
    clock.advance(SETTLE_MS);
    const tookMs: number[] = [];
    while (tookMs.length < count) {
      const board = alive[random.int(alive.length)] ?? '';
      for (let edge = 0; edge < EDGES_PER_VISIT; edge += 1) {
        attend(board, VISIT_MS);
        clock.advance(REST_MS + random.int(REST_MS * 1_000) / 1_000);
        tookMs.push(this.#edge(clock, wall, random, board, shown));
      }
      attend(board, 0);
    }
    return tookMs;
  }

  /** Moves one door, and waits for the reading. */
  #edge(
    clock: VirtualClock,
    wall: Wall,
    random: Random,
    board: string,
    shown: ReadonlyMap<string, readonly boolean[]>,
  ): number {
    const channel = 1 + random.int(this.#plant.channels);
    const door = wall.door(`${BUS}-${board}`, channel);
    if (door.isOpen) door.push();
    else door.force();
    const startMs = clock.monoMs();
    const isShown = (): boolean => shown.get(board)?.[channel - 1] === !door.isOpen;
    if (!clock.runUntil(isShown, EDGE_MS_LONGEST)) throw new Error(`no reading of board ${board}`);
    return clock.monoMs() - startMs;
  }

  /** Ids of those that live. */
  #killSome(wall: Wall): string[] {
    return boardsOf(this.#plant).flatMap(({ id }, index) => {
      if ((index + 1) % this.#deadEvery !== 0) return [id];
      wall.board(`${BUS}-${id}`).powerOff();
      return [];
    });
  }
}
