import { DAY_MS } from '../domain/hold.ts';
import { openSpan } from '../domain/opening-hours.ts';

/** A Sunday, with which the days of a week are counted. */
const SUNDAY_MS = Date.UTC(2023, 0, 1);

/** `mo-fr 06:00-22:00` as people write it: `Mon–Fri 06:00–22:00`, spans after one another. */
export function hoursText(spans: readonly string[], locale: string): string {
  const names = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short' });
  const nameOf = (day = 0): string => names.format(SUNDAY_MS + day * DAY_MS);
  return spans
    .flatMap((text) => openSpan(text) ?? [])
    .map(({ days, fromMinute, untilMinute }) => {
      const [first, last] = [nameOf(days[0]), nameOf(days.at(-1))];
      const when = first === last ? first : `${first}–${last}`;
      return `${when} ${timeText(fromMinute)}–${timeText(untilMinute)}`;
    })
    .join(', ');
}

function timeText(minutes: number): string {
  const parts = [Math.floor(minutes / 60), minutes % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
