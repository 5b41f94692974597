import { describe, expect, it } from 'vitest';
import { NOTICE_KINDS } from '../../src/control/ports.ts';
import { LANGUAGES } from '../../src/domain/language.ts';
import { compose } from '../../src/notify/compose.ts';
import { notice, PLACE } from './notice.ts';

const KINDS = NOTICE_KINDS.slice(0, 6);
const TO_OPERATOR = NOTICE_KINDS.slice(6);
const say = (change: Parameters<typeof notice>[0]) => compose(notice(change), PLACE);
const ref = 'ABC234';

describe('a notice in words', () => {
  it.each(['constructor', '__proto__', 'toString', 'xx'])('R28 %s is no language', (language) => {
    const contact = { ...notice().contact, language };
    expect(say({ contact })).toEqual(say({ contact: { ...contact, language: 'en' } }));
  });

  it.each(KINDS)('M10 %s names the parcel, the place and a number for help', (kind) => {
    const { id, subject, text } = say({ kind, values: { ref } });
    expect(id).toBe('0190-n1');
    expect(subject).toMatch(/parcel/i);
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

  it.each(KINDS.slice(2))('M8 %s repeats no number', (kind) => {
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

describe.each(LANGUAGES)('in language %s', (language) => {
  const contact = { phone: '+49 170 1234567', email: null, language };

  it.each(KINDS)('M10 %s has every fact that the English one has', (kind) => {
    const values = { ref, code: '7654321', second: '135791', daysLeft: 6 };
    const facts = ['ABC234', 'Market Square 5', '+49 8382 123456', '7654321', '135791', ' 6 '];
    const [own, english] = [say({ kind, values, contact }), say({ kind, values })];
    for (const fact of facts)
      expect([fact, own.text.includes(fact)]).toEqual([fact, english.text.includes(fact)]);
    expect(own.subject).not.toMatch(/undefined|null|NaN/);
    if (language !== 'en') expect(own.subject).not.toBe(english.subject);
  });

  it('R27 warns whoever needs a low compartment and got none', () => {
    const text = (tooHigh: boolean) => say({ contact, values: { ref, tooHigh } }).text;
    expect(text(true).split('\n')).toHaveLength(text(false).split('\n').length + 1);
    expect(text(true).match(/\+49 8382 123456/g)).toHaveLength(2);
  });

  it('M8 one day, several, and where the other number comes are told apart', () => {
    const text = (values: object, channel: 'sms' | 'email' = 'sms') =>
      say({ contact, channel, values: { ref, ...values } }).text;
    expect(text({ daysLeft: 1 })).not.toBe(text({ daysLeft: 2 }).replace('2', '1'));
    expect(text({ code: '1234567' })).not.toBe(text({ code: '1234567' }, 'email'));
    expect(text({ second: '123456' })).not.toBe(text({ second: '123456' }, 'email'));
  });
});

it('M10 who asks for a language that is not here gets that of the site', () => {
  const contact = { phone: '+49 170 1234567', email: null, language: 'fi' };
  const message = compose(notice({ contact }), { ...PLACE, language: 'de' });
  expect(message.text).toContain('Abholcode: 1234567');
});

it.each([
  ['en', '2026-03-29T00:59:00Z', 'Sunday 29 March at 01:59 CET'],
  ['en', '2026-03-29T01:00:00Z', 'Sunday 29 March at 03:00 CEST'],
  ['en', '2026-10-25T00:30:00Z', 'Sunday 25 October at 02:30 CEST'],
  ['en', '2026-10-25T01:30:00Z', 'Sunday 25 October at 02:30 CET'],
  ['de', '2026-10-25T01:30:00Z', 'Sonntag, 25. Oktober um 02:30 MEZ'],
  ['es', '2026-10-25T01:30:00Z', 'domingo, 25 de octubre, 02:30 CET'],
])('R19 M6 names the end in the time of the site: %s %s', (language, at, said) => {
  const contact = { phone: '1', email: null, language };
  const values = { ref, daysLeft: 1, untilWall: Date.parse(at) };
  const vienna = { ...PLACE, timeZone: 'Europe/Vienna' };
  for (const kind of ['CODE_REISSUED', 'REMINDER', 'EXPIRED'] as const) {
    expect(compose(notice({ kind, contact, values }), vienna).text).toContain(said);
  }
});

describe.each(LANGUAGES)('what more the messages say, in language %s', (language) => {
  const contact = { phone: '1', email: 'ada@example.org', language };
  const tell = (change: Parameters<typeof notice>[0], place = PLACE) =>
    compose(notice({ contact, ...change }), place);
  const [plain] = [tell({ values: { ref } }).text];

  it.each(TO_OPERATOR)('M10 %s tells the operator what, where and since when', (kind) => {
    const about = kind === 'CHANNEL_DOWN' ? 'email' : '17';
    const { subject, text } = tell({ kind, values: { ref, about, trouble: 'HTTP 503' } });
    expect(subject.length).toBeGreaterThan(10);
    expect(text).toContain('Market Square, Market Square 5, Lindau');
    expect(text).toContain(kind === 'UNTOLD' ? ref : 'HTTP 503');
    expect(text).not.toMatch(/undefined|null|NaN/);
  });

  it('M10 the opening hours, only where there are some', () => {
    const hours = { ...PLACE, openingHours: ['mo-fr 06:00-22:00', 'sa 08:15-24:00'] };
    const { text } = tell({ values: { ref } }, hours);
    expect(text).toContain('06:00–22:00');
    expect(text).toContain('08:15–24:00');
    expect(text.split('\n')).toHaveLength(plain.split('\n').length + 1);
  });

  it('R19 the day until which it is held at least', () => {
    const { text } = tell({ values: { ref, untilWall: Date.UTC(2026, 10, 27, 17) } });
    expect(text).toMatch(/27.*18:00/);
  });

  it('R3 says of an expired parcel that it was taken back, once it was', () => {
    const said = (isGone: boolean) => tell({ kind: 'EXPIRED', values: { ref, isGone } }).text;
    expect(said(true)).not.toBe(said(false));
  });

  it('M17 speaks of the QR code only beside it', () => {
    const grant = 'LK1:ABC';
    const values = { ref, code: '1234567', grant };
    const mail = tell({ channel: 'email', values });
    expect(mail.html).toContain('<img src="cid:grant"');
    expect(mail.text).toMatch(/QR/);
    expect(tell({ channel: 'sms', values }).text).not.toMatch(/QR/);
    expect(tell({ channel: 'email', values: { ref, code: '1234567' } }).text).not.toMatch(/QR/);
    const off = tell({ channel: 'email', values }, { ...PLACE, qr: 'off' });
    expect(`${off.text}${off.html}`).not.toMatch(/QR|<img/);
  });

  it('M10 the page for a mailbox says the same, escaped, without a link', () => {
    const place = { ...PLACE, name: 'A <b> & "Co"' };
    const { html = '', text } = tell({ channel: 'email' }, place);
    expect(html).toContain('A &lt;b&gt; &amp; &quot;Co&quot;');
    expect(html).not.toMatch(/<b>|href|https?:/);
    expect(html.match(/<p>/g)).toHaveLength(text.trimEnd().split('\n').length);
    expect(html).toMatch(/<strong[^>]*>1234567<\/strong>/);
    expect(html).toContain(`<html lang="${language}">`);
  });
});
