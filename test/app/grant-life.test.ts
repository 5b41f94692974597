import { readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isAllocatable } from '../../src/domain/slot.ts';
import { type Bench, MINUTE_MS } from './bench-kiosk.ts';
import { held } from './grant-bench.ts';

const WRONG = { kind: 'wrong', repeated: false };

/** The grants that the recipient was sent, in their order. */
const grantsSent = (bench: Bench): string[] =>
  bench.kiosk.phone.flatMap(({ grant }) => (grant === undefined ? [] : [grant]));

describe('R31 M17 a grant after a restore', () => {
  /** The kiosk with the copy in place of its database, which was torn. */
  async function restored(
    qr: 'replaces-code' | 'replaces-both',
    meanwhile?: (bench: Bench) => void,
  ) {
    const one = await held(qr);
    const { bench } = one;
    await bench.app.store.copy();
    meanwhile?.(bench);
    bench.stop();
    for (const name of readdirSync(bench.folder)) {
      if (name.startsWith('lockerd.db')) truncateSync(join(bench.folder, name), 4_096);
    }
    bench.start();
    expect(bench.rows('store.restored')).toHaveLength(1);
    return { ...one, pulses: bench.pulses() };
  }

  it('opens nothing any more, whoever looked; the numbers do, and a new one', async () => {
    const { bench, slot, sent, scan, pulses } = await restored('replaces-both');
    bench.app.supervisor.send(slot, { type: 'CLEARED', content: 'full' });
    expect(scan(sent)).toEqual(WRONG);
    bench.wait(7 * MINUTE_MS);
    expect(bench.pulses()).toBe(pulses);
    bench.losesCode();
    expect(scan(grantsSent(bench).at(-1) ?? '')).toMatchObject({ kind: 'opening', slot });
  });

  it('asks for no second number either', async () => {
    const { scan, sent, refusals } = await restored('replaces-code');
    expect(scan(sent)).toEqual(WRONG);
    expect(refusals()).toEqual(['GRANT_REVOKED']);
  });

  it('that was used in the lost time opens nothing again', async () => {
    const { bench, slot, sent, scan, pulses } = await restored('replaces-both', (before) => {
      const grant = grantsSent(before)[0] ?? '';
      before.app.collect.scanned(before.app.sessions.begin(), grant);
      const [{ slot: opened } = { slot: '' }] = before.rows('intent.armed').slice(-1);
      before.takes(opened ?? '');
      before.untilState(opened ?? '', 'available');
    });
    // Whoever looks takes somebody else's parcel for the one that is booked.
    bench.app.supervisor.send(slot, { type: 'CLEARED', content: 'full' });
    expect(scan(sent)).toEqual(WRONG);
    bench.wait(MINUTE_MS);
    expect(bench.pulses()).toBe(pulses);
  });
});

describe('M16 M17 a grant and a lost code', () => {
  it('a new grant goes with the new code, and the old one dies with the old code', async () => {
    const { bench, slot, sent, scan, refusals } = await held();
    bench.losesCode();
    const [, fresh = ''] = grantsSent(bench);
    expect(bench.kiosk.phone.at(-1)).toMatchObject({ grant: fresh });
    expect(scan(sent)).toEqual(WRONG);
    expect(refusals()).toEqual(['GRANT_REVOKED']);
    expect(scan(fresh)).toMatchObject({ kind: 'opening', slot });
  });

  it('the old one lives until a channel has accepted its successor', async () => {
    const { bench, parcel, slot, sent, scan } = await held();
    const { gen, codeHash } = bench.parcel(parcel);
    bench.kiosk.refusesMessages = true;
    bench.losesCode();
    expect(bench.parcel(parcel)).toMatchObject({ gen, codeHash });
    expect(scan(sent)).toMatchObject({ kind: 'opening', slot });
    bench.hands.closes(bench.kiosk.door(slot), 4_000);
    bench.kiosk.refusesMessages = false;
    bench.until('the channel is back', () => bench.parcel(parcel).codeHash !== codeHash);
    expect(grantsSent(bench)).toHaveLength(2);
    expect(scan(sent)).toEqual(WRONG);
  });

  it('one that is under way when all are revoked is void too', async () => {
    const { bench, parcel, scan } = await held();
    bench.kiosk.refusesMessages = true;
    bench.losesCode();
    bench.app.grants.revoke(parcel, 'operator');
    bench.kiosk.refusesMessages = false;
    bench.until('the channel is back', () => grantsSent(bench).length === 2);
    for (const grant of grantsSent(bench)) expect(scan(grant)).toEqual(WRONG);
  });

  it('each of several ends the ones before it', async () => {
    const { bench, slot, scan } = await held();
    bench.losesCode();
    bench.losesCode();
    const [first = '', second = '', third = ''] = grantsSent(bench);
    for (const old of [first, second]) expect(scan(old)).toEqual(WRONG);
    expect(scan(third)).toMatchObject({ kind: 'opening', slot });
  });

  it('switched off, the new code comes without one', async () => {
    const { bench } = await held('off');
    bench.losesCode();
    expect(grantsSent(bench)).toEqual([]);
    expect(bench.collect(bench.numbers()).kind).toBe('opening');
  });
});

it('M17 a grant that is revoked between the scan and the second number opens nothing', async () => {
  const { bench, parcel, sent, scan, refusals } = await held('replaces-code');
  const session = bench.app.sessions.begin();
  scan(sent, session);
  bench.app.grants.revoke(parcel, 'operator');
  expect(bench.app.collect.afterGrant(session, bench.numbers().second)).toEqual(WRONG);
  expect(refusals()).toEqual(['GRANT_REVOKED']);
});

describe('what a recipient says after a visit by grant', () => {
  it('M5 M17 R3 left behind, the parcel waits for its courier, the grant is void', async () => {
    const { bench, courier, slot, parcel, sent, scan } = await held();
    const session = bench.app.sessions.begin();
    scan(sent, session);
    bench.hands.closes(bench.kiosk.door(slot), 4_000);
    bench.untilState(slot, 'grace');
    bench.app.aftermath.refuse(session, parcel);
    bench.app.sessions.end(session);
    bench.untilState(slot, 'quarantined');
    expect(bench.parcel(parcel)).toMatchObject({ status: 'cancelled', slot });
    expect(isAllocatable(bench.slot(slot))).toBe(false);
    expect(scan(sent)).toEqual(WRONG);
    expect(bench.app.recall.list(courier).map(({ id }) => id)).toEqual([parcel]);
  });

  it('R29 M17 B8 said to be missing, it is their word, and the grant is used', async () => {
    const { bench, slot, parcel, sent, scan, refusals } = await held();
    const session = bench.app.sessions.begin();
    scan(sent, session);
    bench.takes(slot);
    bench.untilState(slot, 'grace');
    bench.app.aftermath.missing(session, parcel);
    bench.until('it is settled', () => bench.parcel(parcel).status === 'retrieved');
    expect(bench.parcel(parcel)).toMatchObject({ custody: 'unknown', said: 'missing' });
    expect(scan(sent)).toEqual(WRONG);
    expect(refusals()).toEqual(['GRANT_USED']);
  });
});
