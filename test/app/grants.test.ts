import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { base45, fromBase45 } from '../../src/domain/base45.ts';
import { readGrant } from '../../src/domain/grant.ts';
import { kioskTag } from '../../src/platform/grant-keys.ts';
import { audit, publicKeyOf } from '../offline/audits.ts';
import { ANNA, DAY_MS, HOUR_MS, MINUTE_MS } from './bench-kiosk.ts';
import { held, newKey } from './grant-bench.ts';
import { Keys } from './keys.ts';

const WRONG = { kind: 'wrong', repeated: false };

describe('a grant by the kiosk itself', () => {
  it('M17 B3 goes with the code, opens its door once, and the audit finds its right', async () => {
    const { bench, slot, parcel, sent, scan, refusals } = await held();
    expect(sent).toMatch(/^LK1:[0-9A-Z $%*+\-./:]{131}$/);
    expect(bench.kiosk.mailbox.some(({ grant }) => grant !== undefined)).toBe(false);
    expect(scan(sent)).toMatchObject({ kind: 'opening', slot });
    bench.takes(slot);
    bench.untilState(slot, 'available');
    expect(bench.parcel(parcel).status).toBe('retrieved');
    expect(scan(sent)).toEqual(WRONG);
    expect(refusals()).toEqual(['GRANT_USED']);
    bench.stop();
    const key = publicKeyOf(bench.folder);
    expect((await audit(join(bench.folder, 'lockerd.db'), [key])).lines).toEqual([]);
  });

  it('M17 R10 R12 stays good over sessions and a power cut in its grace', async () => {
    const { bench, slot, sent, scan } = await held();
    const session = bench.app.sessions.begin();
    expect(scan(sent, session).kind).toBe('opening');
    bench.takes(slot);
    bench.untilState(slot, 'grace');
    bench.app.sessions.end(session);
    expect(scan(sent).kind, 'in the grace').toBe('opening');
    bench.untilState(slot, 'open');
    bench.restart();
    bench.kiosk.door(slot).push();
    bench.wait(MINUTE_MS);
    expect(scan(sent).kind, 'after the cut').toBe('opening');
  });

  it('M17 R10 two people with one QR code: one door, one pickup', async () => {
    const { bench, slot, sent, scan } = await held();
    expect(scan(sent).kind).toBe('opening');
    expect(scan(sent)).toMatchObject({ kind: 'not_now', why: 'busy' });
    bench.takes(slot);
    bench.untilState(slot, 'available');
    expect(bench.rows('parcel.retrieved')).toHaveLength(1);
  });

  it('M17 R12a entitles to its own parcel only', async () => {
    const { bench, courier, sent, scan } = await held();
    bench.drop(courier, bench.announce(ANNA, 'S', 'AC0099999').id);
    const session = bench.app.sessions.begin();
    expect(scan(sent, session).kind).toBe('opening');
    expect(bench.app.collect.others(session)).toHaveLength(1);
  });
});

describe('attacks', () => {
  it('M17 M21 each is refused with a code of its own, and moves nothing', async () => {
    const { bench, courier, sent, scan, refusals, made } = await held();
    const other = bench.drop(courier, bench.announce(ANNA, 'S', 'AC0077777').id);
    const bytes = fromBase45(sent.slice(4)) ?? expect.fail();
    const altered = (at: number): string =>
      `LK1:${base45(bytes.map((byte, index) => (index === at ? byte ^ 1 : byte)))}`;
    const now = Math.floor(bench.clock.wallMs() / 1_000);
    const pulses = bench.pulses();
    const attacks: [what: string, text: string, refusal: string][] = [
      ['nothing', '', 'GRANT_MALFORMED'],
      ['a label', 'AC0012345', 'GRANT_MALFORMED'],
      ['a wrong prefix', `LK2:${sent.slice(4)}`, 'GRANT_MALFORMED'],
      ['a wrong alphabet', `${sent.slice(0, 50)}_${sent.slice(51)}`, 'GRANT_MALFORMED'],
      ['small letters', sent.toLowerCase(), 'GRANT_MALFORMED'],
      ['a character too many', `${sent}0`, 'GRANT_MALFORMED'],
      ['a character too few', sent.slice(0, -1), 'GRANT_MALFORMED'],
      ['too long', 'LK1:'.padEnd(100_000, '0'), 'GRANT_MALFORMED'],
      ['an unknown key', made({ kid: 8 }), 'GRANT_KEY_UNKNOWN'],
      ['a wrong key', made({}, newKey().privateKey), 'GRANT_FORGED'],
      ["the operator's key as the kiosk's", made({ kid: 0 }), 'GRANT_FORGED'],
      ['another parcel', altered(6), 'GRANT_FORGED'],
      ['another generation', altered(11), 'GRANT_FORGED'],
      ['a longer life', altered(17), 'GRANT_FORGED'],
      ['another signature', altered(80), 'GRANT_FORGED'],
      ['another kiosk', made({ kiosk: kioskTag('NYC002') }), 'GRANT_OTHER_KIOSK'],
      ['no parcel', made({ parcel: '000000000000' }), 'GRANT_UNKNOWN_PARCEL'],
      ['too early', made({ notBeforeS: now + 301 }), 'GRANT_TOO_EARLY'],
      ['too late', made({ notBeforeS: now - 3_600, lifetimeMin: 60 }), 'GRANT_TOO_LATE'],
      ['a generation to come', made({ gen: 1 }), 'GRANT_REVOKED'],
    ];
    for (const [what, text, refusal] of attacks) {
      expect(scan(text), what).toEqual(WRONG);
      expect(refusals().at(-1), what).toBe(refusal);
    }
    expect(refusals()).toHaveLength(attacks.length);
    expect(bench.pulses()).toBe(pulses);
    expect(bench.slot(other.slot).state).toBe('occupied');
  });

  it('M17 M21 one sentence at the keypad for all of them, after the same delay', async () => {
    const { bench, sent, made } = await held();
    const keys = new Keys(bench);
    const screens = [sent.slice(1), made({ kid: 9 }), made({ gen: 3 })].map((text) => {
      keys.type('1');
      keys.scan(text);
      expect(keys.text()).toContain('Checking');
      bench.wait(400);
      const shown = keys.text().replace(/Reference \w{6}/, '');
      keys.type('**');
      return shown;
    });
    expect(new Set(screens).size).toBe(1);
    expect(screens[0]).toContain('This QR code was not accepted.');
    expect(screens[0]).toContain('Parcels here stay safe.');
  });

  it('M17 after a cancel, a revocation and a new issue of the numbers it is void', async () => {
    const { bench, parcel, sent, scan, refusals, made } = await held();
    expect(bench.app.grants.revoke(parcel, 'operator')).toBe(true);
    expect(scan(sent)).toEqual(WRONG);
    expect(scan(made({ gen: 1 })).kind).toBe('opening');
    bench.untilState(bench.parcel(parcel).slot ?? '', 'open');
    const second = await held();
    second.bench.app.cancel.byOperator(second.parcel);
    expect(second.scan(second.sent)).toEqual(WRONG);
    expect([...refusals(), ...second.refusals()]).toEqual(['GRANT_REVOKED', 'GRANT_REVOKED']);
  });

  it('M17 R25 without a clock only what is surely too late is refused, by the floor', async () => {
    const { bench, scan, refusals, made } = await held();
    const now = Math.floor(bench.clock.wallMs() / 1_000);
    bench.clock.jumpWall(-30 * DAY_MS);
    expect(scan(made({ notBeforeS: now - 7_200, lifetimeMin: 60 }))).toEqual(WRONG);
    expect(refusals()).toEqual(['GRANT_TOO_LATE']);
    expect(bench.rows('grant.refused')[0]?.clk).toBe('unsynced');
    expect(scan(made({ notBeforeS: now + 86_400 })).kind).toBe('opening');
  });

  it('M17 I13 wrong grants are written down a hundred times a day, and then counted', async () => {
    const { bench, scan, refusals } = await held();
    for (let number = 0; number < 70; number += 1) scan('LK1:0');
    bench.wait(HOUR_MS);
    for (let number = 0; number < 70; number += 1) scan('LK1:0');
    expect(refusals()).toHaveLength(100);
  });
});

