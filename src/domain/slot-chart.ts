import * as boot from './boot-moves.ts';
import * as door from './door-moves.ts';
import { SLOT_STATES, type SlotRecord } from './slot.ts';
import type { SlotEvent } from './slot-events.ts';
import * as moves from './slot-moves.ts';
import type { SlotTimes } from './slot-times.ts';
import * as upkeep from './upkeep-moves.ts';

/** One way out of a state, or a change within it; the first whose test holds is taken. */
export interface Rung {
  readonly test?: (slot: SlotRecord, event: never, times: SlotTimes) => boolean;
  readonly to?: string;
  readonly move?: (slot: SlotRecord, event: never, times: SlotTimes) => moves.Change;
}

/** What a state does with the events it knows; `always` is for states that never stand. */
export interface Place {
  readonly entry?: moves.Move;
  readonly on?: Readonly<Partial<Record<SlotEvent['type'], Rung | readonly Rung[]>>>;
  readonly always?: readonly Rung[];
}

const go = (to: string, move?: Rung['move']): Rung => ({ to, ...(move && { move }) });
const goIf = (test: Rung['test'] & {}, to: string, move?: Rung['move']): Rung => ({
  test,
  ...go(to, move),
});
const stay = (move: Rung['move'] & {}): Rung => ({ move });
const stayIf = (test: Rung['test'] & {}, move: Rung['move'] & {}): Rung => ({ test, move });

const alreadyOpen = goIf(moves.canEnterOpen, 'open', door.foundOpen);
const reopenable = [goIf(moves.sameVisit, 'opening', moves.arm)];
const openedByHand = go('open', door.opened);
const bootDiffering = goIf(boot.bootDiffers, 'barred', boot.bootChanged);
const bootUnread = stayIf(boot.bootOpenUnread, boot.bootFoundOpen);
const bootUnchanged = [
  bootUnread,
  bootDiffering,
  goIf(boot.bootClosedLate, 'barred', boot.bootCheck),
  stay(boot.bootAgreed),
];
const neverStands = { BOOT: go('barred', boot.bootUnknown) };

const atRest = {
  available: {
    entry: moves.rest,
    on: {
      RESERVE: goIf(moves.canReserve, 'reserved', moves.reserve),
      CLEARED: somethingElse(),
      OCCUPANCY: [goIf(door.looksFull, 'barred', door.foundByItself), stay(door.occupancyRead)],
    },
  },
  reserved: {
    entry: moves.rest,
    on: {
      RELEASE: [goIf(door.stillFull, 'barred', moves.releaseFull), go('available', moves.release)],
      ARM: goIf(moves.canArmDrop, 'opening', moves.arm),
      BLOCK: {},
      BOOT: [
        goIf(boot.bootNotFree, 'barred', boot.bootReleasedOpen),
        go('available', boot.bootReleased),
      ],
    },
  },
  occupied: {
    entry: moves.rest,
    on: {
      CLEARED: somethingElse(),
      ARM: goIf(moves.canArm, 'opening', moves.arm),
      OCCUPANCY: [goIf(door.looksEmpty, 'barred', door.goneByItself), stay(door.occupancyRead)],
    },
  },
  quarantined: {
    entry: moves.rest,
    on: {
      ARM: [alreadyOpen, goIf(moves.canArm, 'opening', moves.arm)],
      CLEARED: upkeepCleared(),
      BOOT: [
        goIf(boot.bootSeenEmpty, 'freed', boot.bootVerified),
        bootUnread,
        bootDiffering,
        stay(boot.bootAgreed),
      ],
    },
  },
  out_of_service: {
    entry: moves.rest,
    on: {
      ARM: [alreadyOpen, goIf(moves.canArm, 'opening', moves.arm)],
      CLEARED: upkeepCleared(),
      DOOR_CLOSED: [goIf(door.wasLeftOpen, 'barred', door.closedLate), stay(door.closedUnvisited)],
      UNBLOCK: [
        goIf(upkeep.unblocksFull, 'occupied', upkeep.unblock),
        goIf(upkeep.unblocksEmpty, 'available', upkeep.unblock),
        goIf(upkeep.isBlocked, 'barred', upkeep.unblockUnknown),
      ],
    },
  },
};

