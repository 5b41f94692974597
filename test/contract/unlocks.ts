import { expect } from 'vitest';
import { COIL_REST_MS } from '../../hardware/bus/limits.ts';
import { BusMisuse } from '../../hardware/index.ts';
import type { Behaviour } from './behaviour.ts';
import { OVER_MS, type Rig } from './rig.ts';

const MINUTE_MS = 60_000;

const rightDoor: Behaviour = {
  title: 'opens the door that is asked for, and no other',
  run: (make) => {
    const rig = make().started();
    for (let channel = 1; channel <= rig.channels; channel += 1) {
      rig.unlock(channel);
      rig.clock.advance(OVER_MS);
      expect(reallyOpen(rig)).toEqual([channel]);
      expect(rig.readOpen()).toEqual([channel]);
      rig.door(channel).push();
      rig.clock.advance(OVER_MS);
    }
    expect(rig.board().pulses.map(({ channel }) => channel)).toHaveLength(rig.channels);
  },
};

const once: Behaviour = {
  title: 'R6 gets one pulse for one request, whatever becomes of the answer',
  run: (make) => {
    const rig = make().started();
    rig.board().watch(({ kind }) => {
      if (kind === 'pulse') rig.wire.toHost.set('lose', 1);
    });
    const verdicts = rig.unlock();
    rig.clock.advance(MINUTE_MS);
    rig.wire.toHost.clear();
    rig.clock.advance(MINUTE_MS);
    expect(verdicts).toHaveLength(1);
    expect(rig.requests('unlock')).toHaveLength(1);
    expect(rig.board().pulses).toHaveLength(1);
  },
};

const timed: Behaviour = {
  title: 'ends the pulse itself, also when the host has died',
  run: (make) => {
    const rig = make().started();
    rig.unlock();
    expect(rig.clock.runUntil(() => rig.door(2).isEnergised, 1_000)).toBe(true);
    rig.port.unplug();
    const [pulse] = rig.board().pulses;
    const pulseMs = pulse?.pulseMs ?? 0;
    rig.clock.advance(pulseMs - 1);
    expect(rig.door(2).isEnergised).toBe(true);
    rig.clock.advance(1);
    expect(rig.door(2).isEnergised).toBe(false);
    rig.clock.advance(MINUTE_MS);
    expect(rig.board().pulses).toHaveLength(1);
  },
};

const wrongChannel: Behaviour = {
  title: 'is never asked for a channel or a pulse that it does not have',
  run: (make) => {
    const rig = make().started();
    for (const channel of [0, -1, rig.channels + 1, 1.5, Number.NaN]) {
      expect(() => rig.unlock(channel)).toThrow(BusMisuse);
    }
    const { min, max } = rig.family.pulseMs;
    for (const pulseMs of [0, min - 1, max + 1, min + 0.5]) {
      expect(() => rig.unlock(1, 'B1', pulseMs)).toThrow(BusMisuse);
    }
    rig.clock.advance(MINUTE_MS);
    expect(rig.requests('unlock')).toEqual([]);
    expect(rig.board().pulses).toEqual([]);
  },
};

const oneLock: Behaviour = {
  title: 'R7 I8 one lock is energised at a time, with a rest between two',
  run: (make) => {
    const rig = make({ addresses: [1, 2] }).started();
    let [most, offMs, leastRestMs] = [0, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    rig.wall.watch((event) => {
      if (event.kind !== 'door') return;
      most = Math.max(most, energised(rig));
      const nowMs = rig.clock.monoMs();
      if (event.event === 'released') offMs = nowMs;
      if (event.event === 'energised') leastRestMs = Math.min(leastRestMs, nowMs - offMs);
    });
    for (const channel of [1, 2, 3]) rig.unlock(channel);
    rig.unlock(1, 'B2');
    rig.clock.advance(10_000);
    expect(most).toBe(1);
    expect(leastRestMs).toBeGreaterThanOrEqual(COIL_REST_MS);
    expect(reallyOpen(rig)).toEqual([1, 2, 3]);
    expect(reallyOpen(rig, 'B2')).toEqual([1]);
  },
};

const readAtOnce: Behaviour = {
  title: 'R7 is read at once after a pulse',
  run: (make) => {
    const rig = make({ addresses: [1, 2] }).started();
    for (const board of ['B1', 'B2', 'B1']) {
      rig.unlock(3, board);
      rig.clock.advance(OVER_MS);
    }
    const after = rig.asked.flatMap(({ request, address }, index) => {
      return request.kind === 'unlock' ? [{ address, next: rig.asked[index + 1] }] : [];
    });
    expect(after).toHaveLength(3);
    for (const { address, next } of after) {
      expect(next).toMatchObject({ address, request: { kind: 'status' } });
    }
  },
};

const noBroadcast: Behaviour = {
  title: 'R9 no request addresses more than one board',
  run: (make) => {
    const { min, max } = make().family.addresses;
    const rig = make({ addresses: [1, 2, max], known: [1] }).started();
    rig.unlock(1);
    rig.clock.advance(OVER_MS);
    rig.newHost();
    rig.clock.advance(OVER_MS);
    expect(new Set(rig.asked.map(({ address }) => address))).toEqual(new Set([1]));
    expect(reallyOpen(rig)).toEqual([1]);
    for (const other of ['B2', `B${max}`]) {
      expect(reallyOpen(rig, other)).toEqual([]);
      expect(rig.board(other).pulses).toEqual([]);
    }
    const dialect = rig.family.dialect(0);
    const { settings } = rig.variant;
    for (const address of [min - 1, max + 1, 255, 256, 1.5]) {
      const status = { kind: 'status', channels: rig.channels } as const;
      expect(() => dialect.ask(address, status, settings)).toThrow(RangeError);
    }
    for (const channel of [0, rig.family.channelsMax + 1]) {
      const unlock = { kind: 'unlock', channel, pulseMs: 300 } as const;
      expect(() => dialect.ask(1, unlock, settings)).toThrow(RangeError);
    }
  },
};

export const UNLOCKS: readonly Behaviour[] = [
  rightDoor,
  once,
  timed,
  wrongChannel,
  oneLock,
  readAtOnce,
  noBroadcast,
];

export function reallyOpen(rig: Rig, board = 'B1'): number[] {
  const { doors } = rig.board(board);
  return doors.flatMap((door, index) => (door.isOpen ? [index + 1] : []));
}

function energised(rig: Rig): number {
  const doors = rig.wall.boards.flatMap((board) => board.doors);
  return doors.filter((door) => door.isEnergised).length;
}
