import { keyOf } from '../../src/kiosk/keyboard.ts';
import { renderScreen } from '../../src/kiosk/render.ts';
import type { EmbeddedKiosk } from '../embedded.ts';
import { Person } from '../person.ts';
import { sleep } from '../real-clock.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import type { WallEvent } from '../wall.ts';

/** Between two keys of somebody who types without haste. */
const KEY_MS = 300;
/** A PIN is checked on another thread, in real time: so often is looked whether it is done. */
const LOOK_MS = 5;
const LOOKS_MAX = 2_000;

/** A step of the script did not do what it says. */
export class StageError extends Error {
  override readonly name = 'StageError';
}

/** The kiosk with its keypad and its people, on the virtual clock, for scripts. */
export class Stage {
  readonly clock: VirtualClock;
  readonly kiosk: EmbeddedKiosk;
  readonly hands: Person;
  readonly #say: (line: string) => void;
  #panel: ReturnType<EmbeddedKiosk['app']['newPanel']> | undefined;

  constructor(clock: VirtualClock, kiosk: EmbeddedKiosk, say: (line: string) => void) {
    this.clock = clock;
    this.kiosk = kiosk;
    this.hands = new Person(clock);
    this.#say = say;
    kiosk.wall.watch((event) => this.#narrate(event));
  }

  /** Switches the kiosk on and waits until it serves. */
  switchOn(): void {
    this.kiosk.start();
    this.until('the kiosk serves', () => this.kiosk.isServing);
    this.#panel = this.kiosk.app.newPanel();
  }

  /** Pulls the plug; the wall, the people and their messages stay as they are. */
  cutPower(): void {
    this.kiosk.cutPower();
    this.#panel = undefined;
    this.say('power cut');
  }

  say(line: string): void {
    this.#say(`   ${line}`);
  }

  title(text: string): void {
    this.#say(text);
  }

  /** Presses keys: digits, `#` and `*`; blanks are for the reader. */
  type(keys: string): void {
    for (const char of keys.replaceAll(' ', '')) {
      this.press(char);
      this.clock.advance(KEY_MS);
    }
  }

  /** One key, without a pause after it: what follows happens within milliseconds. */
  press(char: string): void {
    const key = keyOf(char);
    if (key === null) throw new StageError(`"${char}" is no key`);
    this.#need().press(key);
  }

  /** Staff number and PIN, and the wait for the check. */
  async signIn(staff: string, pin: string): Promise<void> {
    this.type(`2 ${staff} ${pin}#`);
    for (let look = 0; look < LOOKS_MAX && this.text().includes('Checking'); look += 1) {
      await sleep(LOOK_MS);
      this.clock.advance(0);
    }
    this.shows('What would you like to do?');
  }

  wait(ms: number): void {
    this.clock.advance(ms);
  }

  /** Lets time pass until it is so. @throws StageError when it never is. */
  until(what: string, isSo: () => boolean, limitMs = 60_000): void {
    if (this.clock.runUntil(isSo, limitMs)) return;
    throw new StageError(`it never came to pass that ${what}\n${this.#snapshot()}`);
  }

  /** Waits until the screen shows this. */
  shows(text: string, limitMs = 60_000): void {
    this.until(`the screen shows "${text}"`, () => this.text().includes(text), limitMs);
  }

  /** @throws StageError when it is not so. */
  check(what: string, isSo: boolean): void {
    if (!isSo) throw new StageError(`not so: ${what}\n${this.#snapshot()}`);
  }

  text(): string {
    return renderScreen(this.#need().screen()).join('\n');
  }

  /** The slot whose door a visit has opened, once the machine knows that it is open. */
  openSlot(): string {
    let open: string | undefined;
    this.until('a door opens', () => {
      open = this.kiosk.app.supervisor.all().find((slot) => slot.state === 'open')?.id;
      return open !== undefined;
    });
    return open ?? '';
  }

  #narrate(event: WallEvent): void {
    if (event.kind === 'board') {
      if (event.event.kind !== 'pulse') return;
      const { channel, pulseMs } = event.event;
      this.say(`   door ${channel}: pulse of ${pulseMs} ms`);
      return;
    }
    const { channel, door } = event;
    if (event.event === 'opened' || event.event === 'closed') {
      this.say(`   door ${channel}: ${event.event}`);
    }
    if (event.event === 'contents') {
      this.say(`   door ${channel}: inside is ${door.contents.join(', ') || 'nothing'}`);
    }
  }

  #need() {
    if (this.#panel === undefined) throw new StageError('the kiosk is off');
    return this.#panel;
  }

  #snapshot(): string {
    if (this.#panel === undefined) return '';
    const slots = this.kiosk.app.supervisor.all().filter((slot) => slot.state !== 'available');
    return [
      this.text(),
      ...slots.map((slot) => `${slot.id}: ${slot.state} ${slot.bar?.reason ?? ''} ${slot.door}`),
    ].join('\n');
  }
}