function upkeepCleared() {
  return [
    goIf(upkeep.clearedEmpty, 'available', upkeep.clearEmpty),
    goIf(upkeep.clearedFull, 'occupied', upkeep.clearFull),
    somethingElse(),
  ];
}

function somethingElse() {
  return goIf(upkeep.clearedOther, 'barred', moves.quarantineFor('found_inside'));
}

const opening = {
  on: {
    BLOCK: {},
    BOARD_DARK: [goIf(moves.wasPulsed, 'barred', moves.lostBoard), stay(upkeep.boardDark)],
    DOOR_OPENED: goIf(door.isNews, 'open', door.opened),
    READ: stayIf(moves.wasPulsed, moves.read),
    PULSE_RESULT: [
      goIf(moves.isRepulseNotSent, 'barred', moves.jam),
      goIf(moves.isNotSent, 'returned', moves.abort),
      goIf(moves.wasLostWith, 'barred', moves.lostBoard),
      stayIf(moves.isThisPulse, moves.pulsed),
    ],
    ARM: goIf(moves.betweenPulses, 'opening', moves.armAgain),
    GIVE_UP: [
      goIf(moves.keepsParcel, 'returned', moves.gaveUp),
      goIf(moves.betweenPulses, 'barred', moves.jam),
    ],
    DEADLINE_PASSED: [
      stayIf(moves.stillUnread, moves.waitForReading),
      goIf(moves.neverRead, 'barred', moves.outcomeUnread),
      stayIf(moves.mayPulseAgain, moves.pulseAgain),
      goIf(moves.isFirstPickupBurst, 'unseen', moves.askWhetherOpened),
      go('barred', moves.jam),
    ],
    BOOT: [goIf(boot.bootDoorOpen, 'open', boot.bootRecovered), go('barred', boot.bootUnknown)],
  },
};

const unseen = {
  on: {
    BLOCK: {},
    DOOR_OPENED: goIf(door.isNews, 'open', door.opened),
    DID_OPEN: go('open', door.saidOpened),
    DID_NOT_OPEN: stayIf(moves.isAsked, moves.coolDown),
    ARM: goIf(moves.isReady, 'opening', moves.armSecondBurst),
    GIVE_UP: go('barred', moves.jam),
    DEADLINE_PASSED: [stayIf(moves.isCooling, moves.offerSecondBurst), go('barred', moves.jam)],
    BOOT: opening.on.BOOT,
  },
};

const open = {
  on: {
    BLOCK: {},
    DOOR_OPENED: stayIf(door.isNews, door.opened),
    PULSE_RESULT: stayIf(moves.isThisPulse, moves.lateResult),
    DROP_ANSWER: stayIf(door.isDrop, door.dropAnswered),
    SOMETHING_INSIDE: stayIf(door.isTaking, door.saidInside),
    SAYS_CLOSED: goIf(door.mayAssertClose, 'grace', door.saidClosed),
    DOES_NOT_CLOSE: go('barred', door.giveUpDoor),
    DEADLINE_PASSED: go('barred', door.giveUpDoor),
    DOOR_CLOSED: [
      goIf(door.foundInside, 'barred', door.closedThen(door.find)),
      goIf(door.isDirty, 'barred', door.closedThen(door.dirty)),
      goIf(door.calledOffAndEmpty, 'freed', door.closedThen(door.readEmpty)),
      goIf(door.dropCalledOff, 'verify_empty', door.closedThen(door.askEmpty)),
      goIf(door.seenFull, 'occupied', door.closedThen(door.storedSensed)),
      goIf(door.endsUnknown, 'barred', door.closedThen(moves.quarantineFor('unknown_outcome'))),
      goIf(door.isDrop, 'drop_unconfirmed', door.closedThen(door.askLeft)),
      goIf(door.isTaking, 'grace', door.closedThen(door.startGrace)),
      go('barred', door.closedThen(moves.quarantineFor('unverified'))),
    ],
    BOOT: [stayIf(boot.bootDoorOpen, boot.bootRecovered), go('barred', boot.bootUnknown)],
  },
};

