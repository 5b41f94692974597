import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Audit, audit, publicKeyOf } from '../offline/audits.ts';
import { Bench, CARRIER, PIN, scratchFolder } from './bench-kiosk.ts';

/** The audit of the database that the kiosk stopped with, after so many cuts. */
function auditOf(bench: Bench, cuts = 0, head: string | null = null): Promise<Audit> {
  const name = cuts === 0 ? 'lockerd.db' : `lockerd-${cuts}.db`;
  return audit(join(bench.folder, name), [publicKeyOf(bench.folder)], head);
}

/** The types of a parcel's slot's rows, in order, without the parcel's own. */
const types = (bench: Bench, slot: string): string[] =>
  bench
    .journal()
    .filter((row) => row.slot === slot)
    .map((row) => row.t);

describe('the story of a parcel', () => {
  it('B2 R30 is whole: who proved what, intent, board, edges, custody', async () => {
    const bench = new Bench().start();
    const drop = bench.drop(await bench.courier());
    const session = bench.app.sessions.begin();
    bench.collect(bench.numbers(), session);
    bench.takes(drop.slot);
    bench.until('it is fetched', () => bench.parcel(drop.parcel).status === 'retrieved');
    const rows = bench.journal();
    const [accepted] = bench.rows('entry.accepted');
    const armed = bench.rows('intent.armed').at(-1);
    expect(accepted).toMatchObject({ parcel: drop.parcel, cause: `session:${session}` });
    expect(armed?.data).toMatchObject({
      authority: `code:${drop.parcel}`,
      session: `session:${session}`,
      purpose: 'pickup',
    });
    expect(types(bench, drop.slot).slice(-5)).toEqual([
      'intent.armed',
      'pulse.result',
      'slot.opened',
      'slot.closed',
      'parcel.retrieved',
    ]);
    const result = bench.rows('pulse.result').at(-1);
    expect(result).toMatchObject({ cause: armed?.cause, data: { verdict: 'acknowledged' } });
    expect(result?.mono).toBeGreaterThan(armed?.mono ?? Number.NaN);
    const at = (t: string): number => rows.findLastIndex((row) => row.t === t);
    expect(at('entry.accepted')).toBe(at('intent.armed') - 1);
    expect(rows[at('parcel.retrieved') + 1]?.t).toBe('audit.checkpoint');
    bench.stop();
    expect((await auditOf(bench)).found).toEqual([]);
  });

  it('B2 R30 a jam, a crash between the pulses and another try are without a finding', async () => {
    const bench = new Bench().start();
    const drop = bench.drop(await bench.courier());
    const door = bench.kiosk.door(drop.slot);
    const sent = bench.numbers();
    door.jam();
    const session = bench.app.sessions.begin();
    bench.collect(sent, session);
    bench.untilState(drop.slot, 'unseen');
    bench.app.supervisor.send(drop.slot, { type: 'DID_NOT_OPEN' });
    bench.wait(31_000);
    bench.app.openSlot.again(drop.slot, session);
    bench.until('the fourth pulse', () => bench.pulses() === 5);
    bench.restart();
    expect(bench.rows('intent.unknown')).toHaveLength(1);
    door.free();
    bench.collect(sent);
    bench.takes(drop.slot);
    bench.until('it is fetched', () => bench.parcel(drop.parcel).status === 'retrieved');
    bench.stop();
    const { found, noted, verdict } = await auditOf(bench, 1);
    expect(found).toEqual([]);
    expect(noted.map((note) => note.split(' ')[0])).toEqual(['unwatched']);
    expect(verdict.sealedTo).toBe(verdict.rows);
  });

  it('B2 R12a every parcel that two numbers entitle to is named with them', async () => {
    const bench = new Bench().start();
    const courier = await bench.courier();
    const first = bench.drop(courier);
    const second = bench.drop(courier, bench.announce(undefined, 'S', 'AC0054321').id);
    const session = bench.app.sessions.begin();
    bench.collect(bench.numbers(), session);
    bench.takes(second.slot);
    bench.until('one is fetched', () => bench.parcel(second.parcel).status === 'retrieved');
    bench.app.collect.openEntitled(session, first.parcel);
    bench.takes(first.slot);
    bench.until('both are fetched', () => bench.parcel(first.parcel).status === 'retrieved');
    expect(bench.rows('entry.accepted').map(({ data }) => data)).toEqual([
      { others: [first.parcel] },
    ]);
    bench.stop();
    expect((await auditOf(bench)).found).toEqual([]);
  });

  it('B2 R12 a door that somebody pulls open again in its grace is noted', async () => {
    const bench = new Bench().start();
    const drop = bench.drop(await bench.courier());
    bench.collect(bench.numbers());
    bench.takes(drop.slot);
    bench.untilState(drop.slot, 'grace');
    bench.kiosk.door(drop.slot).force();
    bench.until('it is open again', () => bench.slot(drop.slot).state === 'open');
    bench.takes(drop.slot);
    bench.until('it is fetched', () => bench.parcel(drop.parcel).status === 'retrieved');
    bench.stop();
    const { found, noted } = await auditOf(bench);
    expect(found).toEqual([]);
    expect(noted).toEqual([expect.stringMatching(/^reopened/)]);
  });
});

