import type { BusClock } from '../hardware/bus/clock.ts';
import { FAMILIES } from './boards/families.ts';
import type { BoardEvent, SimBoard } from './boards/sim-board.ts';
import { Door, type DoorEvent } from './door.ts';
import type { BoardFault, WireFault } from './faults.ts';
import type { Random } from './random.ts';
import { Wire } from './wire.ts';

/** Probability of each fault, 0 to 1; absent is 0. */
type Chances<Fault extends string> = { readonly [fault in Fault]?: number | undefined };

export interface BoardPlan {
  /** Unique in the wall. */
  readonly id: string;
  /** Two boards of one bus may have the same: installers do that. */
  readonly address: number;
  readonly family: keyof typeof FAMILIES;
  readonly channels: number;
  /** Whether the board has occupancy inputs. */
  readonly occupancy: boolean;
  /** Choices of the family, by name. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
  readonly faults?: Chances<BoardFault> | undefined;
}

interface BusPlan {
  /** Unique in the wall. */
  readonly name: string;
  /** Bits per second; 0 is a wire that takes no time. */
  readonly baud: number;
  /** Faults of the wire, in both directions. */
  readonly faults?: Chances<WireFault> | undefined;
  readonly boards: readonly BoardPlan[];
}

export interface WallPlan {
  readonly buses: readonly BusPlan[];
}

export interface SimBus {
  readonly name: string;
  readonly wire: Wire;
  readonly boards: readonly SimBoard[];
}

export type WallEvent =
  | { readonly kind: 'board'; readonly board: SimBoard; readonly event: BoardEvent }
  | {
      readonly kind: 'door';
      readonly board: SimBoard;
      readonly channel: number;
      readonly door: Door;
      readonly event: DoorEvent;
    };

/** Everything at the far end of the wires: buses, boards and the doors on them. */
export class Wall {
  readonly buses: readonly SimBus[];
  readonly #watchers: ((event: WallEvent) => void)[] = [];

  constructor(clock: BusClock, random: Random, plan: WallPlan) {
    this.buses = plan.buses.map((bus) => this.#bus(clock, random, bus));
  }

  get boards(): readonly SimBoard[] {
    return this.buses.flatMap((bus) => bus.boards);
  }

  bus(name: string): SimBus {
    return found(this.buses, (bus) => bus.name === name, `bus '${name}'`);
  }

  board(id: string): SimBoard {
    return found(this.boards, (board) => board.id === id, `board '${id}'`);
  }

  /** `channel` from 1. */
  door(boardId: string, channel: number): Door {
    const { doors } = this.board(boardId);
    return found(doors, (_, index) => index === channel - 1, `door ${channel} on '${boardId}'`);
  }

  /** Calls `watcher` after each event of any board or door, in the order of what happens. */
  watch(watcher: (event: WallEvent) => void): void {
    this.#watchers.push(watcher);
  }

  /** No fault strikes any more; what is stuck or bent stays so. */
  clearFaults(): void {
    for (const { wire, boards } of this.buses) {
      wire.toBoards.clear();
      wire.toHost.clear();
      for (const board of boards) board.faults.clear();
    }
  }

  #bus(clock: BusClock, random: Random, plan: BusPlan): SimBus {
    const wire = new Wire(clock, random, plan.baud);
    for (const [fault, probability] of chances(plan.faults)) {
      wire.toBoards.set(fault, probability);
      wire.toHost.set(fault, probability);
    }
    const boards = plan.boards.map((board) =>
      this.#board(clock, random, { wire, baud: plan.baud }, board),
    );
    return { name: plan.name, wire, boards };
  }

  #board(
    clock: BusClock,
    random: Random,
    { wire, baud }: { readonly wire: Wire; readonly baud: number },
    plan: BoardPlan,
  ): SimBoard {
    const doors = Array.from({ length: plan.channels }, () => new Door(clock));
    const { id, address, occupancy, settings = {} } = plan;
    const say = wire.attach((bytes) => board.hear(bytes));
    const board: SimBoard = FAMILIES[plan.family]({
      ...{ id, address, occupancy, baud, settings, doors, clock, random, say },
    });
    for (const [fault, probability] of chances(plan.faults)) board.faults.set(fault, probability);
    board.watch((event) => this.#tell({ kind: 'board', board, event }));
    doors.forEach((door, index) => {
      const channel = index + 1;
      door.watch((event) => this.#tell({ kind: 'door', board, channel, door, event }));
    });
    return board;
  }

  #tell(event: WallEvent): void {
    for (const watcher of this.#watchers) watcher(event);
  }
}

function chances<Fault extends string>(of: Chances<Fault> | undefined): [Fault, number][] {
  return Object.entries(of ?? {}) as [Fault, number][];
}

function found<T>(all: readonly T[], is: (item: T, index: number) => boolean, what: string): T {
  const item = all.find(is);
  if (item === undefined) throw new RangeError(`the wall has no ${what}`);
  return item;
}
