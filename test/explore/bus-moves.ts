import type { Occupancy } from '../../src/domain/slot.ts';
import type { EventName } from './events.ts';
import type { Lie } from './lies.ts';
import type { Move } from './move.ts';
import type { Turn } from './turn.ts';
import {
  doorReads,
  isWatched,
  occupancyReads,
  type Setting,
  type World,
  wasBrief,
} from './world.ts';

/** What locks, boards, the bus, the power and the clock do. */

const OCCUPANCIES = ['empty', 'full', 'unknown'] as const satisfies Occupancy[];

/** The bus asks once more whether the pulse is wanted before it sends it. */
const fires = (world: World): boolean =>
  isWatched(world) && world.pulse === 'queued' && world.mem.slot.intent !== null;
const answer = (name: EventName) => (turn: Turn) => {
  turn.change({ pulse: 'none' });
  turn.send(name);
};

const pulses: Move[] = [
  {
    name: 'the pulse opens the door',
    can: (world) => fires(world) && !world.doorOpen,
    play: (turn) => turn.change({ pulse: 'fired', doorOpen: true }),
  },
  {
    name: 'the pulse moves nothing',
    mends: true,
    can: fires,
    play: (turn) => turn.change({ pulse: 'fired' }),
  },
  ...(['acknowledged', 'unanswered'] as const).map(
    (verdict): Move => ({
      name: `the pulse is ${verdict}`,
      mends: true,
      can: ({ pulse, power }) => power === 'on' && pulse === 'fired',
      play: answer(`PULSE_RESULT ${verdict}`),
    }),
  ),
  ...(['not_sent', 'refused', 'unanswered'] as const).map(
    (verdict): Move => ({
      name: `the pulse never left: ${verdict}`,
      mends: true,
      can: ({ pulse, power }) => power === 'on' && pulse === 'queued',
      play: answer(`PULSE_RESULT ${verdict}`),
    }),
  ),
];

/** `DoorWatch` compares a reading with the record; a board that was dark is back with it. */
function look(turn: Turn, door: 'open' | 'closed', occupancy: Occupancy, lasted: Lasted): void {
  const { slot } = turn;
  if (slot.board === 'dark') turn.send('BOARD_OK');
  if (slot.door !== door) {
    turn.send(door === 'open' ? 'DOOR_OPENED' : `DOOR_CLOSED ${occupancy} ${lasted}`);
  } else if (slot.occupancy !== occupancy) {
    turn.send(`OCCUPANCY ${occupancy}`);
  }
  if (slot.state === 'opening' && !slot.readSincePulse) turn.send('READ');
}

type Lasted = 'brief' | 'long';

function tellsNews({ mem, pulse }: World, door: 'open' | 'closed', occupancy: Occupancy): boolean {
  const { slot } = mem;
  // A board that was silent is only asked again when the exchange of the pulse is over.
  if (slot.board === 'dark' && pulse === 'fired') return false;
  const isAwaited = slot.state === 'opening' && !slot.readSincePulse && slot.pulsedAtMono !== null;
  const differs = slot.door !== door || slot.occupancy !== occupancy;
  return slot.board === 'dark' || differs || isAwaited;
}

/** How long a taking visit's door was open decides; other closes are all alike. */
const isTimed = ({ mem }: World): boolean =>
  mem.slot.state === 'open' && (mem.slot.purpose === 'pickup' || mem.slot.purpose === 'recall');

const looks: Move[] = (['open', 'closed'] as const).flatMap((door) =>
  OCCUPANCIES.flatMap((occupancy) =>
    (['brief', 'long'] as const).map(
      (lasted): Move => ({
        name: `the board reads ${door} ${occupancy}${lasted === 'brief' ? ' within 2 s' : ''}`,
        mends: true,
        can: (world, setting) =>
          world.power === 'on' &&
          doorReads(world, setting, door) &&
          occupancyReads(world, setting, occupancy) &&
          tellsNews(world, door, occupancy) &&
          (lasted === 'long' || (door === 'closed' && isTimed(world))),
        play: (turn) => look(turn, door, occupancy, lasted),
      }),
    ),
  ),
);

