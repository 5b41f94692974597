import type { Config } from '../../src/config/config.ts';
import type { Door } from '../door.ts';
import type { EmbeddedKiosk } from '../embedded.ts';

interface Channel {
  readonly board: string;
  readonly channel: number;
}

/** Which slot is behind which door of the wall. */
export class Wiring {
  readonly slots: readonly string[];
  readonly #kiosk: EmbeddedKiosk;
  readonly #config: Config;
  readonly #slotAt = new Map<string, string>();
  readonly #doors = new Map<string, Door>();

  constructor(config: Config, kiosk: EmbeddedKiosk) {
    this.#config = config;
    this.#kiosk = kiosk;
    this.slots = config.lockers.flatMap(({ id, slots }) => slots.map((s) => `${id}/${s.id}`));
    for (const slot of this.slots) {
      this.#slotAt.set(keyOf(kiosk.wiring(slot)), slot);
      this.#doors.set(slot, kiosk.door(slot));
    }
  }

  slotAt(board: string, channel: number): string | undefined {
    return this.#slotAt.get(keyOf({ board, channel }));
  }

  /** @throws RangeError when there is no such slot. */
  doorOf(slot: string): Door {
    const door = this.#doors.get(slot);
    if (door === undefined) throw new RangeError(`no slot "${slot}"`);
    return door;
  }

  supplyOf(board: string): string {
    const bus = this.#config.buses.find(({ boards }) => boards.some(({ id }) => id === board));
    return bus?.supply ?? '';
  }

  /** Words by which to find in a story what is about these slots: their doors, and the mains. */
  wordsAbout(slots: readonly string[]): string[] {
    if (slots.length === 0) return [];
    const wired = slots.map((slot) => this.#kiosk.wiring(slot));
    const doors = wired.map(({ board, channel }) => `${board}/${channel}`);
    const boards = wired.flatMap(({ board }) => [`${board} started`, `board ${board}`]);
    return [...slots, ...doors, ...boards, 'POWER', 'kiosk'];
  }
}

function keyOf({ board, channel }: Channel): string {
  return `${board} ${channel}`;
}
