import { expect } from 'vitest';
import type { Behaviour } from './behaviour.ts';
import { IDLE_POLL_MS, openIn, type Rig } from './rig.ts';

/** A status, its time-out and a poll that another one made wait. */
const POLL_MS_MAX = IDLE_POLL_MS + 100;

const serves: Behaviour = {
  title: 'is probed and read before it serves',
  run: (make) => {
    const rig = make().started();
    expect(rig.events.slice(0, 3)).toEqual(['B1 probing', 'B1 read', 'B1 online']);
    expect(rig.events.slice(3).filter((event) => event !== 'B1 read')).toEqual([]);
    expect(rig.reading()?.contacts).toHaveLength(rig.channels);
    expect(rig.readOpen()).toEqual([]);
    expect(rig.noise.filter((reason) => reason !== 'echo')).toEqual([]);
  },
};

const doors: Behaviour = {
  title: 'reads every door, open and closed',
  run: (make) => {
    const rig = make().started();
    const all = Array.from({ length: rig.channels }, (_, index) => index + 1);
    for (const channel of all) {
      rig.door(channel).force();
      rig.clock.advance(POLL_MS_MAX);
      expect(rig.readOpen()).toEqual(all.slice(0, channel));
    }
    for (const channel of all) {
      rig.door(channel).push();
      rig.clock.advance(POLL_MS_MAX);
      expect(rig.readOpen()).toEqual(all.slice(channel));
    }
  },
};

const items: Behaviour = {
  title: 'reads what lies in a slot',
  needs: 'items',
  run: (make) => {
    const rig = make().started();
    const nothing = Array.from({ length: rig.channels }, () => false);
    expect(rig.reading()?.occupied).toEqual(nothing);
    for (const channel of [1, rig.channels]) {
      const door = rig.door(channel);
      door.force();
      door.putIn('book');
      door.push();
      rig.clock.advance(POLL_MS_MAX);
      expect(rig.reading()?.occupied).toEqual(nothing.with(channel - 1, true));
      door.force();
      door.takeOut();
      door.push();
      rig.clock.advance(POLL_MS_MAX);
      expect(rig.reading()?.occupied).toEqual(nothing);
    }
  },
};

const forced: Behaviour = {
  title: 'R8 shows a forced door within one poll',
  run: (make) => {
    const rig = make().started();
    for (const waitMs of [0, 100, 200, 249]) {
      rig.clock.advance(10_000 + waitMs);
      rig.door(1).force();
      expect(rig.clock.runUntil(() => rig.readOpen().includes(1), POLL_MS_MAX)).toBe(true);
      rig.door(1).push();
    }
  },
};

const unasked: Behaviour = {
  title: 'R8 R5 a report of its own is not believed: the board is asked at once',
  needs: 'reports',
  run: (make) => {
    const rig = make({ idlePollMs: 1_000 }).started();
    const heard: Uint8Array[] = [];
    rig.arrive = (bytes) => {
      heard.push(bytes);
      return [bytes];
    };
    const ms = pollAfter(rig, () => {
      heard.length = 0;
      rig.door(2).force();
    });
    expect(ms).toBeLessThan(100);
    const [report = Uint8Array.of()] = heard;
    rig.clock.advance(100);
    expect(rig.readOpen()).toEqual([2]);
    rig.door(2).push();
    rig.clock.advance(3_100);
    const from = rig.readings.length;
    expect(pollAfter(rig, () => rig.deliver(report))).toBe(0);
    rig.clock.advance(3_000);
    const opened = rig.readings.slice(from).filter(({ reading }) => openIn(reading).length > 0);
    expect(opened).toEqual([]);
    expect(rig.readings.length).toBeLessThanOrEqual(rig.requests('status').length);
  },
};

/** Just after a poll, so that the next one is far away: time until the board is asked. */
function pollAfter(rig: Rig, act: () => void): number {
  const polls = rig.requests('status').length;
  rig.clock.runUntil(() => rig.requests('status').length > polls, 2_000);
  rig.clock.advance(200);
  const [from, atMs] = [rig.asked.length, rig.clock.monoMs()];
  act();
  rig.clock.runUntil(() => rig.asked.length > from, 2_000);
  expect(rig.asked[from]?.request.kind).toBe('status');
  return (rig.asked[from]?.atMs ?? 0) - atMs;
}

export const READINGS: readonly Behaviour[] = [serves, doors, items, forced, unasked];
