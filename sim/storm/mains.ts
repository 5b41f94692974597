import type { EmbeddedKiosk } from '../embedded.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import type { Dice } from './dice.ts';
import type { Scene } from './scene.ts';
import type { Script } from './script.ts';
import type { Commit } from './store-tap.ts';

const MINUTE_MS = 60_000;
const CUT_MEAN_MS = 60 * MINUTE_MS;
const RESTART_MEAN_MS = 60 * MINUTE_MS;
/** Off for less than a pulse, for less than a visit, for longer than both. */
const OFF_MS = [40, 400, 2_000, 20_000, 150_000];
const BOARDS_TOO = 0.4;
/** A start is cut short as well, now and then: after so long. */
const AGAIN = 0.15;
const AGAIN_MS = [1, 5, 30, 400, 5_000];
const STOP_MS = 2_000;
const EVENTS_MAX = 12;
/** How often the power goes just after a commit of this kind, or as a lock is energised. */
const AFTER_COMMIT: Readonly<Record<string, number>> = {
  'intent.armed': 0.006,
  'intent.no_change': 0.01,
  'slot.reserved': 0.005,
  'slot.opened': 0.006,
  'slot.closed': 0.006,
  'parcel.stored': 0.005,
  'parcel.retrieved': 0.005,
  'slot.forced': 0.01,
};
const AT_PULSE = 0.008;
const AT_WRITE = 0.006;

type State = 'off' | 'starting' | 'serving' | 'stopping';

interface Parts {
  readonly clock: VirtualClock;
  readonly kiosk: EmbeddedKiosk;
  readonly dice: Dice;
  readonly hasCuts: boolean;
  readonly say: (line: string) => void;
  readonly isCalm: () => boolean;
  /** The controller was built and has not read a board yet. */
  readonly began: () => void;
  readonly served: () => void;
  readonly ended: (wasCut: boolean) => void;
}

/** The kiosk's power: on, off, and gone between any two events. */
export class Mains {
  readonly #parts: Parts;
  #state: State = 'off';
  /** Cut after so many more events of the clock. */
  #eventsLeft = Number.POSITIVE_INFINITY;
  #cutsAtWrite = false;
  #life = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get isServing(): boolean {
    return this.#state === 'serving';
  }

  get isOn(): boolean {
    return this.#state !== 'off';
  }

  switchOn(): void {
    const { kiosk, began, served, clock, dice, hasCuts, isCalm } = this.#parts;
    this.#state = 'starting';
    this.#life += 1;
    const life = this.#life;
    this.#parts.say('the kiosk is switched on');
    kiosk.start(() => {
      if (life !== this.#life) return;
      this.#state = 'serving';
      served();
    });
    began();
    if (life === 1 || !hasCuts || isCalm() || !dice.chance(AGAIN)) return;
    clock.after('power goes again', dice.pick(AGAIN_MS), () => {
      if (life === this.#life) this.cut('soon after the start');
    });
  }

  /** False when there is nothing to cut; the database may be lost with the power. */
  cut(why: string, losesCard = false): boolean {
    const { kiosk, clock, dice, say, ended } = this.#parts;
    if (this.#state === 'off') return false;
    this.#state = 'off';
    this.#life += 1;
    this.#eventsLeft = Number.POSITIVE_INFINITY;
    this.#cutsAtWrite = false;
    const boards = dice.chance(BOARDS_TOO) ? kiosk.wall.boards : [];
    const offMs = dice.pick(OFF_MS);
    say(`POWER CUT ${why}, for ${offMs} ms${boards.length > 0 ? ', boards as well' : ''}`);
    kiosk.cutPower();
    if (losesCard) kiosk.loseDatabase();
    for (const board of boards) board.powerOff();
    ended(true);
    clock.after('power is back', offMs, () => {
      for (const board of boards) board.powerOn();
      this.switchOn();
    });
    return true;
  }

  /** After each event of the clock. */
  eventPassed(): void {
    this.#eventsLeft -= 1;
    if (this.#eventsLeft < 0) this.cut('between two events');
  }

  /** After each commit, before what follows from it. */
  committed(commit: Commit): void {
    if (!this.#mayCut()) return;
    const { dice } = this.#parts;
    for (const { row } of commit.rows) {
      if (row.t === 'intent.armed') this.#cutsAtWrite = dice.chance(AT_WRITE);
      if (!dice.chance(AFTER_COMMIT[row.t] ?? 0)) continue;
      if (dice.chance(0.5)) {
        this.cut(`after the commit of ${row.t} ${row.slot}`);
        return;
      }
      this.#eventsLeft = dice.between(0, EVENTS_MAX);
    }
  }

  pulsed(slot: string): void {
    if (!this.#mayCut() || !this.#parts.dice.chance(AT_PULSE)) return;
    this.cut(`as ${slot} is pulsed`);
  }

  /** True when the power goes before these bytes have left. */
  cutsWrite(): boolean {
    if (!this.#cutsAtWrite) return false;
    return this.cut('before the bytes of an unlock');
  }

  /** Cuts and restarts that nothing calls for. */
  *fails(scene: Scene): Script {
    for (;;) {
      yield this.#parts.dice.waitMs(CUT_MEAN_MS);
      if (scene.isCalm()) return;
      this.#eventsLeft = this.#parts.dice.between(0, EVENTS_MAX);
    }
  }

  *restarts(scene: Scene): Script {
    const dice = scene.dice('restart');
    for (;;) {
      yield dice.waitMs(RESTART_MEAN_MS);
      if (scene.isCalm()) return;
      if (this.#state === 'serving') this.#stop(scene);
    }
  }

  #stop(scene: Scene): void {
    const { kiosk, clock, say, ended } = this.#parts;
    say('the kiosk is restarted');
    this.#state = 'stopping';
    const life = this.#life;
    scene.mark('restart in good order');
    scene.keypads.switchOff();
    kiosk.app.stop(() => {
      if (life !== this.#life) return;
      this.#state = 'off';
      this.#life += 1;
      ended(false);
      clock.after('started again', STOP_MS, () => this.switchOn());
    });
  }

  #mayCut(): boolean {
    return this.#parts.hasCuts && this.isOn && !this.#parts.isCalm();
  }
}
