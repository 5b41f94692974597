import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COIL_WINDOW_MS } from '../../hardware/bus/limits.ts';
import { siteConfig } from './bench-kiosk.ts';
import { type Base, clearUp, makeBase, type Play, playAndCut } from './cut-bench.ts';
import { drop, pickup } from './plays.ts';

/** What a start makes of the intents that it finds: the table of states, row by row. */
describe('R20 R2 an intent found at start', () => {
  let base: Base;
  beforeAll(async () => {
    base = await makeBase(siteConfig({ graceSeconds: 10, idlePollMs: 1_000 }));
  }, 60_000);
  afterAll(() => rmSync(base.folder, { recursive: true, force: true }));

  const cutIn = (play: Play, at: 'change' | 'write' | 'pulse' | 'opened', variant = 0) =>
    playAndCut(base, play, { at, count: 0, variant });

  it('PLANNED (reserved, nothing armed): the reservation is cancelled, the slot is free', () => {
    const after = cutIn(drop, 'change');
    const { bench } = after;
    const released = bench.rows('slot.released');
    expect(released).toMatchObject([{ parcel: base.announced }]);
    const armed = bench.rows('intent.armed').filter(({ parcel }) => parcel === base.announced);
    expect(armed).toEqual([]);
    expect(bench.slot(released[0]?.slot ?? '').state).toBe('available');
    expect(bench.parcel(base.announced)).toMatchObject({ status: 'pending', slot: null });
    expect(bench.pulses()).toBe(0);
    clearUp(after);
  });

  it('I2 ARMED, the door open now: OPENED (recovered), and never fired again', () => {
    const after = cutIn(pickup, 'opened');
    const { bench } = after;
    expect(bench.rows('slot.opened').at(-1)).toMatchObject({
      slot: base.stored.slot,
      data: { grade: 'sensed' },
    });
    expect(bench.pulses()).toBe(1);
    clearUp(after);
  });

  it('I2 ARMED of a pickup, the door closed: bound, its code valid, not assignable', () => {
    const after = cutIn(pickup, 'write');
    const { bench } = after;
    expect(bench.pulses()).toBe(0);
    expect(bench.slot(base.stored.slot)).toMatchObject({
      state: 'quarantined',
      parcel: base.stored.id,
      bar: { reason: 'unknown_outcome' },
    });
    expect(bench.collect(base.stored.sent)).toMatchObject({ kind: 'opening' });
    clearUp(after);
  });

  it('I2 ARMED of a drop, the door closed: not assignable until somebody has looked', () => {
    const after = cutIn(drop, 'pulse', 2);
    const { bench } = after;
    const { slot = '' } = bench.rows('intent.unknown')[0] ?? {};
    expect(bench.slot(slot ?? '')).toMatchObject({ state: 'quarantined', parcel: null });
    expect(bench.parcel(base.announced)).toMatchObject({ status: 'pending', custody: 'unknown' });
    bench.app.supervisor.send(slot ?? '', { type: 'CLEARED', content: 'empty' });
    expect(bench.slot(slot ?? '').state).toBe('available');
    clearUp(after);
  });

  it('I8 any: the next pulse waits until every coil has cooled down', () => {
    const after = cutIn(drop, 'pulse');
    const { bench } = after;
    bench.cut();
    const restartedMs = bench.clock.monoMs();
    bench.start();
    const pulses = bench.pulses();
    expect(bench.collect(base.stored.sent)).toMatchObject({ kind: 'opening' });
    bench.until('the lock is energised', () => bench.pulses() > pulses);
    expect(bench.clock.monoMs() - restartedMs).toBeGreaterThanOrEqual(COIL_WINDOW_MS);
    clearUp(after);
  });
});