describe('in place of the code', () => {
  it('M17 the second number is still asked for; right, it opens the door', async () => {
    const { bench, slot, sent } = await held('replaces-code');
    const keys = new Keys(bench);
    keys.type('1');
    keys.scan(sent);
    keys.shows('Second number');
    keys.type(bench.numbers().second);
    keys.shows('Compartment');
    bench.untilState(slot, 'open');
    expect(bench.rows('intent.armed').at(-1)?.data).toMatchObject({
      authority: expect.stringMatching(/^grant:/),
    });
  });

  it('R13 M17 works when guessers have emptied the budget', async () => {
    const { bench, sent, scan } = await held('replaces-code');
    for (let number = 0; number < 40; number += 1) {
      bench.collect({ code: bench.numbers().code, second: String(200_000 + number) });
    }
    expect(bench.collect(bench.numbers()).kind).toBe('wait');
    bench.wait(HOUR_MS);
    for (let number = 0; number < 40; number += 1) {
      bench.collect({ code: '00000000', second: '000000' });
      bench.collect({ code: '0000000', second: String(300_000 + number) });
    }
    const session = bench.app.sessions.begin();
    expect(scan(sent, session)).toEqual({ kind: 'second' });
    const { second } = bench.numbers();
    expect(bench.app.collect.afterGrant(session, second).kind).toBe('opening');
  });

  it('R13 M17 five wrong second numbers after a grant, then one try an hour', async () => {
    const { bench, sent, scan } = await held('replaces-code');
    const { second } = bench.numbers();
    const session = bench.app.sessions.begin();
    scan(sent, session);
    const tries = Array.from({ length: 7 }, (_, index) => String(index).repeat(6));
    for (const wrong of tries.filter((one) => one !== second).slice(0, 6)) {
      expect(bench.app.collect.afterGrant(session, wrong).kind).toBe('wrong');
    }
    expect(bench.app.collect.afterGrant(session, second).kind).toBe('wrong');
    bench.wait(HOUR_MS + MINUTE_MS);
    expect(bench.app.collect.afterGrant(session, second).kind).toBe('opening');
  });

  it('M17 a second number without a grant before it is worth nothing', async () => {
    const { bench } = await held('replaces-code');
    const { second } = bench.numbers();
    expect(bench.app.collect.afterGrant(bench.app.sessions.begin(), second)).toEqual(WRONG);
  });

  it('M17 switched off, no grant is made and none is taken', async () => {
    const { sent, scan, refusals, made } = await held('off');
    expect(sent).toBe('');
    expect(scan(made())).toEqual(WRONG);
    expect(refusals()).toEqual(['GRANT_OFF']);
  });
});

it('B3 reads back what it writes', async () => {
  const { made } = await held();
  const grant = readGrant(made({ gen: 255, nonce: 0xffff_ffff, lifetimeMin: 0xff_ffff }))?.grant;
  expect(grant).toMatchObject({ gen: 255, nonce: 0xffff_ffff, lifetimeMin: 0xff_ffff });
});
