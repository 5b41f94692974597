import { isAllocatable, type Purpose, type SlotState } from '../../src/domain/slot.ts';
import type { EventName } from './events.ts';
import type { Lie } from './lies.ts';
import type { Move } from './move.ts';
import { isWatched, type World } from './world.ts';

/** What recipients, couriers, technicians and strangers do, at the keypad and at the door. */

const isOn = ({ power }: World): boolean => power === 'on';
const visits = ({ mem }: World, ...purposes: readonly Purpose[]): boolean =>
  purposes.some((purpose) => purpose === mem.slot.purpose);
const isFull = ({ inside }: World): boolean => inside !== 'nothing';
const holdsParcel = ({ inside }: World): boolean => inside === 'parcel';
const lieIf = (lie: Lie, isLie: (world: World) => boolean) => (world: World) =>
  isLie(world) ? lie : null;

/** A key on the page that follows the visit, in the states in which it is drawn. */
function says(
  name: EventName,
  purposes: readonly Purpose[],
  states: readonly SlotState[],
  lie?: Move['lie'],
): Move {
  return {
    name: `they say ${name}`,
    can: (world) =>
      isOn(world) && visits(world, ...purposes) && states.includes(world.mem.slot.state),
    play: (turn) => turn.send(name),
    ...(lie && { lie }),
  };
}

const TAKING = ['pickup', 'recall'] as const;
const ANYBODY = ['drop', 'pickup', 'recall', 'service'] as const;

const REPORTED = 'the courier reports a find or dirt, and leaves the parcel there';
const LEFT = 'the courier says that it is left inside, and it is not';
const NOT_LEFT = 'the courier says that it is not left inside, and it is';
const EMPTY = 'the courier says that it is empty, and it is not';
const OUT = 'the courier says that the recalled parcel is out, and it is not';
const TOOK = 'the recipient says that a refused parcel is out, and it is not';
const OPENED = 'the recipient says that the door opened, and it did not';
const CLOSED = 'the recipient says that the door is closed, and it is not';

const answers: Move[] = [
  says('DROP_ANSWER done', ['drop'], ['open']),
  says('DROP_ANSWER too_big', ['drop'], ['open']),
  says('DROP_ANSWER changed_mind', ['drop'], ['open']),
  says('DROP_ANSWER not_empty', ['drop'], ['open'], lieIf(REPORTED, holdsParcel)),
  says('DROP_ANSWER dirty', ['drop'], ['open'], lieIf(REPORTED, holdsParcel)),
  says(
    'LEFT_IT',
    ['drop'],
    ['drop_unconfirmed'],
    lieIf(LEFT, (world) => !holdsParcel(world)),
  ),
  says('NOT_LEFT', ['drop'], ['drop_unconfirmed'], lieIf(NOT_LEFT, holdsParcel)),
  says('IS_EMPTY', ['drop'], ['verify_empty'], lieIf(EMPTY, isFull)),
  says('IS_EMPTY', ['recall'], ['grace'], lieIf(OUT, isFull)),
  says('SOMETHING_INSIDE', ['drop'], ['verify_empty']),
  says('SOMETHING_INSIDE', TAKING, ['open', 'grace']),
  says('REFUSED_IT', ['pickup'], ['grace']),
  says('TOOK_IT', ['pickup'], ['grace'], lieIf(TOOK, holdsParcel)),
  says(
    'DID_OPEN',
    ['pickup'],
    ['unseen'],
    lieIf(OPENED, (world) => !isUsed(world)),
  ),
  says('DID_NOT_OPEN', ['pickup'], ['unseen']),
  says(
    'SAYS_CLOSED brief',
    ['pickup'],
    ['open'],
    lieIf(CLOSED, ({ doorOpen }) => doorOpen),
  ),
  says(
    'SAYS_CLOSED long',
    ['pickup'],
    ['open'],
    lieIf(CLOSED, ({ doorOpen }) => doorOpen),
  ),
  says('DOES_NOT_CLOSE', ANYBODY, ['open']),
  {
    name: 'whoever was asked walks away',
    mends: true,
    can: ({ power, mem }) => power === 'on' && mem.slot.state === 'unseen',
    play: (turn) => turn.send('GIVE_UP'),
  },
];

/** Opens the door for whoever has the right; a right that is refused leaves things as they are. */
function opens(purpose: Purpose, name: string, can: Move['can']): Move {
  return {
    name,
    can: (world, setting) => isOn(world) && can(world, setting),
    play: (turn) => turn.send(`ARM ${purpose}`),
  };
}

const isStored = ({ ledger }: World): boolean => ledger.custody === 'in_slot';
const AT_DROP: readonly SlotState[] = ['reserved', 'drop_unconfirmed', 'verify_empty'];

