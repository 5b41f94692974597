import { describe, expect, it } from 'vitest';
import { Bench, siteConfig } from './bench-kiosk.ts';

const GRADES = ['commanded', 'acknowledged', 'sensed', 'inferred', 'asserted'];
/** Rows that claim something of a door or of what lies behind it. */
const CLAIMS = [
  'slot.opened',
  'slot.closed',
  'slot.empty',
  'parcel.stored',
  'parcel.retrieved',
  'parcel.recalled',
  'parcel.refused',
  'parcel.missing',
];

/** The last grade of a kind of row. */
const grade = (bench: Bench, t: string): unknown => bench.rows(t).at(-1)?.data.grade;

describe('B8 every claim in the journal carries the grade of its evidence', () => {
  it('a visit that sensors saw, one that a person spoke for, and one that nobody did', async () => {
    const bench = new Bench({ config: siteConfig() }).start();
    const courier = await bench.courier();
    const seen = bench.drop(courier);
    expect(grade(bench, 'slot.opened')).toBe('sensed');
    expect(grade(bench, 'parcel.stored')).toBe('asserted');
    bench.collect(bench.numbers());
    bench.takes(seen.slot);
    bench.until('it has left', () => bench.parcel(seen.parcel).status === 'retrieved');
    expect(grade(bench, 'parcel.retrieved')).toBe('inferred');

    const unseen = bench.drop(courier, bench.announce(undefined, 'S', 'AC0022222').id);
    bench.kiosk.door(unseen.slot).contact.fault = 'stuck-on';
    bench.collect(bench.numbers());
    bench.untilState(unseen.slot, 'unseen');
    const opened = bench.rows('slot.opened').length;
    expect(bench.kiosk.door(unseen.slot).isOpen).toBe(true);
    expect(bench.rows('slot.opened')).toHaveLength(opened);
    bench.app.supervisor.send(unseen.slot, { type: 'DID_OPEN' });
    expect(grade(bench, 'slot.opened')).toBe('asserted');
    bench.app.supervisor.send(unseen.slot, { type: 'SAYS_CLOSED' });
    expect(grade(bench, 'slot.closed')).toBe('asserted');
    bench.until('it has left', () => bench.parcel(unseen.parcel).status === 'retrieved');
    expect(grade(bench, 'parcel.retrieved')).toBe('asserted');

    for (const row of bench.journal().filter(({ t }) => CLAIMS.includes(t))) {
      expect(GRADES, `${row.t} of ${row.slot}`).toContain(row.data.grade);
    }
  });

  it('with a sensor inside, what it sees is sensed', async () => {
    const bench = new Bench({ config: siteConfig({ occupancy: true }) }).start();
    const { slot, parcel } = bench.drop(await bench.courier());
    expect(grade(bench, 'parcel.stored')).toBe('sensed');
    bench.collect(bench.numbers());
    bench.takes(slot);
    bench.until('it has left', () => bench.parcel(parcel).status === 'retrieved');
    expect(grade(bench, 'parcel.retrieved')).toBe('sensed');
  });

  it('a door that is given up counts as collected by inference, never as shut', async () => {
    const bench = new Bench({ config: siteConfig() }).start();
    const { slot, parcel } = bench.drop(await bench.courier());
    bench.collect(bench.numbers());
    bench.untilState(slot, 'open');
    const closed = bench.rows('slot.closed').length;
    bench.until('it is given up', () => bench.parcel(parcel).status === 'retrieved');
    expect(grade(bench, 'parcel.retrieved')).toBe('inferred');
    expect(bench.rows('slot.closed')).toHaveLength(closed);
    expect(bench.kiosk.phone.at(-1)?.text).toContain('counts as collected');
  });
});
