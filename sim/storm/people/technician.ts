import { isBusy, type SlotRecord } from '../../../src/domain/slot.ts';
import type { Dice } from '../dice.ts';
import type { Scene } from '../scene.ts';
import type { Part, Script } from '../script.ts';

const ROUND_EVERY_MS = 480_000;
const CALM_ROUND_MS = 60_000;
/** From the shut door to the word at the console: the boards are read meanwhile. */
const UNTIL_READ_MS = 3_000;

/** Goes round, looks into every slot that is held, and tells the kiosk what is in it (R1c). */
export class Technician {
  readonly #scene: Scene;
  readonly #dice: Dice;
  readonly #found: (ref: string) => void;

  /** `found` gets what was in a slot that does not know it. */
  constructor(scene: Scene, found: (ref: string) => void) {
    this.#scene = scene;
    this.#dice = scene.dice('technician');
    this.#found = found;
  }

  *works(): Script {
    for (;;) {
      const calm = this.#scene.isCalm();
      yield calm ? CALM_ROUND_MS : this.#dice.between(ROUND_EVERY_MS / 2, ROUND_EVERY_MS);
      for (const slot of this.#scene.slots) yield* this.#looksAt(slot);
      this.#opensAgain();
    }
  }

  /** Forced doors, the technician's own among them, lock the kiosk down until somebody came. */
  #opensAgain(): void {
    if (!this.#scene.isServing()) return;
    const { modes } = this.#scene.kiosk.app;
    if (modes.mode === 'serve') return;
    this.#scene.say(`the technician ends the ${modes.mode}`);
    modes.atKiosk('serve', 'technician');
  }

  *#looksAt(id: string): Part<void> {
    if (!this.#scene.isServing()) return;
    const slot = this.#record(id);
    const door = this.#scene.doorOf(id);
    if (slot.bar === null || isBusy(slot) || slot.board === 'dark') return;
    this.#scene.say(`the technician looks into ${id}: ${slot.state}, ${slot.bar.reason}`);
    door.free();
    door.force();
    yield this.#dice.between(1_000, 4_000);
    const keeps = this.#belongs(slot);
    if (!keeps) for (const thing of door.takeOut()) this.#found(thing);
    door.push();
    yield UNTIL_READ_MS;
    this.#tells(id);
  }

  /** Whether what lies there is what the record says: then it stays. */
  #belongs({ id, parcel }: SlotRecord): boolean {
    const { contents } = this.#scene.doorOf(id);
    return contents.length === 1 && this.#scene.parcelOf(contents[0] ?? '')?.id === parcel;
  }

  #tells(id: string): void {
    if (!this.#scene.isServing()) return;
    const slot = this.#record(id);
    const { contents, isOpen } = this.#scene.doorOf(id);
    if (slot.bar === null || isBusy(slot) || isOpen || slot.door !== 'closed') return;
    const isFull = this.#belongs(slot);
    if (!isFull && contents.length > 0) return;
    if (slot.bar.reason === 'unknown_outcome') {
      this.#scene.mark(`unknown outcome, and the slot was ${isFull ? 'full' : 'empty'}`);
    }
    this.#scene.looked(id);
    const content = isFull ? 'full' : 'empty';
    this.#scene.kiosk.app.supervisor.send(id, { type: 'CLEARED', content });
  }

  #record(id: string): SlotRecord {
    return this.#scene.kiosk.app.supervisor.get(id);
  }
}
