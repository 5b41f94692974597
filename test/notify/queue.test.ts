import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Contact } from '../../src/domain/person.ts';
import { MIGRATIONS } from '../../src/store/schema.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../app/bench-kiosk.ts';
import { Desk, deskConfig } from './desk.ts';

const ANNA = { phone: '+12125550111', email: 'anna@example.org', language: 'en' };
const person = (number: number, change: Partial<Contact> = {}): Contact => ({
  ...{ phone: `+1212555${1_000 + number}`, email: `p${number}@example.org`, language: 'en' },
  ...change,
});

const kinds = (desk: Desk) => desk.notices().map(({ kind }) => kind);

describe('the queue', () => {
  it('R19 a notice is repeated until its channel accepts it, and then no more', () => {
    const desk = new Desk().start();
    const { email } = desk.posts;
    email.fate = 'down';
    const parcel = desk.drop({ ...ANNA, phone: null });
    desk.clock.advance(HOUR_MS);
    expect(desk.parcel(parcel).hold.told).toBe(false);
    email.fate = 'accepted';
    desk.clock.advance(15 * MINUTE_MS);
    expect(email.taken).toHaveLength(1);
    expect(desk.parcel(parcel).hold.told).toBe(true);
    const { id = '' } = email.taken[0]?.message ?? {};
    expect(desk.core.store.notices.get(id)).toMatchObject({ state: 'accepted', sealed: null });
    desk.clock.advance(5 * HOUR_MS);
    expect(email.taken).toHaveLength(1);
  });

  it('M13 a channel that is down does not keep messages from another one', () => {
    const desk = new Desk().start();
    const { sms, email } = desk.posts;
    email.fate = 'down';
    for (let number = 0; number < 4; number += 1) desk.drop(person(number, { phone: null }));
    // Each of them is reminded and expires, by mail.
    desk.clock.advance(7 * DAY_MS);
    const waiting = desk.waiting().filter(({ parcel }) => parcel !== null);
    expect(waiting.map(({ kind }) => kind).sort()).toEqual(Array(4).fill('EXPIRED'));
    desk.drop(person(9, { email: null }));
    expect(sms.taken).toHaveLength(1);
  });

  it('M13 a dead channel opens its breaker, raises the alarm, and goes on by itself', () => {
    const desk = new Desk().start();
    const { sms, email } = desk.posts;
    sms.fate = 'down';
    const parcels = [0, 1, 2, 3, 4].map((number) => desk.drop(person(number, { email: null })));
    desk.clock.advance(MINUTE_MS);
    expect(desk.core.notices.isDown('sms')).toBe(true);
    expect(desk.rows('channel.down')).toHaveLength(1);
    expect(email.taken.map(({ message }) => message.subject)).toEqual([
      'Messages do not get through',
    ]);
    // One message at a time finds out; every ten minutes at the most.
    const tries = () => [...sms.tries.values()].reduce((sum, count) => sum + count, 0);
    desk.clock.advance(HOUR_MS);
    const before = tries();
    desk.clock.advance(DAY_MS);
    expect(tries() - before).toBeLessThanOrEqual((24 * 60) / 5);
    sms.fate = 'accepted';
    desk.clock.advance(11 * MINUTE_MS);
    expect(parcels.map((id) => desk.parcel(id).hold.told)).toEqual(Array(5).fill(true));
    expect(sms.taken).toHaveLength(5);
    expect(desk.rows('channel.up')).toHaveLength(1);
    expect(desk.waiting()).toEqual([]);
  });

  it('M13 one that breaks every time does not keep a long queue from going out', () => {
    const desk = new Desk().start();
    const { email } = desk.posts;
    email.fate = 'down';
    const bad = desk.drop(person(0, { phone: null }));
    const people = [...Array(300).keys()];
    for (const number of people) {
      desk.core.notices.tellOperator('SLOT_FAULT', { about: `${number}`, trouble: 'jammed' });
    }
    const parcel = desk.parcel(bad);
    const { store } = desk.core;
    for (const number of people) {
      const recipient = desk.core.people.addCustomer(person(number + 1, { phone: null }));
      store.transaction(() =>
        desk.core.notices.queue({ ...parcel, recipient }, 'CANCELLED', 'email', {
          ref: `${number}`,
        }),
      );
    }
    const { send } = email;
    email.send = (to, message, told) => {
      if (to === 'p0@example.org') throw new TypeError('poison');
      send.call(email, to, message, told);
    };
    email.fate = 'accepted';
    desk.clock.advance(HOUR_MS);
    const cancelled = desk.notices().filter(({ kind }) => kind === 'CANCELLED');
    expect(cancelled.map(({ state }) => state)).toEqual(Array(300).fill('accepted'));
    expect(desk.notices().filter(({ parcel: id }) => id === bad && id !== null)).toContainEqual(
      expect.objectContaining({ kind: 'STORED', state: 'failed', why: 'TypeError' }),
    );
    desk.restart();
    expect(desk.rows('notice.failed')).toHaveLength(1);
  });

  it('M13 nobody is sent more than so many a day, but for numbers; the rest later', () => {
    const desk = new Desk({ config: deskConfig({ perDay: 3 }) }).start();
    const { sms } = desk.posts;
    const parcel = desk.parcel(desk.drop({ ...ANNA, email: null }));
    const tell = () => desk.core.notices.tell(parcel, 'CANCELLED');
    for (let time = 0; time < 5; time += 1) tell();
    desk.core.notices.drain();
    expect(sms.taken).toHaveLength(3);
    expect(desk.waiting().map(({ why }) => why)).toEqual(Array(3).fill('daily limit'));
    expect(desk.core.notices.renew(parcel, 'technician:1')).toBe(true);
    expect(sms.taken.at(-1)?.message.text).toMatch(/code: \d+/);
    desk.clock.advance(DAY_MS + HOUR_MS);
    expect(sms.taken.length).toBeGreaterThan(4);
    expect(sms.taken.length).toBeLessThanOrEqual(4 + 3);
    desk.clock.advance(2 * DAY_MS);
    expect(desk.waiting()).toEqual([]);
  });
});