describe('a door that opens without authority', () => {
  it('B2 R8 by force is an edge that nobody was entitled to', async () => {
    const bench = new Bench().start();
    bench.drop(await bench.courier());
    bench.kiosk.door('LOCK1/9').force();
    bench.until('it is seen', () => bench.rows('slot.forced').length === 1);
    const rows = bench.journal();
    const at = rows.findIndex((row) => row.t === 'slot.forced');
    expect(rows.slice(at).map(({ t }) => t)).toContain('audit.checkpoint');
    bench.stop();
    const { found, lines } = await auditOf(bench);
    expect(found).toEqual([`unauthorised ${at + 1}`]);
    expect(lines.join('\n')).toContain('LOCK1/9 opened, and nobody was to open it');
  });

  it('B2 R20 by force while the kiosk was off is found at the start', async () => {
    const bench = new Bench().start();
    bench.cut();
    bench.kiosk.door('LOCK1/9').force();
    bench.start();
    bench.stop();
    const { found, lines } = await auditOf(bench, 1);
    expect(found).toHaveLength(1);
    expect(lines.join('\n')).toContain('LOCK1/9 was not as it was left when the kiosk started');
  });

  it('B2 I1 by an intent that nobody proved a right to is named', async () => {
    const bench = new Bench().start();
    const { slot, parcel } = bench.drop(await bench.courier());
    const session = bench.app.sessions.begin();
    for (const authority of ['technician:nobody', 'magic', 'code:other', `code:${parcel}`]) {
      bench.app.openSlot.open({ slot, purpose: 'pickup', session, authority });
      bench.takes(slot);
      bench.untilState(slot, 'open');
      bench.untilState(slot, 'grace');
    }
    bench.stop();
    const { lines } = await auditOf(bench);
    expect(lines.filter((line) => line.includes('unauthorised'))).toEqual([
      expect.stringContaining('and technician nobody had not signed in'),
      expect.stringContaining('by no right that is known: magic'),
      expect.stringContaining(`for parcel ${parcel} by the right to parcel other`),
      expect.stringContaining(`and nobody proved the numbers of parcel ${parcel} in session:`),
    ]);
  });

  it('B2 who signed in before a restart has to do so again', async () => {
    const bench = new Bench().start();
    const staff = await bench.app.people.addCourier(CARRIER, PIN);
    const answer = await bench.app.signIn.check(staff, PIN);
    if (answer.kind !== 'welcome') throw new Error('not let in');
    bench.restart();
    bench.drop(answer.person);
    bench.stop();
    const { found, lines } = await auditOf(bench, 1);
    expect(found).toHaveLength(1);
    expect(lines.join('\n')).toContain(`courier ${answer.person.id} had not signed in`);
  });
});

describe('the head of the journal', () => {
  it('B2 is given at any time and said at the stop; with it a cut tail shows', async () => {
    const bench = new Bench().start();
    bench.drop(await bench.courier());
    const before = bench.app.auditHead();
    bench.wait(10_000);
    bench.announce();
    const { app } = bench;
    expect(app.auditHead()).not.toBe(before);
    bench.stop();
    const said = bench.logged.find((line) => line.includes('end of the journal')) ?? '';
    const { head } = JSON.parse(said);
    expect(head).toMatch(/^\d+:[0-9a-f]{64}$/);
    expect((await auditOf(bench, 0, head)).found).toEqual([]);
    expect((await auditOf(bench, 0, before)).found).toEqual([]);
    expect((await auditOf(bench)).verdict.head).toBe(head);
    expect((await auditOf(bench, 0, `999:${'0'.repeat(64)}`)).found[0]).toMatch(/^cut/);
  });

  it('B2 is none in a folder that no kiosk has run in', async () => {
    await expect(audit(join(scratchFolder(), 'lockerd.db'), [])).rejects.toThrow(
      'there is no file',
    );
  });
});
