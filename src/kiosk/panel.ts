import type { Log, Timer } from '../control/ports.ts';
import type { Sessions } from '../control/sessions.ts';
import type { Trace } from '../control/trace.ts';
import type { Language } from '../domain/language.ts';
import type { SlotRecord } from '../domain/slot.ts';
import type { Fact } from '../domain/slot-events.ts';
import { CHOICE_LIMIT_MS, ENDS_SOON_S, EXTENDED_FACTOR, TICK_MS } from './limits.ts';
import { CATALOGUES } from './messages/catalogues.ts';
import type { Desk, Next, Page, Tools } from './page.ts';
import { refOf } from './pages/choice.ts';
import { faultPage, visitRef } from './pages/fault.ts';
import { idlePage, type Wish } from './pages/idle.ts';
import type { Key, Keypad, Screen } from './screen.ts';

/** How long pages wait for a key (R28): `extended` waits twice as long. */
type Profile = 'normal' | 'extended';

interface Parts extends Tools {
  readonly sessions: Sessions;
  readonly log: Log;
  /** Until somebody asks for more time. */
  readonly profile: Profile;
  /** Until somebody chooses another one. */
  readonly language: Language;
  /** What the operator says to everybody on the first screen. */
  readonly notice: (language: Language) => string | undefined;
  readonly trace: Pick<Trace, 'key'>;
  /** Whether the keys at the wall cannot be read just now. */
  readonly isLost?: () => boolean;
  /** Whether the scanner cannot be: that matters where something may be scanned. */
  readonly isScannerLost?: () => boolean;
  /** Called when it was stopped. */
  readonly ended?: () => void;
}

const usual = ({ profile, language }: Parts): Wish => ({
  moreTime: profile === 'extended',
  language,
});

/**
 * One keypad: keys in, screens out. A key is taken at once; what slots do reaches the page in a
 * turn of its own, so that a page never runs inside the slot machine that moved it.
 */
