import type { SlotEvent } from '../../src/domain/slot-events.ts';
import { SLOT_TIMES } from '../../src/domain/slot-times.ts';

/**
 * Every event that can reach a slot, with abstract time: a record's times are moved to `NOW_MONO`
 * after each step, so that an event only says how much later it comes.
 */
export const NOW_MONO = 10_000_000;
/** The clock of another boot, which begins anew. */
const BOOT_MONO = 5_000;
const soon = NOW_MONO + 1;
const afterOpenMin = soon + SLOT_TIMES.openMinMs;
const afterUnread = soon + SLOT_TIMES.unreadMs;

/** `next` is the intent that an ARM brings, `now` the one in force, `old` one from before. */
const arm = (purpose: 'drop' | 'pickup' | 'recall' | 'service') =>
  ({ type: 'ARM', atMono: soon, intent: 'next', purpose }) as const;
const result = (verdict: 'acknowledged' | 'unanswered' | 'refused' | 'not_sent') =>
  ({ type: 'PULSE_RESULT', atMono: soon, intent: 'now', verdict }) as const;
const closed = (occupancy: 'empty' | 'full' | 'unknown', atMono: number) =>
  ({ type: 'DOOR_CLOSED', atMono, occupancy }) as const;
const read = (occupancy: 'empty' | 'full' | 'unknown') =>
  ({ type: 'OCCUPANCY', atMono: soon, occupancy }) as const;
const said = (answer: 'done' | 'too_big' | 'not_empty' | 'dirty' | 'changed_mind') =>
  ({ type: 'DROP_ANSWER', atMono: soon, answer }) as const;
const boot = (door: 'open' | 'closed', occupancy: 'empty' | 'full' | 'unknown') =>
  ({ type: 'BOOT', atMono: BOOT_MONO, door, occupancy }) as const;
const plain = <T extends SlotEvent['type']>(type: T, atMono = soon) => ({ type, atMono }) as const;

export const EVENTS = {
  RESERVE: { type: 'RESERVE', atMono: soon, parcel: 'p' },
  RELEASE: plain('RELEASE'),
  'ARM drop': arm('drop'),
  'ARM pickup': arm('pickup'),
  'ARM recall': arm('recall'),
  'ARM service': arm('service'),
  'PULSE_RESULT acknowledged': result('acknowledged'),
  'PULSE_RESULT unanswered': result('unanswered'),
  'PULSE_RESULT refused': result('refused'),
  'PULSE_RESULT not_sent': result('not_sent'),
  'PULSE_RESULT old': { ...result('acknowledged'), intent: 'old' },
  GIVE_UP: plain('GIVE_UP'),
  READ: plain('READ'),
  DOOR_OPENED: plain('DOOR_OPENED'),
  'DOOR_CLOSED empty brief': closed('empty', soon),
  'DOOR_CLOSED full brief': closed('full', soon),
  'DOOR_CLOSED unknown brief': closed('unknown', soon),
  'DOOR_CLOSED empty long': closed('empty', afterOpenMin),
  'DOOR_CLOSED full long': closed('full', afterOpenMin),
  'DOOR_CLOSED unknown long': closed('unknown', afterOpenMin),
  'OCCUPANCY empty': read('empty'),
  'OCCUPANCY full': read('full'),
  'OCCUPANCY unknown': read('unknown'),
  BOARD_DARK: plain('BOARD_DARK'),
  BOARD_OK: plain('BOARD_OK'),
  DEADLINE_PASSED: plain('DEADLINE_PASSED'),
  'DEADLINE_PASSED unread': plain('DEADLINE_PASSED', afterUnread),
  'DROP_ANSWER done': said('done'),
  'DROP_ANSWER too_big': said('too_big'),
  'DROP_ANSWER not_empty': said('not_empty'),
  'DROP_ANSWER dirty': said('dirty'),
  'DROP_ANSWER changed_mind': said('changed_mind'),
  LEFT_IT: plain('LEFT_IT'),
  NOT_LEFT: plain('NOT_LEFT'),
  IS_EMPTY: plain('IS_EMPTY'),
  SOMETHING_INSIDE: plain('SOMETHING_INSIDE'),
  REFUSED_IT: plain('REFUSED_IT'),
  TOOK_IT: plain('TOOK_IT'),
  DID_OPEN: plain('DID_OPEN'),
  DID_NOT_OPEN: plain('DID_NOT_OPEN'),
  'SAYS_CLOSED brief': plain('SAYS_CLOSED'),
  'SAYS_CLOSED long': plain('SAYS_CLOSED', afterOpenMin),
  DOES_NOT_CLOSE: plain('DOES_NOT_CLOSE'),
  BLOCK: plain('BLOCK'),
  UNBLOCK: plain('UNBLOCK'),
  'CLEARED empty': { type: 'CLEARED', atMono: soon, content: 'empty' },
  'CLEARED full': { type: 'CLEARED', atMono: soon, content: 'full' },
  'CLEARED other': { type: 'CLEARED', atMono: soon, content: 'other' },
  RESTORED: plain('RESTORED', BOOT_MONO),
  'BOOT closed empty': boot('closed', 'empty'),
  'BOOT closed full': boot('closed', 'full'),
  'BOOT closed unknown': boot('closed', 'unknown'),
  'BOOT open empty': boot('open', 'empty'),
  'BOOT open full': boot('open', 'full'),
  'BOOT open unknown': boot('open', 'unknown'),
} as const satisfies Record<string, SlotEvent>;

export type EventName = keyof typeof EVENTS;
export const EVENT_NAMES = Object.keys(EVENTS) as EventName[];
