import { renderScreen } from '../../src/kiosk/render.ts';
import type { Screen } from '../../src/kiosk/screen.ts';
import type { Audience } from '../demo/stage.ts';
import type { Received } from '../embedded.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const CHANNELS = { sms: 'text message', email: 'e-mail' } as const;

/** Writes down what is seen and done, in lines of text. */
export class Transcript implements Audience {
  readonly lines: string[] = [];
  #lastScreen = '';

  say(line: string): void {
    this.lines.push(line);
  }

  typed(keys: string): void {
    this.lines.push(`keys: ${keys.trim()}`);
    this.#lastScreen = '';
  }

  /** A screen is written down once for as long as it stands and no key is pressed. */
  saw(screen: Screen): void {
    const { secondsLeft: _, ...content } = screen;
    const lines = renderScreen(screen);
    const text = JSON.stringify(content);
    if (text !== this.#lastScreen) this.lines.push(...lines);
    this.#lastScreen = text;
  }

  passed(ms: number): void {
    this.lines.push(`(${span(ms)} later)`);
  }

  received(channel: 'sms' | 'email', { to, subject, text }: Received): void {
    this.lines.push(`${CHANNELS[channel]} to ${to}: ${subject}`);
    for (const line of text.trimEnd().split('\n')) this.lines.push(`    ${line}`);
  }
}

function span(ms: number): string {
  if (ms >= 2 * DAY_MS) return `${rounded(ms / DAY_MS)} days`;
  if (ms >= 2 * HOUR_MS) return `${rounded(ms / HOUR_MS)} hours`;
  return ms >= 2 * MINUTE_MS ? `${rounded(ms / MINUTE_MS)} minutes` : `${rounded(ms / 1_000)} s`;
}

const rounded = (count: number): string => String(Math.round(count * 10) / 10);
