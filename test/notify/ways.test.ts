import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../../sim/random.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../app/bench-kiosk.ts';
import { Desk, deskConfig } from './desk.ts';

const ANNA = { phone: '+12125550111', email: 'anna@example.org', language: 'en' };
const BEN = { phone: '+12125550222', email: 'ben@example.org', language: 'en' };

/** What is typed at the keypad, judged. */
function collects(desk: Desk, code = '', second = ''): string {
  return desk.core.numbers.judge('session', code, second).kind;
}

describe('a message that is refused goes another way, or waits for one', () => {
  it('M13 to a channel that is down, and is delivered when that is back', () => {
    const desk = new Desk().start();
    const { sms, email } = desk.posts;
    email.fate = 'down';
    desk.drop(BEN);
    desk.clock.advance(MINUTE_MS);
    expect(desk.core.notices.isDown('email')).toBe(true);
    sms.fate = 'refused';
    const parcel = desk.drop(ANNA);
    desk.clock.advance(2 * HOUR_MS);
    expect(desk.rows('notice.failed')).toEqual([]);
    email.fate = 'accepted';
    desk.clock.advance(HOUR_MS);
    expect(desk.parcel(parcel)).toMatchObject({ policy: 'code', hold: { told: true } });
    const mine = email.taken.filter(({ to }) => to === ANNA.email).at(-1)?.message.text ?? '';
    const [, code, second] = mine.match(/code: (\d+)\nSecond number: (\d+)/) ?? [];
    expect(collects(desk, code, second)).toBe('right');
  });

  it('M13 R3a once nobody is at its slot any more', () => {
    const desk = new Desk().start();
    const { sms, email } = desk.posts;
    sms.fate = null;
    const parcel = desk.drop(ANNA);
    const slot = desk.parcel(parcel).slot ?? '';
    desk.opens(slot, 'pickup');
    sms.fate = 'refused';
    // Nobody answered in two minutes; the next try is refused.
    desk.clock.advance(2 * MINUTE_MS + 30_000);
    expect(desk.waiting()).toMatchObject([{ channel: 'sms', refusedBy: ['sms'] }]);
    desk.happens(slot, { type: 'DOOR_CLOSED', occupancy: 'full' });
    desk.happens(slot, { type: 'REFUSED_IT' });
    desk.clock.advance(10 * MINUTE_MS);
    expect([sms.tries.size, desk.rows('notice.failed')]).toEqual([1, []]);
    expect(email.taken.at(-1)?.message.text).toMatch(/code: \d+\nSecond number: \d+/);
    expect(desk.waiting()).toEqual([]);
  });

  it('M13 what every channel has refused is given up, and the operator told once', () => {
    const desk = new Desk().start();
    desk.posts.sms.fate = 'refused';
    desk.posts.email.fate = 'refused';
    const parcel = desk.drop(ANNA);
    expect(desk.notices().filter(({ kind }) => kind === 'UNTOLD')).toHaveLength(1);
    desk.clock.advance(DAY_MS + HOUR_MS);
    expect(desk.notices().filter(({ kind }) => kind === 'UNTOLD')).toHaveLength(1);
    expect(desk.core.store.parcels.untold(9)).toMatchObject([{ id: parcel }]);
  });
});

describe('the time of a parcel begins', () => {
  it('R19 not by the second number alone, with which nobody can collect', () => {
    const desk = new Desk().start();
    const { sms, email } = desk.posts;
    sms.fate = 'down';
    const parcel = desk.drop(ANNA);
    expect(email.number('Second number')).toMatch(/\d{6}/);
    expect(desk.parcel(parcel).hold.told).toBe(false);
    expect(desk.core.store.parcels.untold(9)).toMatchObject([{ id: parcel }]);
    sms.fate = 'accepted';
    desk.clock.advance(MINUTE_MS);
    expect(desk.parcel(parcel).hold.told).toBe(true);
    expect(desk.core.store.parcels.untold(9)).toEqual([]);
  });

  it('R19 by the code, while the second number has yet to find its way', () => {
    const desk = new Desk().start();
    desk.posts.email.fate = 'down';
    const parcel = desk.drop(ANNA);
    expect(desk.parcel(parcel).hold.told).toBe(true);
    desk.clock.advance(HOUR_MS);
    const [code, second] = ['Pickup code', 'Second number'].map((name) =>
      desk.posts.sms.number(name),
    );
    expect(collects(desk, code, second)).toBe('right');
  });
});

/** Chance that gives the same digits again, for as long as it is told to. */
function stuckRandom() {
  const random = seededRandom(1);
  const stuck = { left: 0 };
  const int = (max: number) => {
    if (max !== 10 || stuck.left === 0) return random.int(max);
    stuck.left -= 1;
    return 7;
  };
  return { stuck, random: { ...random, int, bytes: (count) => random.bytes(count) } as Random };
}

