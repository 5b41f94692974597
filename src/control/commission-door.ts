import type { PulseVerdict } from '../domain/slot-events.ts';
import type { Looks } from './commission-looks.ts';
import { askOrEnd, type Fitter } from './commission-ports.ts';
import { type DoorPlan, type EdgeTime, type Finding, judgeOpening } from './commission-verdict.ts';
import type { Clock, Locks } from './ports.ts';

/** Every board is read once in less than this, so that any contact that moved has shown. */
const OPEN_WAIT_MS_MAX = 3_000;
/** After the first move, for others to show. */
const SETTLE_MS = 1_500;
/** A contact that is well comes back in a fraction of this. */
const CLOSE_WAIT_MS_MAX = 3_000;
const LOOK_EVERY_MS = 20;

const ENTER_OR_S = /^s?$/;
const ENTER_OR_NUMBER = /^([1-9]\d{0,3})?$/;
const YES_NO_OR_NUMBER = /^([yn]|[1-9]\d{0,3})$/;

interface Tools {
  readonly locks: Locks;
  readonly looks: Looks;
  readonly fitter: Fitter;
  readonly clock: Clock;
  /** One slot of each board, to have all of them read at a good pace. */
  readonly watched: readonly string[];
  /** Keeps on disk that a pulse is about to be sent; called before it is. */
  readonly note: (slot: string) => void;
}

/** Opens one door at a time, at the word of the fitter, and finds out what moved (R9). */
export class DoorTrial {
  readonly #tools: Tools;

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  /** Opens the door `repeats` times. @throws Ended when the fitter ends the work. */
  async run(door: DoorPlan, holds: string | null, repeats: number): Promise<Finding> {
    const times: EdgeTime[] = [];
    for (let count = 1; count <= repeats; count += 1) {
      const again = count === 1 ? '' : `, ${count} of ${repeats}`;
      const full = holds === null ? '' : ` It holds parcel ${holds}.`;
      const where = `board ${door.board}, channel ${door.channel}`;
      const what = `Door ${door.number} (${where})${again}.${full}`;
      const question = `${what} Enter opens it, s leaves it.`;
      const answer = await askOrEnd(this.#tools.fitter, question, ENTER_OR_S);
      if (answer === 's') return { verdict: 'skipped' };
      const result = await this.#once(door);
      if ('verdict' in result) return result;
      times.push(result);
    }
    return { verdict: 'good', times };
  }

  async #once(door: DoorPlan): Promise<EdgeTime | Finding> {
    const { looks, note, clock } = this.#tools;
    this.#attend();
    const askedMs = clock.monoMs();
    // The fitter may just have mended a wire, or shut a door.
    await this.#until(() => looks.areNewerThan(askedMs), OPEN_WAIT_MS_MAX);
    if (!looks.knows(door.board)) return unreachable(`board ${door.board} does not answer`);
    note(door.slot);
    const verdict = await this.#pulse(door.slot);
    if (verdict === 'not_sent') return unreachable('the pulse could not be sent');
    if (verdict === 'refused') return unreachable('the board refused the pulse');
    await this.#until(() => looks.moves().length > 0, OPEN_WAIT_MS_MAX);
    if (looks.moves().length > 0) await this.#wait(SETTLE_MS);
    const opening = judgeOpening(door, looks.moves());
    switch (opening.kind) {
      case 'own':
        return this.#shut(door, opening.time);
      case 'nothing':
        return this.#whatHappened(door);
      case 'wrong':
        await this.#shutWhatever();
        return opening.finding;
    }
  }

  /** The contact moved as it should: does it come back? */
  async #shut(door: DoorPlan, time: EdgeTime): Promise<EdgeTime | Finding> {
    const { fitter, looks } = this.#tools;
    const isShut = (): boolean => looks.contact(door) === door.contactWhenShut;
    const opened = `  Open after ${time.openMs.toFixed(0)} ms. Shut it and press Enter;`;
    const question = `${opened} if another door opened, type its number.`;
    const answer = await askOrEnd(fitter, question, ENTER_OR_NUMBER);
    const other = otherDoor(answer, door);
    if (other !== null) return other;
    if (await this.#until(isShut, CLOSE_WAIT_MS_MAX)) return time;
    await askOrEnd(fitter, '  Its contact still says open. Shut it firmly and press Enter.');
    if (await this.#until(isShut, CLOSE_WAIT_MS_MAX)) return time;
    return { verdict: 'sticking' };
  }

  /** No contact moved: only the fitter can say whether a door did. */
  async #whatHappened(door: DoorPlan): Promise<Finding> {
    const which = `  No contact moved. Did door ${door.number} open? y, n,`;
    const question = `${which} or the number that did.`;
    const answer = await askOrEnd(this.#tools.fitter, question, YES_NO_OR_NUMBER);
    if (answer === 'n') return { verdict: 'unopened' };
    await this.#shutWhatever();
    return otherDoor(answer, door) ?? { verdict: 'unconnected' };
  }

  async #shutWhatever(): Promise<void> {
    const { fitter, looks } = this.#tools;
    await askOrEnd(fitter, '  Shut what is open and press Enter.');
    await this.#until(() => looks.areAsBefore(), CLOSE_WAIT_MS_MAX);
  }

  #pulse(slot: string): Promise<PulseVerdict> {
    const { locks, looks, clock } = this.#tools;
    this.#attend();
    return new Promise((resolve) => {
      const isTurn = (): boolean => {
        looks.pulsed(clock.monoMs());
        return true;
      };
      locks.pulse(slot, isTurn, resolve);
    });
  }

  /** Has every board read at a good pace. */
  #attend(): void {
    const { locks, watched } = this.#tools;
    for (const slot of watched) locks.attend(slot, OPEN_WAIT_MS_MAX + SETTLE_MS);
  }

  /** Whether it came to be so in that time. */
  async #until(isSo: () => boolean, limitMs: number): Promise<boolean> {
    const { clock } = this.#tools;
    const untilMs = clock.monoMs() + limitMs;
    while (!isSo() && clock.monoMs() < untilMs) await this.#wait(LOOK_EVERY_MS);
    return isSo();
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#tools.clock.after('commissioning', ms, resolve);
    });
  }
}

function unreachable(why: string): Finding {
  return { verdict: 'unreachable', why };
}

/** The fitter typed the number of another door. */
function otherDoor(answer: string, door: DoorPlan): Finding | null {
  const number = Number(answer);
  return number > 0 && number !== door.number ? { verdict: 'other-door', number } : null;
}