describe('a reminder', () => {
  it('R19 M6 is held back while the parcel cannot be collected, and then says the new day', () => {
    const desk = new Desk().start();
    const { sms } = desk.posts;
    sms.fate = 'accepted';
    const parcel = desk.drop({ ...ANNA, email: null });
    const slot = desk.parcel(parcel).slot ?? '';
    desk.clock.advance(4 * DAY_MS - MINUTE_MS);
    sms.fate = 'later';
    desk.clock.advance(2 * MINUTE_MS);
    desk.happens(slot, { type: 'BOARD_DARK' });
    sms.fate = 'accepted';
    desk.clock.advance(2 * DAY_MS);
    expect(kinds(desk)).toContain('REMINDER');
    expect(sms.taken).toHaveLength(1);
    expect(desk.waiting()).toMatchObject([{ kind: 'REMINDER', why: 'cannot be collected now' }]);
    desk.happens(slot, { type: 'BOARD_OK' });
    desk.clock.advance(6 * MINUTE_MS);
    // Two days without its board are two days more.
    const [stored, reminder] = sms.taken.map(({ message }) => message.text);
    expect(stored).toContain('until Monday 5 January');
    expect(reminder).toContain('until Wednesday 7 January');
  });

  it('M6 is void once the parcel has left', () => {
    const desk = new Desk().start();
    const { sms } = desk.posts;
    const parcel = desk.drop({ ...ANNA, email: null });
    desk.clock.advance(4 * DAY_MS - MINUTE_MS);
    sms.fate = 'down';
    desk.clock.advance(HOUR_MS);
    desk.pickUp(parcel);
    sms.fate = 'accepted';
    desk.clock.advance(HOUR_MS);
    const told = sms.taken.map(({ message }) => message.subject);
    expect(told).toEqual(['Your parcel is in the locker', 'Your parcel counts as collected']);
    expect(desk.notices().find(({ kind }) => kind === 'REMINDER')?.state).toBe('void');
  });
});

describe('routes', () => {
  const ROUTES = deskConfig().notices.routes;
  const BOTH = { email: 'operations@example.org', phone: '+12125559999' };
  const routed = (change: Partial<typeof ROUTES>) =>
    new Desk({ config: deskConfig({ operator: BOTH, routes: { ...ROUTES, ...change } }) }).start();
  const fault = (desk: Desk, slot = desk.freeSlot()) => {
    desk.happens(slot, { type: 'DOOR_OPENED' });
    desk.clock.advance(1_000);
  };
  const told = (desk: Desk) =>
    (['sms', 'email'] as const).map((channel) => desk.posts[channel].taken.length);

  it.each([
    ['first', [1, 0]],
    ['each', [1, 1]],
    ['email', [0, 1]],
    ['journal', [0, 0]],
  ] as const)('M10 M14 a fault by route %s', (slotFault, counts) => {
    const desk = routed({ slotFault });
    fault(desk);
    expect(desk.rows('slot.forced')).toHaveLength(1);
    expect(told(desk)).toEqual(counts);
  });

  it('M10 the operator is told past a channel that is down', () => {
    const desk = routed({ slotFault: 'first' });
    desk.posts.sms.fate = 'down';
    desk.drop({ ...ANNA, email: null });
    desk.clock.advance(MINUTE_MS);
    fault(desk);
    const subjects = desk.posts.email.taken.map(({ message }) => message.subject);
    expect(subjects).toEqual(['Messages do not get through', 'A compartment needs a look']);
  });
});

