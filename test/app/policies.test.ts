import { describe, expect, it } from 'vitest';
import { isWellFormed } from '../../src/domain/code.ts';
import { type CodePolicy, POLICY_DIGITS } from '../../src/domain/code-policy.ts';
import type { Contact } from '../../src/domain/person.ts';
import { ANNA, Bench, siteConfig } from './bench-kiosk.ts';

const PHONE_ONLY: Contact = { ...ANNA, email: null };
const MAIL_ONLY: Contact = { ...ANNA, phone: null };
const CODE = /Pickup code: (\d+)/;
const SECOND = /Second number: (\d+)/;

function benchWith(codes: CodePolicy): Bench {
  const config = siteConfig();
  const { code: codeDigits, second: secondDigits } = POLICY_DIGITS[codes];
  return new Bench({
    config: { ...config, policy: { ...config.policy, codes, codeDigits, secondDigits } },
  }).start();
}

/** A parcel for somebody, and all that they were sent. */
async function stored(bench: Bench, contact: Contact, label = 'AC0012345') {
  const drop = bench.drop(await bench.courier(), bench.announce(contact, 'S', label).id);
  const sent = [...bench.kiosk.phone, ...bench.kiosk.mailbox].filter(({ text }) =>
    text.includes(drop.ref),
  );
  const text = sent.map((message) => message.text).join('');
  const [code = '', second = ''] = [CODE.exec(text)?.[1], SECOND.exec(text)?.[1]];
  return { drop, sent, text, code, second };
}

describe('M8 the policy code+phone', () => {
  it('sends one code of 8 and 1 digits, and takes the end of the phone with it', async () => {
    const bench = benchWith('code+phone');
    const { sent, text, code, drop } = await stored(bench, ANNA);
    expect(sent).toHaveLength(1);
    expect(isWellFormed(code, 8)).toBe(true);
    expect(text).not.toMatch(SECOND);
    expect(bench.collect({ code, second: '0112' })).toMatchObject({ kind: 'wrong' });
    const right = bench.collect({ code, second: '0111' });
    expect(right).toMatchObject({ kind: 'opening', slot: drop.slot });
  });

  it('who has no phone gets four digits that stand in for it, and the same prompts', async () => {
    const bench = benchWith('code+phone');
    const { text, code, second, drop } = await stored(bench, MAIL_ONLY);
    expect(second).toMatch(/^\d{4}$/);
    expect(text).toContain('where the keypad asks for the end of a phone number');
    expect(bench.parcel(drop.parcel).policy).toBe('code');
    expect(bench.collect({ code, second }).kind).toBe('opening');
  });
});

describe('M8 the policy code', () => {
  it('sends one number of 12 and 1 digits, and asks for nothing else', async () => {
    const bench = benchWith('code');
    const { text, code, second } = await stored(bench, ANNA);
    expect(isWellFormed(code, 12)).toBe(true);
    expect(text).not.toMatch(SECOND);
    expect(second).toBe('');
    expect(bench.collect({ code, second: '123456' }).kind).toBe('malformed');
    expect(bench.collect({ code, second: '' }).kind).toBe('opening');
  });
});

describe('R12a which other parcels two numbers open', () => {
  it('those of an equal or weaker policy, never of a stronger one', async () => {
    const bench = benchWith('code+otp');
    const weak = await stored(bench, PHONE_ONLY, 'AC0022222');
    const strong = await stored(bench, ANNA, 'AC0011111');
    expect(bench.parcel(strong.drop.parcel).policy).toBe('code+otp');
    expect(bench.parcel(weak.drop.parcel).policy).toBe('code');
    const others = (numbers: { code: string; second: string }): string[] => {
      const session = bench.app.sessions.begin();
      expect(bench.collect(numbers, session).kind).toBe('opening');
      const found = bench.app.collect.others(session).map(({ id }) => id);
      bench.app.sessions.end(session);
      return found.filter((id) => id === strong.drop.parcel || id === weak.drop.parcel);
    };
    expect(others(weak)).toEqual([weak.drop.parcel]);
    expect(others(strong).sort()).toEqual([strong.drop.parcel, weak.drop.parcel].sort());
  });
});