const closing = {
  drop_unconfirmed: {
    on: {
      BLOCK: {},
      DOOR_OPENED: openedByHand,
      ARM: reopenable,
      LEFT_IT: go('occupied', door.storedAsserted),
      NOT_LEFT: go('verify_empty', door.saidNotLeft),
      OCCUPANCY: [
        goIf(door.seenFull, 'occupied', door.readThen(door.storedSensed)),
        stay(door.occupancyRead),
      ],
      DEADLINE_PASSED: [
        goIf(door.sensedNothing, 'barred', moves.outcomeUnknown),
        go('occupied', door.storedInferred),
      ],
      BOOT: [
        goIf(boot.bootDoorOpen, 'barred', boot.bootUnknown),
        stay(boot.bootDeadline('confirmMs')),
      ],
    },
  },
  verify_empty: {
    on: {
      BLOCK: {},
      DOOR_OPENED: openedByHand,
      ARM: reopenable,
      IS_EMPTY: [
        goIf(door.stillFull, 'barred', moves.quarantineFor('unverified')),
        go('freed', door.lookedEmpty),
      ],
      OCCUPANCY: [
        goIf(door.seenEmpty, 'freed', door.readThen(door.readEmpty)),
        stay(door.occupancyRead),
      ],
      SOMETHING_INSIDE: go('barred', moves.quarantineFor('unverified')),
      DEADLINE_PASSED: go('barred', moves.quarantineFor('unverified')),
      ...neverStands,
    },
  },
  grace: {
    on: {
      BLOCK: {},
      DOOR_OPENED: openedByHand,
      ARM: reopenable,
      SOMETHING_INSIDE: stay(door.saidInside),
      REFUSED_IT: stayIf(door.isPickup, door.saidRefused),
      TOOK_IT: stayIf(door.wasRefused, door.saidTook),
      IS_EMPTY: [
        goIf(door.contradictsRecall, 'barred', moves.quarantineFor('still_full')),
        goIf(door.isRecall, 'freed', door.lookedEmpty),
      ],
      DEADLINE_PASSED: [
        goIf(door.stillFull, 'barred', moves.quarantineFor('still_full')),
        goIf(door.isLeftInside, 'barred', moves.quarantineFor('found_inside')),
        go('emptied', door.taken),
      ],
      BOOT: [
        goIf(boot.bootDoorOpen, 'barred', boot.bootUnknown),
        stay(boot.bootDeadline('graceMs')),
      ],
    },
  },
};

const passing = {
  emptied: {
    always: [goIf(door.wasBrief, 'barred', moves.quarantineFor('brief_open')), go('freed')],
  },
  freed: {
    always: [
      goIf(upkeep.isBarred, 'barred'),
      goIf(door.isSuspect, 'barred', upkeep.retire),
      go('available'),
    ],
  },
  barred: {
    always: [goIf(upkeep.isQuarantine, 'quarantined'), go('out_of_service')],
  },
  returned: {
    always: SLOT_STATES.map((state) => goIf(upkeep.cameFrom(state), state, upkeep.resume)),
  },
};

/**
 * The life of one slot. The chart below says when; the moves say what.
 *
 *   available ─ RESERVE ─ reserved ─ ARM ─┐                        ┌─ drop_unconfirmed ─ occupied
 *   occupied ───────────── ARM ───────── opening ─ DOOR_OPENED ─ open ─ grace ─ emptied ─ available
 *                                         └─ no change ─ unseen ──┘  └─ verify_empty
 *
 * Every way that leaves doubt ends in `quarantined` or `out_of_service`. `emptied`, `freed`,
 * `barred` and `returned` are passed through within one step and never stored.
 */
export const CHART: Readonly<Record<string, Place>> = {
  ...atRest,
  opening,
  unseen,
  open,
  ...closing,
  ...passing,
};

/** What every state does with an event that it does not name itself. */
export const ANYWHERE: Place = {
  on: {
    BOARD_DARK: stay(upkeep.boardDark),
    BOARD_OK: stay(upkeep.boardOk),
    OCCUPANCY: stay(door.occupancyRead),
    DOOR_OPENED: [
      stayIf(door.wasUnread, door.foundOpenUnread),
      goIf(door.isNews, 'barred', door.forced),
    ],
    DOOR_CLOSED: stay(door.closedUnvisited),
    BLOCK: goIf(upkeep.canBlock, 'barred', upkeep.block),
    RESTORED: [goIf(boot.wasFree, 'barred', boot.restoredEmpty), go('barred', boot.restored)],
    BOOT: bootUnchanged,
  },
};
