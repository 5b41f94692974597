import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { families } from '../../hardware/index.ts';
import { sitePlan } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { changed, GOOD, load, refusal } from './bench.ts';

const EXAMPLE = fileURLToPath(new URL('../../src/config/example.toml', import.meta.url));

describe('a good config', () => {
  it('M1 holds a site with lockers and slots, defaults filled in', () => {
    const config = load(GOOD);
    expect(config.site.sizes).toEqual(['S', 'M', 'L']);
    expect(config.buses.map(({ baud, idlePollMs }) => [baud, idlePollMs])).toEqual([
      [115_200, 250],
      [9_600, 250],
    ]);
    expect(config.pulse).toEqual({ ms: 300 });
    expect(config.policy).toEqual({
      strategy: 'best-fit',
      holdDays: 5,
      reminderHours: 24,
      codes: 'code+otp',
      codeDigits: 6,
      secondDigits: 6,
      qr: 'replaces-code',
      graceSeconds: 60,
    });
    expect(config.notices).toEqual({
      order: ['sms', 'email'],
      perDay: 20,
      routes: {
        ...{ reminder: 'each', expired: 'each', retrieved: 'first', cancelled: 'first' },
        ...{ slotFault: 'first', untold: 'each', channelDown: 'first' },
      },
    });
    expect(config.log).toEqual({ level: 'info' });
    expect(config.kiosk).toEqual({ profile: 'normal', language: 'en' });
  });

  it('M1 writes rows out, and counts door numbers on through all lockers', () => {
    const slots = load(GOOD).lockers.map(({ id, slots }) =>
      slots.map((slot) => `${id}/${slot.id} #${slot.number} ${slot.board}${slot.channel}`),
    );
    expect(slots).toEqual([
      [
        'LOCK001/1 #1 A1',
        'LOCK001/2 #2 A2',
        'LOCK001/3 #3 A3',
        'LOCK001/4 #4 A4',
        'LOCK001/five #5 A5',
      ],
      ['LOCK002/six #6 B1'],
    ]);
    expect(load(GOOD).lockers[0]?.slots[3]).toEqual({
      id: '4',
      number: 4,
      size: 'S',
      board: 'A',
      channel: 4,
      accessible: false,
      doorContact: 'closed-when-shut',
      occupancy: true,
    });
  });

  it('takes a number on a door and counts on from it', () => {
    const config = load(changed('id = "five"', 'id = "five"\nnumber = 70'));
    const numbers = sitePlan(config).slots.map(({ number }) => number);
    expect(numbers).toEqual([1, 2, 3, 4, 70, 71]);
  });

  it('M1 gives the site plan: ids with their locker, ranks by size, the order of the file', () => {
    const plan = sitePlan(load(GOOD));
    expect(plan).toMatchObject({
      kiosk: 'LOC001',
      name: 'Market Square',
      city: 'Lindau',
      timeZone: 'Europe/Berlin',
      helpPhone: '+49 8382 123456',
    });
    expect(plan.slots.slice(-2)).toEqual([
      { id: 'LOCK001/five', number: 5, size: 'M', rank: 1, accessible: true, order: 4 },
      { id: 'LOCK002/six', number: 6, size: 'L', rank: 2, accessible: false, order: 5 },
    ]);
  });

  it('is frozen to its leaves', () => {
    const stack: unknown[] = [load(GOOD)];
    let seen = 0;
    for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
      if (typeof value !== 'object' || value === null) continue;
      expect(Object.isFrozen(value)).toBe(true);
      seen += 1;
      stack.push(...Object.values(value));
    }
    expect(seen).toBeGreaterThan(20);
  });

  it('takes boards of several families on one bus at a rate that is named', () => {
    const oneBus = changed('[[buses]]\nname = "right"\nport = "/dev/lockerd/bus1"\n', '').replace(
      'address = 1\nfamily = "plain"',
      'address = 2\nfamily = "plain"',
    );
    expect(refusal(oneBus).problems).toEqual([
      {
        key: 'buses[0].baud',
        found: null,
        allowed: 'one rate for boards that leave the factory with 115200 and 9600',
      },
    ]);
    expect(load(changed('bus0"', 'bus0"\nbaud = 9600', oneBus)).buses[0]?.baud).toBe(9_600);
  });

  it('fills in what each board has settings for, and takes what was chosen', () => {
    const settings = 'channels = 4\nsettings = { order = "down" }';
    const { buses } = load(changed('channels = 4', settings));
    expect(buses.map(({ boards }) => boards[0]?.settings)).toEqual([
      {},
      { order: 'down', echo: 'none' },
    ]);
  });

  it('R7 gives each bus a supply of its own unless buses name one they share', () => {
    expect(load(GOOD).buses.map(({ supply }) => supply)).toEqual(['left', 'right']);
    const shared = changed('name = "left"', 'name = "left"\nsupply = "right"');
    expect(load(shared).buses.map(({ supply }) => supply)).toEqual(['right', 'right']);
  });

  it.each(['tcp://10.0.0.7:4001', 'tcp://gate-1.local:65535', 'tcp://[fe80::1]:1', 'COM3'])(
    'takes the port %s',
    (port) => {
      expect(load(changed('/dev/lockerd/bus1', port)).buses[1]?.port).toBe(port);
    },
  );

  it('puts the door map beside the database, or where told', () => {
    expect(load(GOOD)).toMatchObject({
      site: { production: false },
      doorMap: { path: 'var/lockerd.db.doors.json' },
    });
    const told = changed('[keys]', '[doorMap]\npath = "doors.json"\n[keys]');
    expect(load(told).doorMap.path).toBe('doors.json');
  });

  it('M1 the example loads with the families of the hardware', () => {
    const { slots } = sitePlan(loadConfig(EXAMPLE, families));
    expect(slots.map(({ number }) => number)).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
  });

  it('the example shows the defaults as they are', () => {
    const text = readFileSync(EXAMPLE, 'utf8');
    const spelled = text.replace(/^# (\[\w+\]|[a-zA-Z]+ = .*)$/gm, '$1');
    const { notices, ...rest } = loadConfig(EXAMPLE, families);
    const written = load(spelled.replaceAll('"line"', '"keen"'));
    expect(notices).toMatchObject({ order: ['sms', 'email'], perDay: 20 });
    expect(JSON.parse(JSON.stringify(written))).toMatchObject(
      JSON.parse(JSON.stringify(rest).replaceAll('"line"', '"keen"')),
    );
  });

  it('M1 1024 slots are a page of rows', () => {
    const boards = Array.from({ length: 22 }, (_, board) =>
      [
        `[[buses.boards]]\nid = "b${board}"\naddress = ${board + 1}`,
        'family = "keen"\nchannels = 48\n',
      ].join('\n'),
    );
    const rows = Array.from({ length: 22 }, (_, board) =>
      [
        `[[lockers.rows]]\nfrom = ${48 * board + 1}\nto = ${Math.min(1_024, 48 * (board + 1))}`,
        `size = "M"\nboard = "b${board}"\nfirstChannel = 1\ndoorContact = "closed-when-shut"\n`,
      ].join('\n'),
    );
    const head = GOOD.slice(0, GOOD.indexOf('[[buses.boards]]'));
    const text = [head, ...boards, '[[lockers]]\nid = "all"\n', ...rows].join('\n');
    expect(sitePlan(load(text)).slots).toHaveLength(1_024);
    expect(refusal(text.replace('to = 1024', 'to = 1025')).message).toContain(
      'at most 1024 slots in all; there are 1025',
    );
  });
});
