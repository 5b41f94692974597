import { DoorTrial } from './commission-door.ts';
import { Looks } from './commission-looks.ts';
import { askOrEnd, type Fitter } from './commission-ports.ts';
import {
  type AddressLook,
  type DoorPlan,
  type FoundDoor,
  hasOtherByteOrder,
  judgeAddress,
  type Place,
} from './commission-verdict.ts';
import { byteOrderWords, findingWords, scanWords, troubleWords } from './commission-words.ts';
import type { Clock, Locks } from './ports.ts';

interface Plan {
  readonly buses: readonly {
    readonly name: string;
    readonly boards: readonly BoardPlan[];
  }[];
  /** In the order in which they are tried. */
  readonly doors: readonly DoorPlan[];
}

interface BoardPlan {
  readonly id: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Every setting of the family with its allowed values. */
  readonly choices: Readonly<Record<string, readonly string[]>>;
}

interface Parts {
  readonly plan: Plan;
  readonly fitter: Fitter;
  readonly clock: Clock;
  readonly locks: Locks;
  /** Asks every address of a bus; null when its port cannot be opened. No door moves. */
  readonly scan: (
    bus: string,
    progress: (asked: number, of: number) => void,
  ) => Promise<readonly AddressLook[] | null>;
  /** Opens the ports and has the boards read. */
  readonly start: () => void;
  readonly note: (slot: string) => void;
  /** The parcel that the records have in a slot. */
  readonly parcelIn: (slot: string) => string | null;
  /** How the boards answered, in lines. */
  readonly report: () => readonly string[];
  /** How often each door is opened. */
  readonly repeats: number;
}

/** Boards that were found a moment ago are read within a fraction of this. */
const READ_WAIT_MS_MAX = 5_000;
const LOOK_EVERY_MS = 20;

const ENTER_OR_R = /^r?$/;

/** The work of a fitter who puts a wall into service: boards first, then door by door (B11). */
export class Commission {
  readonly #parts: Parts;
  readonly #looks = new Looks();
  readonly #found: FoundDoor[] = [];
  /** Boards of which the byte order was spoken. */
  readonly #told = new Set<string>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** A reading of a board, as it gave it. */
  looked(board: string, contacts: readonly boolean[], atMs: number): void {
    this.#looks.take(board, contacts, atMs);
  }

  /** The board stopped answering. */
  lost(board: string): void {
    this.#looks.forget(board);
  }

  /** Every door with what was found out. @throws Ended when the fitter ends the work. */
  async run(): Promise<readonly FoundDoor[]> {
    const { fitter, plan, start } = this.#parts;
    fitter.say(`${plan.doors.length} doors. q and Enter end the work at any question.`);
    const unfit = await this.#findBoards();
    start();
    await this.#read(unfit);
    await this.#shutAll();
    for (const door of plan.doors) await this.#try(door, unfit);
    this.#sum();
    return this.#found;
  }

  /** Boards that must not be pulsed, with the reason. */
  async #findBoards(): Promise<ReadonlyMap<string, string>> {
    const { fitter, plan } = this.#parts;
    const unfit = new Map<string, string>();
    for (const { name, boards } of plan.buses) {
      fitter.say(`Bus ${name}: looking for boards.`);
      const looks = await this.#parts.scan(name, (asked, of) => {
        fitter.say(`  ${asked} of ${of} addresses`);
      });
      for (const line of looks === null ? ['  the port cannot be opened'] : scanWords(looks)) {
        fitter.say(line);
      }
      for (const { id } of boards) {
        const look = looks?.find(({ board }) => board === id);
        const verdict = look === undefined ? 'silent' : judgeAddress(look);
        if (verdict !== 'good') unfit.set(id, `board ${id} is not fit for service (${verdict})`);
      }
    }
    if (unfit.size > 0) {
      const names = [...unfit.keys()].join(', ');
      await askOrEnd(fitter, `Not fit for service: ${names}. Enter goes on without their doors.`);
    }
    return unfit;
  }

  /** Waits until the boards were read. */
  async #read(unfit: ReadonlyMap<string, string>): Promise<void> {
    const { clock, plan } = this.#parts;
    const boards = plan.buses.flatMap((bus) => bus.boards).filter(({ id }) => !unfit.has(id));
    const untilMs = clock.monoMs() + READ_WAIT_MS_MAX;
    while (boards.some(({ id }) => !this.#looks.knows(id)) && clock.monoMs() < untilMs) {
      await new Promise<void>((resolve) => {
        clock.after('commissioning', LOOK_EVERY_MS, resolve);
      });
    }
  }

  /** Doors that stand open at the start would be taken for doors whose contact is wrong. */
  async #shutAll(): Promise<void> {
    const open = this.#parts.plan.doors.filter((door) => {
      const contact = this.#looks.contact(door);
      return contact !== undefined && contact !== door.contactWhenShut;
    });
    if (open.length === 0) return;
    const numbers = open.map(({ number }) => number).join(', ');
    const question = `These contacts say open: ${numbers}. Shut these doors and press Enter;`;
    await askOrEnd(this.#parts.fitter, `${question} just Enter where they are shut.`);
  }

  async #try(door: DoorPlan, unfit: ReadonlyMap<string, string>): Promise<void> {
    const { fitter, parcelIn, repeats } = this.#parts;
    const why = unfit.get(door.board);
    if (why !== undefined) {
      this.#found.push({ door, finding: { verdict: 'unreachable', why } });
      return;
    }
    const trial = new DoorTrial({
      ...this.#parts,
      looks: this.#looks,
      watched: this.#onePerBoard(unfit),
    });
    for (;;) {
      const finding = await trial.run(door, parcelIn(door.slot), repeats);
      fitter.say(
        `  Door ${door.number}: ${findingWords(finding, (place) => this.#nameOf(place))}.`,
      );
      if (finding.verdict !== 'good' && finding.verdict !== 'skipped') {
        const question = '  Enter goes on, r tries this door again.';
        const answer = await askOrEnd(fitter, question, ENTER_OR_R);
        if (answer === 'r') continue;
      }
      this.#found.push({ door, finding });
      this.#hintAt(door.board);
      return;
    }
  }

  #onePerBoard(unfit: ReadonlyMap<string, string>): string[] {
    const byBoard = new Map(this.#parts.plan.doors.map(({ board, slot }) => [board, slot]));
    return [...byBoard].filter(([board]) => !unfit.has(board)).map(([, slot]) => slot);
  }

  #hintAt(id: string): void {
    if (this.#told.has(id) || !hasOtherByteOrder(id, this.#found)) return;
    const board = this.#parts.plan.buses
      .flatMap(({ boards }) => boards)
      .find((one) => one.id === id);
    if (board === undefined) return;
    this.#told.add(id);
    this.#parts.fitter.say(byteOrderWords(id, board.settings, board.choices));
  }

  #nameOf({ board, channel }: Place): string {
    const door = this.#parts.plan.doors.find((one) => {
      return one.board === board && one.channel === channel;
    });
    const place = `board ${board}, channel ${channel}`;
    return door === undefined ? `${place}, which has no door` : `door ${door.number} (${place})`;
  }

  #sum(): void {
    const { fitter, report } = this.#parts;
    const trouble = troubleWords(this.#found, (place) => this.#nameOf(place));
    const good = this.#found.length - trouble.length;
    fitter.say(`${good} of ${this.#found.length} doors are good.`);
    for (const line of trouble) fitter.say(line);
    if (trouble.length > 0) for (const line of report()) fitter.say(line);
  }
}
