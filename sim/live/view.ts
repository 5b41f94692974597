import { isBusy, type SlotRecord, type SlotState } from '../../src/domain/slot.ts';
import type { Door } from '../door.ts';
import type { Received } from '../embedded.ts';
import type { Announced } from './kept.ts';

/** One compartment: what somebody in front of it sees, and what the kiosk believes of it. */
export interface DoorView {
  readonly number: number;
  readonly size: string;
  readonly door: 'closed' | 'pulse' | 'open' | 'jammed';
  /** What lies inside; null behind a closed door. */
  readonly seen: readonly string[] | null;
  readonly belief: string;
  /** Why the kiosk gives it to nobody. */
  readonly reason: string | null;
  /** Whether the belief says something untrue of door or contents. */
  readonly isWrong: boolean;
  readonly isSelected: boolean;
}

interface MessageView {
  readonly to: string;
  /** The parcel's reference with the number in it, or what it is about. */
  readonly gist: string;
  readonly text: string;
}

export interface LiveView {
  /** The wall, column by column from the left, each from the top. */
  readonly columns: readonly (readonly DoorView[])[];
  readonly staff: string;
  readonly pin: string;
  readonly announced: readonly Announced[];
  /** The newest first. */
  readonly phone: readonly MessageView[];
  readonly mailbox: readonly MessageView[];
  /** What happened last. */
  readonly note: string;
}

const BELIEFS: Readonly<Record<SlotState, string>> = {
  available: 'free',
  reserved: 'reserved',
  opening: 'opening',
  unseen: 'unseen',
  open: 'open',
  drop_unconfirmed: 'left there?',
  occupied: 'occupied',
  grace: 'grace time',
  verify_empty: 'empty?',
  quarantined: 'quarantined',
  out_of_service: 'out of use',
};

/** The compartment as it is, against what the kiosk believes. */
export function doorView(
  { number, size }: { readonly number: number; readonly size: string },
  door: Door,
  believed: SlotRecord,
  isSelected: boolean,
): DoorView {
  return {
    number,
    size,
    door: stateOf(door),
    seen: door.isOpen ? door.contents : null,
    belief: believed.board === 'dark' ? 'no answer' : BELIEFS[believed.state],
    reason: believed.bar?.reason.replaceAll('_', ' ') ?? null,
    isWrong: isWrong(door, believed),
    isSelected,
  };
}

function stateOf(door: Door): DoorView['door'] {
  if (door.isOpen) return 'open';
  if (door.isJammed) return 'jammed';
  return door.isEnergised ? 'pulse' : 'closed';
}

/** Not to know is not to be wrong: nothing is said of the contents while somebody is at them. */
function isWrong(door: Door, believed: SlotRecord): boolean {
  if (believed.door === (door.isOpen ? 'closed' : 'open')) return true;
  const isFull = door.contents.length > 0;
  return !isBusy(believed) && believed.content === (isFull ? 'empty' : 'full');
}

const NUMBERS = /(?:Pickup code|Second number): \d+/;
const REFERENCE = /parcel ([0-9A-Z]{6})/;

export function messageViews(
  received: readonly Received[],
  ownerOf: (address: string) => string,
): MessageView[] {
  return received.toReversed().map(({ to, subject, text }) => ({
    to: ownerOf(to),
    gist: `${REFERENCE.exec(text)?.[1] ?? ''} ${NUMBERS.exec(text)?.[0] ?? subject}`,
    text: text.replaceAll('\n', ' '),
  }));
}
