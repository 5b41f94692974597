import { newSlot, type Occupancy, type SlotRecord } from '../../src/domain/slot.ts';
import type { Lie } from './lies.ts';
import type { Known, Machine } from './records.ts';

/**
 * One compartment with everything around it that can differ: the door and what really lies behind
 * it, what the kiosk believes in memory and on disk, and what is under way.
 */
export interface World {
  /** In memory, and as last committed: a cut brings the latter back. */
  readonly mem: Known;
  readonly disk: Known;
  /** `unread`: started, but no board has answered yet. */
  readonly power: (typeof POWERS)[number];
  readonly doorOpen: boolean;
  /** It opened without a pulse, and the kiosk has not seen it. */
  readonly sprung: boolean;
  /** The parcel that was named at the drop, or something else. */
  readonly inside: (typeof INSIDES)[number];
  /** The courier still has the parcel. */
  readonly inHands: boolean;
  /** The pulse of the intent in force: waiting for its turn, or sent and not yet answered for. */
  readonly pulse: (typeof PULSES)[number];
  /** The slot asked for another pulse; the control code answers in the same turn. */
  readonly wantsPulse: boolean;
  readonly ledger: Ledger;
}

/** What the facts have said so far, kept beside the record to hold it against. */
export interface Ledger {
  /** Whether `empty` is founded as R1 asks; `armed` while it still was before the pulse. */
  readonly proof: (typeof PROOFS)[number];
  /** Whether the last opening was followed by a close that was seen (R18). */
  readonly closeSeen: boolean;
  readonly custody: (typeof CUSTODIES)[number];
  /** The courier said that the parcel is not left inside. */
  readonly saidNotLeft: boolean;
}

const POWERS = ['on', 'off', 'unread'] as const;
const INSIDES = ['nothing', 'parcel', 'other'] as const;
const PULSES = ['none', 'queued', 'fired'] as const;
const PROOFS = ['yes', 'armed', 'no'] as const;
const CUSTODIES = ['none', 'expected', 'in_slot'] as const;

/** How an exploration differs from one of honest people and good sensors. */
export interface Setting {
  readonly occupancy: 'none' | 'good' | 'says_empty' | 'says_full';
  readonly contact: 'good' | 'stuck_closed' | 'bounces';
  /** The untruths and misdeeds that may happen. */
  readonly lies: readonly Lie[];
}

export const isHonest = ({ occupancy, contact, lies }: Setting): boolean =>
  lies.length === 0 && contact === 'good' && (occupancy === 'none' || occupancy === 'good');

/** Room for the records' ids in a key. */
const IDS = 2 ** 18;

/** A number for each world that is different. */
export function keyOf(world: World): number {
  const { mem, disk, ledger } = world;
  let key = mem.id * IDS + disk.id;
  key = key * 3 + POWERS.indexOf(world.power);
  key = key * 3 + INSIDES.indexOf(world.inside);
  key = key * 3 + PULSES.indexOf(world.pulse);
  key = key * 3 + PROOFS.indexOf(ledger.proof);
  key = key * 3 + CUSTODIES.indexOf(ledger.custody);
  key = key * 2 + Number(world.doorOpen);
  key = key * 2 + Number(world.sprung);
  key = key * 2 + Number(world.inHands);
  key = key * 2 + Number(world.wantsPulse);
  key = key * 2 + Number(ledger.closeSeen);
  return key * 2 + Number(ledger.saidNotLeft);
}

/** A kiosk at its first start: the compartment is empty and shut, and no board was read. */
export function firstWorld(machine: Machine): World {
  const slot = machine.know(newSlot('L/1'));
  return {
    mem: slot,
    disk: slot,
    power: 'unread',
    doorOpen: false,
    sprung: false,
    inside: 'nothing',
    inHands: false,
    pulse: 'none',
    wantsPulse: false,
    ledger: { proof: 'yes', closeSeen: true, custody: 'none', saidNotLeft: false },
  };
}

export const isWatched = ({ power, mem }: World): boolean =>
  power === 'on' && mem.slot.board === 'ok';

/** What the contact may read now. */
export function doorReads({ doorOpen }: World, { contact }: Setting, door: 'open' | 'closed') {
  if (contact === 'stuck_closed') return door === 'closed';
  return contact === 'bounces' || (door === 'open') === doorOpen;
}

/** What the occupancy sensor may read now. */
export function occupancyReads({ inside }: World, { occupancy }: Setting, reading: Occupancy) {
  if (occupancy === 'none' || reading === 'unknown') {
    return (occupancy === 'none') === (reading === 'unknown');
  }
  const isReal = (reading === 'empty') === (inside === 'nothing');
  return isReal || occupancy === `says_${reading}`;
}

/** Whether the record holds what the sensors say now, so that no edge is on its way. */
export function isUpToDate(world: World, setting: Setting): boolean {
  const { door, occupancy } = world.mem.slot;
  return (
    isWatched(world) &&
    door !== 'unknown' &&
    doorReads(world, setting, door) &&
    occupancyReads(world, setting, occupancy)
  );
}

/** Opened for less than 2 s, by the record's own times. */
export const wasBrief = ({ openedAtMono, closedAtMono }: SlotRecord): boolean =>
  openedAtMono !== null && closedAtMono === openedAtMono;
