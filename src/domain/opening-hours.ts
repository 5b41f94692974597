/** When a site can be reached, in its own time of day (R19). */
interface OpenSpan {
  /** 0 is Sunday. */
  readonly days: readonly number[];
  /** Minutes since midnight, by quarters of an hour; `untilMinute` is not open any more. */
  readonly fromMinute: number;
  readonly untilMinute: number;
}

/** Every zone's offset, and so every local quarter, changes on a quarter of an hour. */
const QUARTER_MS = 900_000;
const WEEK_QUARTERS = 672;
const DAYS = ['su', 'mo', 'tu', 'we', 'th', 'fr', 'sa'];
/** Whatever the hours, a sum of open time is looked for no further ahead: a year. */
const AHEAD_QUARTERS_MAX = 366 * 96;

const SPAN = /^([a-z]{2})(?:-([a-z]{2}))? (\d\d):(00|15|30|45)-(\d\d):(00|15|30|45)$/;
const MIDNIGHT = 1_440;

/** `mo-fr 06:00-22:00`, `sa 08:00-24:00`; null for anything else. */
export function openSpan(text: string): OpenSpan | null {
  const [, from = '', to = from, h1, m1, h2, m2] = SPAN.exec(text) ?? [];
  const [first, last] = [DAYS.indexOf(from), DAYS.indexOf(to)];
  if (first < 0 || last < 0) return null;
  const fromMinute = Number(h1) * 60 + Number(m1);
  const untilMinute = Number(h2) * 60 + Number(m2);
  if (fromMinute >= untilMinute || untilMinute > MIDNIGHT) return null;
  const count = ((last - first + 7) % 7) + 1;
  const days = Array.from({ length: count }, (_, index) => (first + index) % 7);
  return { days, fromMinute, untilMinute };
}

/** The opening hours of a site; without a span it is always open. */
export class OpeningHours {
  readonly #spans: readonly OpenSpan[];
  readonly #timeZone: string;
  /** Takes long to make, and a site that is always open never asks. */
  #local: Intl.DateTimeFormat | null = null;

  constructor(timeZone: string, spans: readonly OpenSpan[]) {
    this.#spans = spans;
    this.#timeZone = timeZone;
  }

  isOpenAt(wallMs: number): boolean {
    if (this.#spans.length === 0) return true;
    const { day, minute } = this.#localOf(wallMs);
    return this.#spans.some(
      ({ days, fromMinute, untilMinute }) =>
        days.includes(day) && minute >= fromMinute && minute < untilMinute,
    );
  }

  /** Until the site opens or closes next; infinite when it never does. */
  untilChangeMs(wallMs: number): number {
    if (this.#spans.length === 0) return Number.POSITIVE_INFINITY;
    const now = this.isOpenAt(wallMs);
    let at = nextQuarter(wallMs);
    for (let step = 0; step < WEEK_QUARTERS; step += 1, at += QUARTER_MS) {
      if (this.isOpenAt(at) !== now) return at - wallMs;
    }
    return Number.POSITIVE_INFINITY;
  }

  /** When so much open time will have passed; null when that is more than a year ahead. */
  afterOpenMs(wallMs: number, openMs: number): number | null {
    if (this.#spans.length === 0) return wallMs + openMs;
    let [at, leftMs] = [wallMs, openMs];
    for (let step = 0; step < AHEAD_QUARTERS_MAX; step += 1) {
      const next = nextQuarter(at);
      if (this.isOpenAt(at)) {
        if (leftMs <= next - at) return at + leftMs;
        leftMs -= next - at;
      }
      at = next;
    }
    return null;
  }

  #localOf(wallMs: number): { readonly day: number; readonly minute: number } {
    let [day, minute] = [0, 0];
    this.#local ??= new Intl.DateTimeFormat('en', {
      ...{ timeZone: this.#timeZone, hourCycle: 'h23' },
      ...{ weekday: 'short', hour: '2-digit', minute: '2-digit' },
    });
    for (const { type, value } of this.#local.formatToParts(wallMs)) {
      if (type === 'weekday') day = DAYS.indexOf(value.slice(0, 2).toLowerCase());
      if (type === 'hour') minute += Number(value) * 60;
      if (type === 'minute') minute += Number(value);
    }
    return { day, minute };
  }
}

const nextQuarter = (wallMs: number): number => (Math.floor(wallMs / QUARTER_MS) + 1) * QUARTER_MS;
