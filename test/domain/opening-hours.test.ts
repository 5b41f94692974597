import { describe, expect, it } from 'vitest';
import { OpeningHours, openSpan } from '../../src/domain/opening-hours.ts';

const HOUR_MS = 3_600_000;
const at = (text: string): number => Date.parse(text);
const hours = (...spans: string[]): OpeningHours =>
  new OpeningHours(
    'Europe/Vienna',
    spans.map((text) => openSpan(text) ?? expect.fail(text)),
  );

it.each(['mo-fr 06:00-22:00', 'sa 08:15-24:00', 'fr-mo 00:00-24:00'])('R19 reads %s', (text) => {
  expect(openSpan(text)).not.toBeNull();
});

it.each([
  '',
  'mo',
  'mo-fr',
  'Mo 06:00-22:00',
  'mo-fr 6:00-22:00',
  'mo-fr 06:10-22:00',
  'mo-fr 22:00-06:00',
  'mo-fr 06:00-24:15',
  'mo-xx 06:00-22:00',
  'mo-fr 06:00-06:00',
])('R19 refuses "%s"', (text) => expect(openSpan(text)).toBeNull());

describe('a week in Vienna', () => {
  const week = hours('mo-fr 06:00-22:00', 'sa 08:00-24:00');

  it('R19 is open by local time, from the first minute and until before the last', () => {
    expect(week.isOpenAt(at('2026-11-23T04:59:59Z'))).toBe(false);
    expect(week.isOpenAt(at('2026-11-23T05:00:00Z'))).toBe(true);
    expect(week.isOpenAt(at('2026-11-23T20:59:59Z'))).toBe(true);
    expect(week.isOpenAt(at('2026-11-23T21:00:00Z'))).toBe(false);
    expect(week.isOpenAt(at('2026-11-28T22:59:59Z'))).toBe(true);
    expect(week.isOpenAt(at('2026-11-28T23:00:00Z'))).toBe(false);
    expect(week.isOpenAt(at('2026-11-29T12:00:00Z'))).toBe(false);
  });

  it('R19 knows when it opens and closes next', () => {
    const noon = at('2026-11-23T11:07:03Z');
    expect(noon + week.untilChangeMs(noon)).toBe(at('2026-11-23T21:00:00Z'));
    const sunday = at('2026-11-28T23:00:00Z');
    expect(sunday + week.untilChangeMs(sunday)).toBe(at('2026-11-30T05:00:00Z'));
    expect(hours().untilChangeMs(noon)).toBe(Number.POSITIVE_INFINITY);
    expect(hours('mo-su 00:00-24:00').untilChangeMs(noon)).toBe(Number.POSITIVE_INFINITY);
  });

  it('R19 adds up open time over nights and Sundays', () => {
    const friday = at('2026-11-27T20:30:00Z');
    expect(week.afterOpenMs(friday, HOUR_MS / 2)).toBe(at('2026-11-27T21:00:00Z'));
    expect(week.afterOpenMs(friday, HOUR_MS)).toBe(at('2026-11-28T07:30:00Z'));
    // Half an hour on Friday, 16 hours on Saturday, and the rest on Monday.
    expect(week.afterOpenMs(friday, 17 * HOUR_MS)).toBe(at('2026-11-30T05:30:00Z'));
    expect(hours().afterOpenMs(friday, HOUR_MS)).toBe(friday + HOUR_MS);
  });
});

describe('the change of daylight saving in Vienna', () => {
  const night = hours('mo-su 00:00-04:00');

  it('R19 in spring an hour is missing: the night is open for three hours', () => {
    const midnight = at('2026-03-28T23:00:00Z');
    expect(midnight + night.untilChangeMs(midnight)).toBe(at('2026-03-29T02:00:00Z'));
    expect(night.afterOpenMs(midnight, 3 * HOUR_MS + 1)).toBe(at('2026-03-29T22:00:00.001Z'));
  });

  it('R19 in autumn an hour comes twice: the night is open for five hours', () => {
    const midnight = at('2026-10-24T22:00:00Z');
    expect(midnight + night.untilChangeMs(midnight)).toBe(at('2026-10-25T03:00:00Z'));
    expect(night.afterOpenMs(midnight, 5 * HOUR_MS)).toBe(at('2026-10-25T03:00:00Z'));
  });

  it('R19 a site that opens or closes in the missing hour does so when it is over', () => {
    const midnight = at('2026-03-28T23:00:00Z');
    const opens = hours('mo-su 02:30-23:00');
    expect(midnight + opens.untilChangeMs(midnight)).toBe(at('2026-03-29T01:00:00Z'));
    const closes = hours('mo-su 00:00-02:30');
    expect(midnight + closes.untilChangeMs(midnight)).toBe(at('2026-03-29T01:00:00Z'));
  });

  it('R19 a site that opens in the doubled hour is shut again while it comes once more', () => {
    const opens = hours('mo-su 02:30-23:00');
    const from = at('2026-10-25T00:00:00Z');
    expect(from + opens.untilChangeMs(from)).toBe(at('2026-10-25T00:30:00Z'));
    expect(opens.isOpenAt(at('2026-10-25T01:00:00Z'))).toBe(false);
    expect(opens.isOpenAt(at('2026-10-25T01:30:00Z'))).toBe(true);
  });
});
