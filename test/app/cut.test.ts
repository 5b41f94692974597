import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { siteConfig } from './bench-kiosk.ts';
import {
  type Base,
  type Cut,
  clearUp,
  faultsOf,
  makeBase,
  type Play,
  playAndCut,
} from './cut-bench.ts';
import { codeFaults, drop, jammed, pickup, recall } from './plays.ts';

const PLAYS: readonly (readonly [string, Play])[] = [
  ['drop', drop],
  ['pickup', pickup],
  ['recall', recall],
  ['pickup that jams', jammed],
];

/** A prime each, so that all variants come in turn; 1 cuts at every event and takes minutes. */
const EVENTS_BETWEEN_CUTS = 37;
const WRITES_BETWEEN_CUTS = 11;
const PASSES = 3;
const TIME_LIMIT_MS = 120_000;

/** Cuts at one place after the other until the visit is over; what was wrong after each. */
function cutEverywhere(base: Base, play: Play, at: Cut['at'], step: number, first = 0): string[] {
  const found: string[] = [];
  for (let count = 0, variant = first; ; count += step, variant += 1) {
    const after = playAndCut(base, play, { at, count, variant });
    const faults = faultsOf(after, play.parcel(base));
    if (faults.length === 0) faults.push(...codeFaults(after.bench, base, play));
    const where = `${at} ${count}, variant ${variant}, at ${after.cutMs} ms`;
    found.push(...faults.map((fault) => `${where}: ${fault}`));
    clearUp(after);
    if (!after.wasCut) return found;
  }
}

describe.each([
  ['without sensors', false],
  ['with occupancy sensors', true],
])('%s, whatever instant the power goes at', (_name, occupancy) => {
  let base: Base;
  beforeAll(async () => {
    base = await makeBase(siteConfig({ occupancy, graceSeconds: 10, idlePollMs: 1_000 }));
  });
  afterAll(() => rmSync(base.folder, { recursive: true, force: true }));

  it.each(PLAYS)(
    'R2 R20 R21 I1 I2 after a commit of a %s',
    { timeout: TIME_LIMIT_MS },
    (_, play) => {
      const passes = Array.from({ length: PASSES }, (_one, pass) => pass * 17);
      const faults = passes.flatMap((first) => cutEverywhere(base, play, 'change', 1, first));
      expect(faults).toEqual([]);
    },
  );

  it.each(PLAYS)('R20 R21 I1 I2 before bytes of a %s', { timeout: TIME_LIMIT_MS }, (_, play) => {
    expect(cutEverywhere(base, play, 'write', WRITES_BETWEEN_CUTS)).toEqual([]);
  });

  it.each(PLAYS)('R1 R10 R20 R21 I2 I3 I4 in a %s', { timeout: TIME_LIMIT_MS }, (_, play) => {
    expect(cutEverywhere(base, play, 'event', EVENTS_BETWEEN_CUTS)).toEqual([]);
  });
});

describe('the rare instants', () => {
  let base: Base;
  beforeAll(async () => {
    base = await makeBase(siteConfig({ graceSeconds: 10, idlePollMs: 1_000 }));
  });
  afterAll(() => rmSync(base.folder, { recursive: true, force: true }));

  it('I1 R20 armed and not sent: no pulse ever, unknown, and the code works once', () => {
    const after = playAndCut(base, pickup, { at: 'write', count: 0, variant: 0 });
    const { bench } = after;
    expect(bench.pulses()).toBe(0);
    expect(bench.rows('intent.armed').at(-1)?.parcel).toBe(base.stored.id);
    expect(bench.rows('intent.unknown')).toMatchObject([{ parcel: base.stored.id }]);
    expect(bench.slot(base.stored.slot).bar?.reason).toBe('unknown_outcome');
    expect(codeFaults(bench, base, pickup)).toEqual([]);
    expect(bench.pulses()).toBe(1);
    clearUp(after);
  });

  it('I2 R2 pulsed and no outcome: one pulse, quarantined, the drop is not booked', () => {
    const after = playAndCut(base, drop, { at: 'pulse', count: 0, variant: 2 });
    const { bench } = after;
    expect(bench.pulses()).toBe(1);
    const { slot } = bench.rows('intent.unknown')[0] ?? {};
    expect(bench.slot(slot ?? '')).toMatchObject({ state: 'quarantined', parcel: null });
    const parcel = { status: 'pending', custody: 'unknown', slot: null };
    expect(bench.parcel(base.announced)).toMatchObject(parcel);
    clearUp(after);
  });

  it('R2 R20 found open: the open is recovered, how it ended is unknown, the code works', () => {
    const after = playAndCut(base, pickup, { at: 'opened', count: 0, variant: 0 });
    const { bench } = after;
    expect(bench.rows('slot.opened').at(-1)).toMatchObject({ slot: base.stored.slot });
    expect(bench.slot(base.stored.slot).bar?.reason).toBe('unknown_outcome');
    expect(codeFaults(bench, base, pickup)).toEqual([]);
    clearUp(after);
  });
});