export class Panel implements Keypad {
  readonly #parts: Parts;
  readonly #idle: Page;
  readonly #listeners = new Set<() => void>();
  readonly #unwatch: () => void;
  #page: Page;
  /** Null while nobody stands here. */
  #desk: Desk | null = null;
  #wish: Wish;
  /** Ends a choice that nobody followed up. */
  #wishEnds: Timer | null = null;
  #quietSinceMono = 0;
  #tick: Timer | null = null;
  #turn: Timer | null = null;
  #stopped = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#wish = usual(parts);
    this.#idle = idlePage({
      title: parts.site.name,
      notice: parts.notice,
      begin: () => this.#begin(),
      wish: () => this.#wish,
      choose: (wish) => this.#choose(wish),
    });
    this.#page = this.#idle;
    this.#unwatch = parts.supervisor.watch((...change) => this.#noticed(...change));
  }

  /** Takes one key. Keys that mean nothing now only show that somebody is there. */
  press(key: Key): void {
    if (this.#stopped) return;
    this.#parts.trace.key(key);
    this.#quietSinceMono = this.#parts.clock.monoMs();
    this.#attempt(() => this.#page.press(key));
  }

  /** Takes a scanned text; it means something only where a code or a label is asked for. */
  scan(text: string): void {
    if (this.#stopped || this.#page.scan === undefined) return;
    this.#quietSinceMono = this.#parts.clock.monoMs();
    this.#attempt(() => this.#page.scan?.(text) ?? null);
  }

  screen(): Screen {
    const screen = this.#drawn();
    const leftMs = this.#leftMs();
    const secondsLeft = leftMs === null ? null : Math.ceil(Math.max(0, leftMs) / 1000);
    if (secondsLeft === null || secondsLeft > ENDS_SOON_S) return screen;
    const lines = [...screen.lines, CATALOGUES[this.#wish.language].common.endsSoon];
    return { ...screen, lines, secondsLeft };
  }

  /** R29: what goes wrong without a parcel is looked up by the visit. */
  #quotable(screen: Screen): Screen {
    const isError = screen.tone === 'warning' && screen.entry === undefined;
    if (!isError || screen.ref !== undefined || this.#desk === null) return screen;
    return { ...screen, ref: refOf(this.#desk.texts, visitRef(this.#desk.session)) };
  }

  #drawn(): Screen {
    const screen = this.#quotable(this.#page.draw());
    const { isLost, isScannerLost, site } = this.#parts;
    const { keysLost, scannerLost, help } = CATALOGUES[this.#wish.language].common;
    if (isLost?.() === true) {
      const lines = [...screen.lines, keysLost, help(site.helpPhone)];
      return { ...screen, lines, tone: 'warning' };
    }
    if (this.#page.scan === undefined || isScannerLost?.() !== true) return screen;
    return { ...screen, lines: [...screen.lines, scannerLost] };
  }

  /** Something that every page shows is another than before. */
  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends the session, and with it every right to another pulse. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#unwatch();
    this.#wishEnds?.cancel();
    this.#goHome();
    this.#listeners.clear();
    this.#parts.ended?.();
  }

  #begin(): Desk {
    const { sessions, clock } = this.#parts;
    this.#wishEnds?.cancel();
    const session = sessions.begin();
    const texts = CATALOGUES[this.#wish.language];
    const desk = { ...this.#parts, session, texts, refresh: () => this.#turnSoon() };
    this.#desk = desk;
    this.#tick = clock.after('panel tick', TICK_MS, () => this.#ticked());
    return desk;
  }

  /** Whoever chose and went away leaves the keypad to the next one as it was. */
  #choose(wish: Wish): void {
    this.#wish = wish;
    this.#wishEnds?.cancel();
    this.#wishEnds = this.#parts.clock.after('panel choice', CHOICE_LIMIT_MS, () => {
      this.#wish = usual(this.#parts);
      this.changed();
    });
  }

  #noticed(after: SlotRecord, facts: readonly Fact[], before: SlotRecord): void {
    this.#page.noticed?.(after, facts, before);
    this.#turnSoon();
  }

  #turnSoon(): void {
    if (this.#desk === null) return;
    this.#turn ??= this.#parts.clock.after('panel turn', 0, () => {
      this.#turn = null;
      this.#attempt(() => this.#page.advance?.() ?? null);
    });
  }

  #ticked(): void {
    this.#tick = this.#parts.clock.after('panel tick', TICK_MS, () => this.#ticked());
    const leftMs = this.#leftMs();
    this.#attempt(() => {
      if (leftMs === null || leftMs > 0) return this.#page.advance?.() ?? null;
      const onward = this.#page.limit()?.onward;
      return onward === undefined ? 'home' : onward();
    });
  }

  /** Time until the page ends by itself; null when it does not. */
  #leftMs(): number | null {
    const limit = this.#page.limit();
    if (limit === null) return null;
    const limitMs = limit.ms * (this.#wish.moreTime ? EXTENDED_FACTOR : 1);
    return this.#quietSinceMono + limitMs - this.#parts.clock.monoMs();
  }

  /** A fault of a use case must not leave the panel dead, nor a door page forgotten. */
  #attempt(work: () => Next): void {
    try {
      this.#go(work());
    } catch (error) {
      const session = this.#desk?.session ?? '';
      this.#parts.log.error('keypad step failed', { error, session, ref: visitRef(session) });
      if (this.#desk === null || this.#page === this.#idle) this.#goHome();
      else if (this.#page.limit() !== null) this.#show(faultPage(this.#desk));
    }
    this.changed();
  }

  /** A session that was stopped (R7) sees its door shut, and goes no further than that. */
  #go(next: Next): void {
    const isOver = this.#desk !== null && !this.#parts.sessions.isLive(this.#desk.session);
    if (next === 'home' || (next !== null && isOver)) this.#goHome();
    else if (next !== null) this.#show(next);
  }

  #show(page: Page): void {
    this.#page = page;
    this.#quietSinceMono = this.#parts.clock.monoMs();
    this.#turnSoon();
  }

  #goHome(): void {
    const { sessions, collect } = this.#parts;
    const session = this.#desk?.session;
    this.#page = this.#idle;
    if (this.#desk !== null) this.#wish = usual(this.#parts);
    this.#desk = null;
    this.#tick?.cancel();
    this.#turn?.cancel();
    this.#tick = null;
    this.#turn = null;
    if (session === undefined) return;
    collect.forget(session);
    sessions.end(session);
  }
}
