import { describe, expect, it } from 'vitest';
import type { Notice, NoticeKind } from '../../src/control/ports.ts';
import { compose } from '../../src/notify/compose.ts';
import { notice, PLACE } from './notice.ts';

const KINDS: readonly NoticeKind[] = ['STORED', 'REMINDER', 'EXPIRED', 'RETRIEVED', 'CANCELLED'];
const say = (change: Partial<Notice>) => compose(notice(change), PLACE);
const ref = 'ABC234';

describe('a notice in words', () => {
  it.each(KINDS)('M10 %s names the parcel, the place and a number for help', (kind) => {
    const { id, subject, text } = say({ kind, values: { ref } });
    expect(id).toBe('0190-n1');
    expect(subject).toMatch(/parcel/);
    expect(text).toContain('ABC234');
    expect(text).toContain('Market Square, Market Square 5, Lindau');
    expect(text).toContain('+49 8382 123456');
    expect(text).not.toMatch(/undefined|null|NaN/);
  });

  it.each(KINDS)('M10 %s has no link and no word of money', (kind) => {
    const { subject, text } = say({ kind, values: { ref, code: '1234567', second: '654321' } });
    const all = `${subject} ${text}`;
    expect(all).not.toMatch(/https?:|www\.|:\/\/|click|link/i);
    expect(all).not.toMatch(/\b(fees?|pay|paid|charges?|costs?|price|eur|usd)\b|[€$£]/i);
  });

  it('M8 the code alone says that the second number comes over the other channel', () => {
    const bySms = say({ channel: 'sms', values: { ref, code: '1234567' } }).text;
    expect(bySms).toContain('Pickup code: 1234567\n');
    expect(bySms).toContain('The second number comes by e-mail.');
    expect(bySms).not.toContain('Second number:');
    const byMail = say({ channel: 'email', values: { ref, code: '1234567' } }).text;
    expect(byMail).toContain('The second number comes by text message.');
  });

  it('M8 the second number alone says where the code comes', () => {
    const byMail = say({ channel: 'email', values: { ref, second: '654321' } }).text;
    expect(byMail).toContain('Second number: 654321\n');
    expect(byMail).toContain('The pickup code comes by text message.');
    expect(byMail).not.toContain('Pickup code:');
  });

  it('M8 both numbers in one message, for who has one channel only', () => {
    const { text } = say({});
    expect(text).toContain('Pickup code: 1234567\nSecond number: 654321\n');
    expect(text).toContain('The keypad asks for both.');
    expect(text).not.toContain('comes by');
  });

  it.each(KINDS.slice(1))('M8 %s repeats no number', (kind) => {
    const { text } = say({ kind, values: { ref, code: '1234567', second: '654321' } });
    expect(text).not.toMatch(/1234567|654321/);
  });

  it('M6 says how long the parcel is held', () => {
    expect(say({}).text).toContain('It is held for 5 days.');
    expect(say({ values: { ref, daysLeft: 7 } }).text).toContain('It is held for 7 days.');
    const reminder = (daysLeft: number) =>
      say({ kind: 'REMINDER', values: { ref, daysLeft } }).text;
    expect(reminder(2)).toContain('held for 2 days more');
    expect(reminder(1)).toContain('held for 1 day more');
    expect(reminder(0)).toContain('held for less than a day more');
  });

  it('speaks English to who has another language', () => {
    const contact = { phone: '1', email: null, language: 'xx' };
    expect(say({ contact })).toEqual(say({}));
  });
});
