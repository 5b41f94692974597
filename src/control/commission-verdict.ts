/** The judgement of commissioning: what contacts did, and what that says of the wiring (B11). */

/** Where a door is wired; the channel counts from 1. */
export interface Place {
  readonly board: string;
  readonly channel: number;
}

/** The first time since the pulse that a contact was not as before it. */
export interface Move extends Place {
  /** What it was then. */
  readonly contact: 'closed' | 'open';
  /** From the pulse to the first reading that showed it, in ms. */
  readonly afterMs: number;
  /** How much earlier it may have moved: the time since the reading before, in ms. */
  readonly blurMs: number;
}

export interface DoorPlan extends Place {
  /** `locker/slot`. */
  readonly slot: string;
  /** On the door. */
  readonly number: number;
  /** The raw contact that a shut door gives. */
  readonly contactWhenShut: 'closed' | 'open';
}

/** What was found out about one door. */
export type Finding =
  | { readonly verdict: 'good'; readonly times: readonly EdgeTime[] }
  /** The contact says the opposite of what the config expects. */
  | { readonly verdict: 'inverted' }
  /** The pulse moved the contact of another place, and not its own. */
  | { readonly verdict: 'crossed'; readonly place: Place }
  /** The pulse moved several contacts. */
  | { readonly verdict: 'several'; readonly places: readonly Place[] }
  /** The door opened, and no contact moved. */
  | { readonly verdict: 'unconnected' }
  /** The contact did not come back when the door was shut. */
  | { readonly verdict: 'sticking' }
  | { readonly verdict: 'unopened' }
  /** Another door opened, as the fitter says. */
  | { readonly verdict: 'other-door'; readonly number: number }
  | { readonly verdict: 'unreachable'; readonly why: string }
  | { readonly verdict: 'skipped' };

export interface EdgeTime {
  /** From the pulse to the first reading of an open door, in ms. */
  readonly openMs: number;
  /** How much shorter it may have been, in ms. */
  readonly blurMs: number;
}

/** What a pulse on the door set in motion, and what that says as far as contacts can tell. */
type Opening =
  | { readonly kind: 'own'; readonly time: EdgeTime }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'wrong'; readonly finding: Finding };

export function judgeOpening(door: DoorPlan, moves: readonly Move[]): Opening {
  const [first] = moves;
  if (first === undefined) return { kind: 'nothing' };
  if (moves.length > 1) {
    const places = moves.map(({ board, channel }) => ({ board, channel }));
    return { kind: 'wrong', finding: { verdict: 'several', places } };
  }
  const { board, channel, contact, afterMs, blurMs } = first;
  if (board !== door.board || channel !== door.channel) {
    return { kind: 'wrong', finding: { verdict: 'crossed', place: { board, channel } } };
  }
  if (contact === door.contactWhenShut) return { kind: 'wrong', finding: { verdict: 'inverted' } };
  return { kind: 'own', time: { openMs: afterMs, blurMs } };
}

export interface FoundDoor {
  readonly door: DoorPlan;
  readonly finding: Finding;
}

/** Fewer displaced contacts than this may be a cross of two wires. */
const DISPLACED_MIN = 2;
const BITS_PER_BYTE = 8;

/**
 * Whether the contacts of a board are displaced as if the status bytes came in the other order:
 * every door that moved a contact of its board moved the one in the mirrored byte.
 */
export function hasOtherByteOrder(board: string, found: readonly FoundDoor[]): boolean {
  const pairs = found.flatMap(({ door, finding }) => {
    const to = movedBy(door, finding);
    return door.board === board && to?.board === board ? [[door.channel, to.channel] as const] : [];
  });
  const displaced = pairs.filter(([from, to]) => from !== to);
  if (displaced.length < DISPLACED_MIN) return false;
  const [[from, to] = [0, 0]] = displaced;
  // The first displaced pair says how many status bytes there are.
  const last = byteOf(from) + byteOf(to);
  return pairs.every(([one, other]) => {
    return bitOf(one) === bitOf(other) && byteOf(one) + byteOf(other) === last;
  });
}

function movedBy(door: DoorPlan, finding: Finding): Place | undefined {
  if (finding.verdict === 'crossed') return finding.place;
  return finding.verdict === 'good' || finding.verdict === 'inverted' ? door : undefined;
}

const byteOf = (channel: number): number => Math.floor((channel - 1) / BITS_PER_BYTE);
const bitOf = (channel: number): number => (channel - 1) % BITS_PER_BYTE;

/** What an address of a bus answered in a scan; counts of requests and of what came back. */
export interface AddressLook {
  readonly address: number;
  readonly family: string;
  /** The board that the config has there. */
  readonly board: string | null;
  readonly sent: number;
  readonly answered: number;
  /** Answers that could not be used, and frames that nobody asked for. */
  readonly troubled: number;
  /** Why it is not the board of the config. */
  readonly misfit: string | null;
}

type AddressVerdict = 'good' | 'silent' | 'doubled' | 'misfit';

/** One in so many disturbed exchanges is more than a line has that serves. */
const TROUBLED_ONE_IN = 4;

/** Two boards with one address talk at once, so that little of what they say can be understood. */
export function judgeAddress({ sent, answered, troubled, misfit }: AddressLook): AddressVerdict {
  if (troubled > 0 && troubled * TROUBLED_ONE_IN >= sent) return 'doubled';
  if (misfit !== null) return 'misfit';
  return answered > 0 ? 'good' : 'silent';
}
