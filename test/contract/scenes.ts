import { expect } from 'vitest';
import { isAllocatable } from '../../src/domain/slot.ts';
import type { TerminalStage } from './terminal-stage.ts';

/** What people and doors do in front of every wall, in this order. */
interface Scene {
  readonly title: string;
  readonly play: (stage: TerminalStage) => Promise<void>;
}

/** No family has a shorter request and reply. */
const EXCHANGE_BYTES_MIN = 10;
const PULSE_GAP_MS = 1_500;
/** One poll at 250 ms, its exchange, and what a busy machine adds. */
const FORCED_MS_MAX = 1_000;
/** Not while the coil is on: the door would spring open again. */
const QUICK = { afterMs: 400, closesAfterMs: 600 } as const;
/** A door that is open for less than two seconds proves nothing (R1). */
const SLOW = { afterMs: 1_000, closesAfterMs: 1_500 } as const;

const deposit: Scene = {
  title: 'deposit',
  play: async (stage) => {
    stage.drop = await stage.beginDrop();
    await putsIn(stage);
    expect(stage.pulses).toBe(1);
    // A machine that stands still hands over bytes late, and then several answers at once.
    expect(usualAnswerMs(stage)).toBeGreaterThan(stage.wireMs(EXCHANGE_BYTES_MIN));
  },
};

const collect: Scene = {
  title: 'collect',
  play: async (stage) => {
    const { kiosk, drop } = stage;
    const { app } = kiosk;
    const { slot = '', parcel = '' } = drop ?? {};
    const [code, second] = stage.numbers();
    const session = app.sessions.begin();
    expect(app.collect.begin(session, code, second)).toMatchObject({ kind: 'opening', slot });
    stage.hands.takesParcel(kiosk.door(slot), SLOW);
    await stage.until('the door is shut again', () => stage.slot(slot).state === 'grace');
    app.sessions.end(session);
    await stage.until('the grace is over', () => stage.slot(slot).state === 'available');
    expect(app.store.parcels.get(parcel)?.status).toBe('retrieved');
    expect(kiosk.door(slot).contents).toEqual([]);
    expect(stage.pulses).toBe(2);
  },
};

const jam: Scene = {
  title: 'jam',
  play: async (stage) => {
    const { kiosk } = stage;
    const before = stage.pulses;
    const next = kiosk.app.supervisor.all().find(isAllocatable)?.id ?? '';
    kiosk.door(next).jam();
    stage.drop = await stage.beginDrop();
    expect(stage.drop.slot).toBe(next);
    await stage.until('the door is given up', () => stage.slot(next).bar?.reason === 'jammed');
    const pulses = kiosk.wall.boards.flatMap((board) => board.pulses).slice(before);
    expect(pulses).toHaveLength(3);
    const gaps = pulses.slice(1).map(({ atMs }, index) => atMs - (pulses[index]?.atMs ?? 0));
    for (const gap of gaps) expect(gap).toBeGreaterThan(PULSE_GAP_MS - 50);
  },
};

const redirect: Scene = {
  title: 'redirect',
  play: async (stage) => {
    const { drop: jammed } = stage;
    if (jammed === undefined) throw new Error('nothing was jammed');
    const start = stage.kiosk.app.deposit.elsewhere(jammed);
    if (start.kind !== 'opening') throw new Error(`the other slot ended with ${start.kind}`);
    expect(start.drop.slot).not.toBe(jammed.slot);
    stage.drop = start.drop;
    await putsIn(stage);
    expect(stage.slot(jammed.slot).state).toBe('out_of_service');
  },
};

const forced: Scene = {
  title: 'forced door',
  play: async (stage) => {
    const { kiosk, pulses } = stage;
    const empty = kiosk.app.supervisor.all().findLast(isAllocatable)?.id ?? '';
    kiosk.door(empty).force();
    const isAlarm = () => stage.slot(empty).bar?.reason === 'forced';
    await stage.until('the forced door is an alarm', isAlarm, FORCED_MS_MAX);
    const others = kiosk.app.supervisor.all().filter(({ bar }) => bar?.reason === 'forced');
    expect(others.map(({ id }) => id)).toEqual([empty]);
    expect(stage.pulses).toBe(pulses);
  },
};

export const SCENES: readonly Scene[] = [deposit, collect, jam, redirect, forced];

/** The upper end of the bucket that has the most answers. */
function usualAnswerMs({ kiosk }: TerminalStage): number {
  const report = kiosk.app.busReport().join('\n');
  const buckets = [...report.matchAll(/≤(\d+) ms[: ]+(\d+)/g)];
  const counts = buckets.map(([, , count]) => Number(count));
  return Number(buckets[counts.indexOf(Math.max(...counts))]?.[1]);
}

async function putsIn(stage: TerminalStage): Promise<void> {
  const { kiosk, drop } = stage;
  const { slot = '', parcel = '', session = '' } = drop ?? {};
  const { app } = kiosk;
  stage.hands.dropsParcel(kiosk.door(slot), parcel, QUICK);
  await stage.until('the parcel is in', () => stage.slot(slot).door === 'open');
  // With an item sensor nobody is asked.
  const isIn = () => ['drop_unconfirmed', 'occupied'].includes(stage.slot(slot).state);
  await stage.until('the door is shut', isIn);
  app.supervisor.send(slot, { type: 'LEFT_IT' });
  expect(app.store.parcels.get(parcel)).toMatchObject({ status: 'stored', slot });
  expect(kiosk.door(slot).contents).toEqual([parcel]);
  app.sessions.end(session);
}
