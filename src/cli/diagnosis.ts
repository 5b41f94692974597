import type { Board, Slot, Status } from '../api/shapes.ts';
import type { BarReason } from '../domain/slot.ts';
import { duration } from './words.ts';

/** One thing that is not as it should be. */
export interface Finding {
  /** A slot, a board, or the kiosk. */
  readonly where: string;
  readonly what: string;
  readonly why: string;
  readonly cure: string;
}

/** What is wrong with a kiosk, why, and what to do; the worst first. */
export function diagnose(status: Status, boards: readonly Board[], slots: readonly Slot[]) {
  return [
    ...kioskFindings(status),
    ...boards.filter(({ health }) => health !== 'online').map(boardFinding),
    ...slots.filter(({ board }) => board === 'ok').flatMap(slotFindings),
  ];
}

/** Events wait longer than any ordinary outage. */
const QUEUE_OLD_S = 86_400;

function kioskFindings({ serving, clock, queue }: Status): Finding[] {
  const findings: Finding[] = [];
  if (!serving) {
    findings.push({
      where: 'kiosk',
      what: 'does not serve yet',
      why: 'it waits for the first reading of every door',
      cure: 'look after the boards below; it begins as soon as each has answered or was given up',
    });
  }
  if (clock.state === 'unsynced') {
    findings.push({
      where: 'kiosk',
      what: 'nobody knows the time of day',
      why: 'time sync has not vouched for it, or it jumped',
      cure: 'see to the network, or fit a clock with a battery; codes and holds go on meanwhile',
    });
  }
  if (queue.oldestSeconds !== null && queue.oldestSeconds > QUEUE_OLD_S) {
    findings.push({
      where: 'kiosk',
      what: `${queue.count} events wait, the oldest for ${duration(queue.oldestSeconds)}`,
      why: 'the cloud has not acknowledged them',
      cure: 'see to the network; nothing is lost, and the kiosk serves without it',
    });
  }
  return findings;
}

function boardFinding({ bus, board, health, sent, answered }: Board): Finding {
  return {
    where: `board ${board}`,
    what: `${health} on bus ${bus}`,
    why:
      answered === 0
        ? 'it has not answered once since the start'
        : `${answered} of ${sent} answered`,
    cure: 'check its power, the pair A and B, both terminations and its address',
  };
}

function slotFindings({ slot, door, status, reason, parcel, sensor }: Slot): Finding[] {
  if (reason !== null) {
    const inside = parcel === null ? '' : `; parcel ${parcel} may be inside`;
    return [{ where: slot, what: `out of service: ${reason}${inside}`, ...REASONS[reason] }];
  }
  if (sensor === 'suspect') {
    return [{ where: slot, what: 'its contact is not believed', ...CONTACT }];
  }
  if (door === 'open' && status === 'empty') {
    const cure = 'close it; it is given to nobody while it stands open';
    return [{ where: slot, what: 'stands open', why: 'nobody was sent there', cure }];
  }
  return [];
}

const LOOK =
  'open it (lockerctl slot open … --reason inspection), look, then lockerctl slot inspect';
const CONTACT = {
  why: 'its contact said other than somebody saw',
  cure: 'check the contact and its wire, open and close it by hand, then lockerctl slot inspect',
};

/** Why a slot is out of service, and what a technician does about it. */
const REASONS: Readonly<Record<BarReason, Pick<Finding, 'why' | 'cure'>>> = {
  jammed: {
    why: 'its lock was told to open and the door did not move',
    cure: 'free the bolt, check the coil and its wire, then open it once and inspect it',
  },
  door_open: {
    why: 'its door was never seen to close',
    cure: 'close it, then lockerctl slot inspect',
  },
  sensor: CONTACT,
  blocked: {
    why: 'somebody took it out of service',
    cure: 'lockerctl slot unblock, when it is well',
  },
  unknown_outcome: { why: 'nobody saw how its last visit ended', cure: LOOK },
  changed_while_off: { why: 'its door moved while nobody watched', cure: LOOK },
  forced: {
    why: 'its door opened without anybody’s right',
    cure: `check the lock for damage; ${LOOK}`,
  },
  found_inside: {
    why: 'a courier found something in it',
    cure: `take it out and book it; ${LOOK}`,
  },
  dirty: { why: 'a courier called it dirty or broken', cure: `clean or mend it; ${LOOK}` },
  unverified: { why: 'nobody has said yet what is inside', cure: LOOK },
  restored: { why: 'the database was restored from a copy', cure: LOOK },
  still_full: { why: 'somebody said that something is still inside', cure: LOOK },
  brief_open: { why: 'its door was open too short a time to take something out', cure: LOOK },
  closed_late: { why: 'its door closed long after its visit', cure: LOOK },
};
