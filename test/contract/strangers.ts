import { families } from '../../hardware/index.ts';
import { FAMILIES } from '../../sim/boards/families.ts';
import type { BoardSetup, SimBoard } from '../../sim/boards/sim-board.ts';
import { Door } from '../../sim/door.ts';
import { seededRandom } from '../../sim/random.ts';
import type { Site } from './site.ts';

/** Boards that stand in no config. */

const ADDRESS = 1;
const STRANGER = 2;
const ANSWER_MS = 100;

function boardBeside(site: Site, address: number, say: BoardSetup['say']): SimBoard {
  const { member, variant, bench, board } = site;
  const doors = board.doors.map(() => new Door(bench.clock));
  return FAMILIES[member.family]({
    ...{ id: 'X', address, doors, occupancy: variant.items ?? false, baud: 0, say },
    ...{ settings: { ...variant.settings, ...variant.real } },
    ...{ clock: bench.clock, random: seededRandom(9) },
  });
}

/** What a board with another address says of itself when every door of it stands open. */
export function strangersStatus(site: Site): Uint8Array {
  const { member, variant, bench, board } = site;
  const said: Uint8Array[] = [];
  const stranger = boardBeside(site, STRANGER, (bytes) => said.push(bytes));
  for (const door of stranger.doors) door.force();
  const status = { kind: 'status', channels: board.doors.length } as const;
  bench.wait(ANSWER_MS);
  said.length = 0;
  const dialect = families.get(member.family)?.dialect(0);
  stranger.hear(dialect?.ask(STRANGER, status, variant.settings) ?? Uint8Array.of());
  bench.wait(ANSWER_MS);
  const [frame] = said;
  if (frame === undefined) throw new Error(`a board ${member.family} gives no status`);
  return frame;
}

/** A board with the address of the kiosk's own, on the same wire for good, and with own doors. */
export class Twin {
  static readonly #all = new WeakMap<Site, Twin>();
  readonly #board: SimBoard;

  static of(site: Site): Twin {
    const twin = Twin.#all.get(site) ?? new Twin(site);
    Twin.#all.set(site, twin);
    return twin;
  }

  constructor(site: Site) {
    const say = site.wire.attach((bytes) => this.#board.hear(bytes));
    this.#board = boardBeside(site, ADDRESS, say);
    this.#board.powerOff();
  }

  powerOn(): void {
    this.#board.powerOn();
  }

  powerOff(): void {
    this.#board.powerOff();
  }
}