describe('observers', () => {
  it('M10 see what was written while they were not there, once', () => {
    const desk = new Desk().start();
    const parcel = desk.drop(ANNA);
    desk.clock.advance(MINUTE_MS);
    desk.cut();
    // A program that has no observers yet writes to the journal, as lockerd of last year did.
    const database = new Database(desk.database);
    const { seq } = database.prepare('SELECT max(seq) AS seq FROM journal').get() as Seq;
    const cursor = database.prepare(`UPDATE kept SET body = ? WHERE name = 'observer.recipients'`);
    expect(cursor.run(`${seq - 1}`).changes).toBe(1);
    database
      .prepare(`UPDATE journal SET t = 'parcel.retrieved', parcel = ? WHERE seq = ?`)
      .run(parcel, seq);
    database.close();
    desk.clock.advance(1_000);
    desk.start();
    expect(kinds(desk).filter((kind) => kind === 'RETRIEVED')).toHaveLength(1);
    desk.restart();
    expect(kinds(desk).filter((kind) => kind === 'RETRIEVED')).toHaveLength(1);
  });

  it('M10 begin with what comes where there were none, and tell nothing of old', () => {
    const desk = new Desk().start();
    desk.pickUp(desk.drop(ANNA));
    desk.cut();
    const database = new Database(desk.database);
    database.exec(`DELETE FROM kept WHERE name GLOB 'observer.*'; DELETE FROM notices`);
    database.close();
    desk.clock.advance(1_000);
    desk.start();
    desk.clock.advance(HOUR_MS);
    expect(kinds(desk)).toEqual([]);
    desk.pickUp(desk.drop(ANNA));
    expect(kinds(desk).sort()).toEqual(['RETRIEVED', 'STORED', 'STORED']);
  });

  it('M13 the queue of a database from before goes on, and each of its messages goes out', () => {
    const at = MIGRATIONS.findIndex((sql) => sql.includes('next_code_hash'));
    const database = new Database(':memory:');
    for (const sql of MIGRATIONS.slice(0, at)) database.exec(sql);
    const put = database.prepare('INSERT INTO notices (id, body) VALUES (?, ?)');
    for (const kind of ['STORED', 'REMINDER']) {
      put.run(kind, JSON.stringify({ kind, channel: 'sms', state: 'waiting', dueMono: 0 }));
    }
    for (const sql of MIGRATIONS.slice(at)) database.exec(sql);
    const rows = database.prepare('SELECT body FROM notices ORDER BY id').all() as Body[];
    expect(rows.map(({ body }) => JSON.parse(body))).toMatchObject([
      { kind: 'REMINDER', hasCode: false, topic: null, state: 'waiting' },
      { kind: 'STORED', hasCode: true, topic: null, state: 'waiting' },
    ]);
    database.close();
  });
});

interface Seq {
  readonly seq: number;
}

interface Body {
  readonly body: string;
}

it.each([-400 * DAY_MS, -HOUR_MS, HOUR_MS, 400 * DAY_MS])(
  'R25 M13 a step of the clock by %i ms: nothing twice, nothing lost',
  (step) => {
    const desk = new Desk().start();
    const { sms, email } = desk.posts;
    sms.fate = 'down';
    const parcels = [1, 2, 3].map((number) => desk.drop(person(number, { email: null })));
    desk.clock.advance(MINUTE_MS);
    desk.clock.jumpWall(step);
    desk.clock.advance(30 * MINUTE_MS);
    sms.fate = 'accepted';
    desk.clock.advance(11 * MINUTE_MS);
    desk.clock.jumpWall(-step);
    desk.clock.advance(HOUR_MS);
    desk.restart();
    desk.clock.jumpWall(step);
    desk.clock.advance(HOUR_MS);
    const ids = [...sms.taken, ...email.taken].map(({ message }) => message.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(sms.taken.map(({ to }) => to).sort()).toEqual(
      [1, 2, 3].map((number) => person(number).phone),
    );
    expect(parcels.map((id) => desk.parcel(id).hold.told)).toEqual([true, true, true]);
    expect(desk.waiting()).toEqual([]);
  },
);
