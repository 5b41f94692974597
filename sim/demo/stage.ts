import { keyOf } from '../../src/kiosk/keyboard.ts';
import { renderScreen } from '../../src/kiosk/render.ts';
import type { Screen } from '../../src/kiosk/screen.ts';
import type { DoorEvent } from '../door.ts';
import type { EmbeddedKiosk, Received } from '../embedded.ts';
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

/** Who is told what happens on a stage. */
export interface Audience {
  say(line: string): void;
  /** Sees what somebody types, and the screen in front of them before it and where it leads. */
  typed?(keys: string): void;
  saw?(screen: Screen): void;
  passed?(ms: number): void;
  received?(channel: 'sms' | 'email', message: Received): void;
}

const MOVES: ReadonlySet<string> = new Set<DoorEvent>(['opened', 'closed', 'forced']);
const NOBODY: Audience = { say: () => {} };

/** The kiosk with its keypad and its people, on the virtual clock, for scripts. */
export class Stage {
  readonly clock: VirtualClock;
  readonly kiosk: EmbeddedKiosk;
  readonly hands: Person;
  #audience: Audience;
  #panel: ReturnType<EmbeddedKiosk['app']['newPanel']> | undefined;

  constructor(clock: VirtualClock, kiosk: EmbeddedKiosk, audience: Audience) {
    this.clock = clock;
    this.kiosk = kiosk;
    this.hands = new Person(clock);
    this.#audience = audience;
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
    this.#audience.say(line);
  }

  /** A message has arrived at somebody's phone or in their mailbox. */
  received(channel: 'sms' | 'email', message: Received): void {
    this.#audience.received?.(channel, message);
  }

  /** Says in one line what then happens behind the curtain. */
  async aside<T>(line: string, work: () => Promise<T>): Promise<T> {
    this.say(line);
    const audience = this.#audience;
    this.#audience = NOBODY;
    try {
      return await work();
    } finally {
      this.#audience = audience;
    }
  }

  /** Presses keys: digits, `#` and `*`; blanks are for the reader. */
  type(keys: string): void {
    this.#saw();
    this.#audience.typed?.(keys);
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
  async signIn(staff: string, pin: string, menu = 'What would you like to do?'): Promise<void> {
    this.type(`2 ${staff} ${pin}#`);
    for (let look = 0; look < LOOKS_MAX && this.text().includes('Checking'); look += 1) {
      await sleep(LOOK_MS);
      this.clock.advance(0);
    }
    this.shows(menu);
  }

  wait(ms: number): void {
    this.#audience.passed?.(ms);
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
    this.#saw();
  }

  /** @throws StageError when it is not so. */
  check(what: string, isSo: boolean): void {
    if (!isSo) throw new StageError(`not so: ${what}\n${this.#snapshot()}`);
  }

  /** The screen as one line, so that a text is found wherever it was wrapped. */
  text(): string {
    const lines = renderScreen(this.#need().screen());
    return lines.map((line) => line.slice(2, -2).trim()).join(' ');
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

  #saw(): void {
    this.#audience.saw?.(this.#need().screen());
  }

  #narrate(event: WallEvent): void {
    if (event.kind === 'board') {
      if (event.event.kind !== 'pulse') return;
      const { channel, pulseMs } = event.event;
      this.say(`  door ${channel}: pulse of ${pulseMs} ms`);
      return;
    }
    const { channel, door } = event;
    if (MOVES.has(event.event)) this.say(`  door ${channel}: ${event.event}`);
    if (event.event === 'contents') {
      this.say(`  door ${channel}: inside is ${door.contents.join(', ') || 'nothing'}`);
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