it('M7 a code that waits to be sent is given to nobody else', () => {
  const { random, stuck } = stuckRandom();
  const desk = new Desk({ random }).start();
  const { sms } = desk.posts;
  const anna = desk.drop(ANNA);
  sms.fate = 'down';
  stuck.left = 6;
  expect(desk.core.notices.renew(desk.parcel(anna), 'technician:1')).toBe(true);
  stuck.left = 6;
  const ben = desk.drop(BEN);
  sms.fate = 'accepted';
  desk.clock.advance(HOUR_MS);
  const codes = sms.taken.map(({ message }) => message.text.match(/code: (\d+)/)?.[1]);
  expect(codes).toHaveLength(3);
  expect(new Set(codes).size).toBe(3);
  expect(desk.parcel(anna).codeHash).not.toBe(desk.parcel(ben).codeHash);
  expect(desk.waiting()).toEqual([]);
});

describe('what the operator is told', () => {
  it('M14 a fault once while it waits to be told, each other one too', () => {
    const desk = new Desk().start();
    desk.posts.email.fate = 'down';
    for (let time = 0; time < 50; time += 1) {
      desk.core.notices.tellOperator('SLOT_FAULT', { about: '4', trouble: 'jammed' });
    }
    desk.core.notices.tellOperator('SLOT_FAULT', { about: '4', trouble: 'dirty' });
    desk.core.notices.tellOperator('SLOT_FAULT', { about: '5', trouble: 'jammed' });
    expect(
      desk
        .waiting()
        .map(({ topic }) => topic)
        .sort(),
    ).toEqual(['SLOT_FAULT 4 dirty', 'SLOT_FAULT 4 jammed', 'SLOT_FAULT 5 jammed']);
    desk.posts.email.fate = 'accepted';
    desk.clock.advance(MINUTE_MS);
    desk.core.notices.tellOperator('SLOT_FAULT', { about: '4', trouble: 'jammed' });
    desk.core.notices.drain();
    expect(desk.posts.email.taken).toHaveLength(4);
  });

  it('M13 that nobody could be told, though faults have used up the day', () => {
    const desk = new Desk({ config: deskConfig({ perDay: 3 }) }).start();
    const { sms, email } = desk.posts;
    for (let slot = 1; slot < 9; slot += 1) {
      desk.core.notices.tellOperator('SLOT_FAULT', { about: `${slot}`, trouble: 'jammed' });
    }
    desk.core.notices.drain();
    expect(email.taken).toHaveLength(3);
    sms.fate = 'refused';
    desk.drop({ ...ANNA, email: null });
    sms.fate = 'down';
    desk.drop({ ...BEN, email: null });
    desk.clock.advance(MINUTE_MS);
    const told = email.taken.map(({ message }) => message.subject);
    expect(told.slice(3)).toEqual(['A recipient could not be told', 'Messages do not get through']);
    // The rest of the faults, as many a day as there may be.
    desk.clock.advance(5 * DAY_MS);
    expect(desk.waiting().filter(({ kind }) => kind === 'SLOT_FAULT')).toEqual([]);
  });
});

describe('M16 new numbers at a kiosk', () => {
  const asked = (desk: Desk, phone = '12125550111'): string => {
    let kind = 'nothing';
    desk.lostCode.ask('session', phone, (answer) => {
      kind = answer.kind;
    });
    desk.clock.advance(3_000);
    return kind;
  };

  it('that has e-mail alone', () => {
    const posts = new Desk().posts;
    const desk = new Desk({ transports: () => ({ email: posts.email }) }).start();
    desk.drop(ANNA);
    const old = posts.email.number('Pickup code');
    expect(asked(desk)).toBe('noted');
    expect(posts.email.number('Pickup code')).not.toBe(old);
    posts.email.fate = 'down';
    expect(asked(desk)).toBe('cannot_send');
  });

  it('whose text messages do not get out, by the other channel', async () => {
    const desk = new Desk().start();
    const parcel = desk.drop(ANNA);
    desk.posts.sms.fate = 'down';
    expect(asked(desk)).toBe('noted');
    expect(asked(desk, '19995550000')).toBe('noted');
    desk.clock.advance(HOUR_MS);
    expect(desk.posts.email.taken.at(-1)?.message.text).toMatch(/code: \d+\nSecond number: \d+/);
    const byOperator = desk.lostCode.byOperator(parcel, '1');
    desk.clock.advance(3_000);
    expect(await byOperator).toBe('noted');
    desk.posts.email.fate = 'down';
    const offline = desk.lostCode.byOperator(parcel, '1');
    desk.clock.advance(3_000);
    expect(await offline).toBe('cannot_send');
    expect(asked(desk)).toBe('cannot_send');
  });
});
