import { expect } from 'vitest';
import type { Behaviour } from './behaviour.ts';
import { OVER_MS, openIn, type Rig } from './rig.ts';
import { reallyOpen } from './unlocks.ts';

const MINUTE_MS = 60_000;

const allOff: Behaviour = {
  title: 'R20 all outputs are off before it serves',
  needs: 'off',
  run: (make) => {
    const rig = make().started();
    rig.unlock(2, 'B1', rig.family.pulseMs.max);
    expect(rig.clock.runUntil(() => rig.door(2).isEnergised, 1_000)).toBe(true);
    rig.clock.advance(200);
    rig.events.length = 0;
    const from = rig.asked.length;
    rig.newHost();
    rig.clock.runUntil(() => rig.events.includes('B1 read'), 1_000);
    expect(rig.asked[from]?.request.kind).toBe('off');
    expect(rig.door(2).isEnergised).toBe(false);
    expect(rig.events).toEqual(['B1 dark', 'B1 probing', 'B1 read', 'B1 online']);
  },
};

const portBack: Behaviour = {
  title: 'R21 nothing opens because the port came back',
  run: (make) => {
    const rig = make().started();
    const [sent, waiting] = [rig.unlock(1), rig.unlock(2)];
    rig.clock.runUntil(() => rig.door(1).isEnergised, 1_000);
    rig.port.unplug();
    expect(rig.unlock(3)).toMatchObject([{ kind: 'NotSent' }]);
    rig.clock.advance(2_000);
    rig.port.replug();
    rig.clock.advance(MINUTE_MS);
    expect(sent).toHaveLength(1);
    expect(waiting).toMatchObject([{ kind: 'NotSent' }]);
    expect(reallyOpen(rig)).toEqual([1]);
    expect(rig.board().pulses).toHaveLength(1);
    expect(rig.readOpen()).toEqual([1]);
  },
};

const powerBack: Behaviour = {
  title: 'R21 nothing opens because its power came back',
  run: (make) => {
    const rig = make().started();
    rig.board().powerOff();
    const verdicts = rig.unlock(1);
    rig.clock.advance(20_000);
    const later = rig.unlock(2);
    rig.clock.advance(1_000);
    rig.board().powerOn();
    rig.clock.advance(MINUTE_MS);
    expect(verdicts).toHaveLength(1);
    expect(later).toMatchObject([{ kind: 'NotSent' }]);
    expect(rig.board().pulses).toEqual([]);
    expect(reallyOpen(rig)).toEqual([]);
    expect(rig.events.findLast((event) => event !== 'B1 read')).toBe('B1 online');
  },
};

const lateStatus: Behaviour = {
  title: "a late status is never taken for another board's",
  run: (make) => {
    const rig = make({ addresses: [1, 2] }).started();
    rig.door(3).force();
    let held: Uint8Array[] = [];
    rig.arrive = (bytes) => {
      const last = rig.asked.at(-1);
      if (last?.address === 1 && last.request.kind === 'status') {
        held = [bytes];
        return [];
      }
      const late = held;
      held = [];
      return [...late, bytes];
    };
    rig.clock.advance(3_000);
    rig.arrive = (bytes) => [bytes];
    rig.clock.advance(MINUTE_MS);
    const wrong = rig.readings.filter(({ board, reading }) => {
      return openIn(reading).some((channel) => board !== 'B1' || channel !== 3);
    });
    expect(wrong).toEqual([]);
    expect(rig.readOpen('B1')).toEqual([3]);
    expect(rig.readOpen('B2')).toEqual([]);
  },
};

const lateOwn: Behaviour = {
  title: 'a late status is never taken for a later one',
  needs: 'ids',
  run: (make) => {
    const rig = make().started();
    rig.door(3).force();
    let held: Uint8Array[] = [];
    rig.arrive = (bytes) => {
      held = [bytes];
      return [];
    };
    rig.clock.runUntil(() => held.length > 0, 1_000);
    rig.door(3).push();
    rig.arrive = (bytes) => {
      const late = held;
      held = [];
      return [...late, bytes];
    };
    const from = rig.readings.length;
    rig.clock.advance(3_000);
    expect(rig.readings.length).toBeGreaterThan(from);
    expect(rig.readings.slice(from).flatMap(({ reading }) => openIn(reading))).toEqual([]);
  },
};

const lateAck: Behaviour = {
  title: 'R6 R5 a late status never acknowledges an unlock that nobody heard',
  run: (make) => {
    const rig = make().started();
    const held: Uint8Array[] = [];
    rig.arrive = (bytes) => {
      held.push(bytes);
      return [];
    };
    const isStatus = () => held.length > (rig.variant.echo ? 1 : 0);
    expect(rig.clock.runUntil(isStatus, 1_000)).toBe(true);
    rig.wire.toBoards.set('lose', 1);
    const verdicts = rig.unlock(2);
    rig.clock.runUntil(() => rig.requests('unlock').length > 0, 5_000);
    for (const bytes of held) rig.deliver(bytes);
    rig.clock.runUntil(() => verdicts.length > 0, 5_000);
    rig.wire.toBoards.clear();
    rig.arrive = (bytes) => [bytes];
    rig.clock.advance(10_000);
    expect(rig.board().pulses).toEqual([]);
    expect(verdicts).toHaveLength(1);
    expect(verdicts[0]?.kind).not.toBe('Answered');
    expect(rig.readOpen()).toEqual([]);
  },
};

const lateUnlock: Behaviour = {
  title: 'a late answer to an unlock shows no door that is not open',
  run: (make) => {
    const rig = make({ addresses: [1, 2] }).started();
    heldUnlockReplies(rig);
    for (const channel of [1, 2, 3]) {
      rig.unlock(channel, channel === 2 ? 'B2' : 'B1');
      rig.clock.advance(OVER_MS + 2_000);
    }
    rig.clock.advance(MINUTE_MS);
    const may = { B1: [1, 3], B2: [2] };
    const wrong = rig.readings.filter(({ board, reading }) => {
      const allowed: readonly number[] = board === 'B1' ? may.B1 : may.B2;
      return openIn(reading).some((channel) => !allowed.includes(channel));
    });
    expect(wrong).toEqual([]);
    expect(rig.readOpen('B1')).toEqual(may.B1);
    expect(rig.readOpen('B2')).toEqual(may.B2);
    expect(rig.wall.boards.map(({ pulses }) => pulses.length)).toEqual([2, 1]);
  },
};

/** What answers an unlock comes with the answer to the next request, before it. */
function heldUnlockReplies(rig: Rig): void {
  let held: Uint8Array[] = [];
  rig.arrive = (bytes) => {
    if (rig.asked.at(-1)?.request.kind === 'unlock') {
      held.push(bytes);
      return [];
    }
    const late = held;
    held = [];
    return [...late, bytes];
  };
}

export const RETURNS: readonly Behaviour[] = [
  allOff,
  portBack,
  powerBack,
  lateStatus,
  lateOwn,
  lateAck,
  lateUnlock,
];