const rights: Move[] = [
  {
    name: 'a courier is given the slot for a parcel',
    can: (world) => isOn(world) && isAllocatable(world.mem.slot),
    play: (turn) => {
      const { inside } = turn.world;
      turn.change({
        inHands: true,
        inside: inside === 'nothing' ? 'nothing' : 'other',
      });
      turn.send('RESERVE');
    },
  },
  {
    name: 'the reservation is released',
    mends: true,
    can: ({ power, mem }) => power === 'on' && mem.slot.state === 'reserved',
    play: (turn) => turn.send('RELEASE'),
  },
  opens('drop', 'the courier has the door opened', ({ mem }) => AT_DROP.includes(mem.slot.state)),
  opens('pickup', 'the recipient has the door opened', isStored),
  opens('recall', 'the courier has the door opened for a recall', isStored),
  opens('service', 'a technician has the door opened', ({ mem }) => mem.slot.state !== 'available'),
];

const runs = ({ power }: World): boolean => power !== 'off';
/** Only a barred slot takes a technician's word, and only they have a key to every door. */
const isShutAndBarred = ({ mem }: World): boolean =>
  mem.slot.bar !== null && mem.slot.door === 'closed' && mem.slot.purpose === null;

const technician: Move[] = [
  {
    name: 'a technician blocks the slot',
    mends: true,
    can: runs,
    play: (turn) => turn.send('BLOCK'),
  },
  {
    name: 'a technician lifts the block',
    mends: true,
    can: runs,
    play: (turn) => turn.send('UNBLOCK'),
  },
  {
    name: 'a technician empties the slot and says so',
    mends: true,
    can: (world) => runs(world) && isShutAndBarred(world),
    play: (turn) => {
      turn.change({ inside: 'nothing' });
      turn.send('CLEARED empty');
    },
  },
  {
    name: 'a technician says that it is empty',
    can: (world) => runs(world) && isShutAndBarred(world) && isFull(world),
    lie: () => 'the technician says that it is empty, and it is not',
    play: (turn) => turn.send('CLEARED empty'),
  },
  {
    name: 'a technician says that the parcel is inside',
    can: (world) => runs(world) && isShutAndBarred(world),
    lie: lieIf(
      'the technician says that it is full, and it is not',
      (world) => !holdsParcel(world),
    ),
    play: (turn) => turn.send('CLEARED full'),
  },
  {
    name: 'a technician says that something else is inside',
    can: runs,
    play: (turn) => turn.send('CLEARED other'),
  },
];

/** Nobody who has a right makes use of a door that opened by itself and that nobody saw. */
const isUsed = ({ doorOpen, sprung }: World): boolean => doorOpen && !sprung;
const wasGivenUp = ({ mem }: World): boolean => mem.slot.bar?.reason === 'door_open';
const reported = ({ mem }: World): boolean =>
  mem.slot.dropAnswer === 'not_empty' || mem.slot.dropAnswer === 'dirty';

const door: Move[] = [
  {
    name: 'the door springs open by itself',
    can: ({ doorOpen }) => !doorOpen,
    play: (turn) => turn.change({ doorOpen: true, sprung: true }),
  },
  {
    // The boards count the edges, so that an opening which they can see is never missed.
    name: 'the door is shut',
    mends: true,
    can: (world, { contact }) =>
      world.doorOpen && (!isWatched(world) || contact !== 'good' || world.mem.slot.door === 'open'),
    play: (turn) => turn.change({ doorOpen: false }),
  },
];

const handling: Move[] = [
  {
    name: 'the courier puts the parcel in',
    can: (world) =>
      isUsed(world) &&
      world.inHands &&
      !isFull(world) &&
      (visits(world, 'drop') || wasGivenUp(world)),
    lie: lieIf(REPORTED, reported),
    play: (turn) => turn.change({ inside: 'parcel', inHands: false }),
  },
  {
    name: 'the courier takes the parcel back',
    can: (world) => isUsed(world) && holdsParcel(world) && visits(world, 'drop'),
    play: (turn) => turn.change({ inside: 'nothing', inHands: true }),
  },
  {
    name: 'who came for the parcel takes it out',
    can: (world) =>
      isUsed(world) && holdsParcel(world) && (visits(world, ...TAKING) || wasGivenUp(world)),
    play: (turn) => turn.change({ inside: 'nothing' }),
  },
  {
    name: 'somebody else takes the parcel out',
    can: (world) => world.doorOpen && holdsParcel(world),
    lie: () => 'a thief takes the parcel out',
    play: (turn) => turn.change({ inside: 'nothing' }),
  },
  {
    name: 'a stranger puts something in',
    can: (world) => world.doorOpen && !isFull(world) && isWatched(world),
    lie: () => 'a stranger puts something in while the door is open',
    play: (turn) => turn.change({ inside: 'other' }),
  },
  {
    name: 'a stranger puts something in, unwatched',
    can: (world) => !isFull(world) && !isWatched(world),
    lie: () => 'a stranger puts something in while nothing is watched',
    play: (turn) => turn.change({ inside: 'other' }),
  },
];

/** People act when the board has been read: polls come every 250 ms. */
export const peopleMoves: readonly Move[] = [...answers, ...rights, ...technician, ...handling];
/** The door moves when it likes. */
export const doorMoves: readonly Move[] = [...door];