const boots: Move[] = (['open', 'closed'] as const).flatMap((door) =>
  OCCUPANCIES.map(
    (occupancy): Move => ({
      name: `the first reading is ${door} ${occupancy}`,
      mends: true,
      can: (world, setting) =>
        world.power === 'unread' &&
        doorReads(world, setting, door) &&
        occupancyReads(world, setting, occupancy),
      play: (turn) => {
        turn.change({ power: 'on' });
        turn.send(`BOOT ${door} ${occupancy}`);
      },
    }),
  ),
);

const power: Move[] = [
  { name: 'the power is cut', can: ({ power }) => power !== 'off', play: (turn) => turn.cut() },
  {
    name: 'the kiosk starts',
    mends: true,
    can: ({ power }) => power === 'off',
    play: (turn) => turn.change({ power: 'unread' }),
  },
  {
    name: 'a backup is restored',
    can: ({ power: state }) => state === 'off',
    play: (turn) => {
      turn.change({ power: 'unread' });
      turn.send('RESTORED');
    },
  },
  { name: 'the board falls silent', can: isWatched, play: (turn) => turn.send('BOARD_DARK') },
];

/**
 * What the control code does in the turn in which the slot asked for another pulse: whether the
 * session lives still is as uncertain here as everywhere.
 */
export const atOnce: readonly Move[] = [
  {
    name: 'another pulse is armed',
    can: ({ wantsPulse }) => wantsPulse,
    play: (turn) => {
      turn.change({ wantsPulse: false });
      const { purpose } = turn.slot;
      if (purpose === null || turn.send(`ARM ${purpose}`).ignored) turn.send('GIVE_UP');
    },
  },
  {
    name: 'the session is over, so no other pulse is armed',
    mends: true,
    can: ({ wantsPulse }) => wantsPulse,
    play: (turn) => {
      turn.change({ wantsPulse: false });
      turn.send('GIVE_UP');
    },
  },
  { name: 'the power is cut in that very turn', can: () => true, play: (turn) => turn.cut() },
];

const isUnread = ({ mem }: World): boolean =>
  mem.slot.state === 'opening' && !mem.slot.readSincePulse;
const isDue = ({ mem, power: state }: World): boolean =>
  state === 'on' && mem.slot.deadlineAtMono !== null;

/** What it means that nobody said anything until then. */
function silence({ mem, inside, ledger }: World, { occupancy }: Setting): Lie | null {
  const { slot } = mem;
  if (slot.state === 'grace') {
    const isSensed = occupancy === 'good' && slot.sensor === 'good';
    if (inside !== 'parcel' || slot.leftInside || wasBrief(slot) || isSensed) return null;
    return slot.purpose === 'recall'
      ? 'the courier leaves a recalled parcel inside and says nothing'
      : 'the recipient leaves something inside and says nothing';
  }
  const isDelivery = slot.state === 'drop_unconfirmed' && slot.occupancy !== 'empty';
  if (!isDelivery || inside === 'parcel' || ledger.saidNotLeft) return null;
  return 'the courier keeps the parcel and says nothing';
}

const deadlines: Move[] = [
  {
    name: 'the deadline passes',
    mends: true,
    can: isDue,
    lie: silence,
    play: (turn) => turn.send('DEADLINE_PASSED'),
  },
  {
    name: 'the deadline passes, and the board was silent for 10 s',
    mends: true,
    can: (world) => isDue(world) && isUnread(world),
    play: (turn) => turn.send('DEADLINE_PASSED unread'),
  },
];

export const busMoves: readonly Move[] = [...pulses, ...looks, ...boots, ...power, ...deadlines];
