import type { BarReason, Door, DropAnswer, Grade, Occupancy, Purpose } from './slot.ts';

/** What can happen to a slot. Every event carries the monotonic time at which it happened. */
export type SlotEvent = { readonly atMono: number } & (
  | { readonly type: 'RESERVE'; readonly parcel: string }
  | { readonly type: 'RELEASE' }
  | {
      readonly type: 'ARM';
      readonly intent: string;
      readonly purpose: Purpose;
    }
  | { readonly type: 'PULSE_RESULT'; readonly intent: string; readonly verdict: PulseVerdict }
  | { readonly type: 'GIVE_UP' }
  | { readonly type: 'READ' }
  | { readonly type: 'DOOR_OPENED' }
  | { readonly type: 'DOOR_CLOSED'; readonly occupancy: Occupancy }
  | { readonly type: 'OCCUPANCY'; readonly occupancy: Occupancy }
  | { readonly type: 'BOARD_DARK' }
  | { readonly type: 'BOARD_OK' }
  | { readonly type: 'DEADLINE_PASSED' }
  | { readonly type: 'DROP_ANSWER'; readonly answer: DropAnswer }
  | { readonly type: 'LEFT_IT' }
  | { readonly type: 'NOT_LEFT' }
  | { readonly type: 'IS_EMPTY' }
  | { readonly type: 'SOMETHING_INSIDE' }
  | { readonly type: 'REFUSED_IT' }
  | { readonly type: 'TOOK_IT' }
  | { readonly type: 'DID_OPEN' }
  | { readonly type: 'DID_NOT_OPEN' }
  | { readonly type: 'SAYS_CLOSED' }
  | { readonly type: 'DOES_NOT_CLOSE' }
  | { readonly type: 'BLOCK' }
  | { readonly type: 'UNBLOCK' }
  | {
      readonly type: 'CLEARED';
      readonly content: 'empty' | 'full' | 'other';
      /** The door was opened for the parcel's recipient, by whoever looks now. */
      readonly handedOut?: boolean;
    }
  | { readonly type: 'RESTORED' }
  | { readonly type: 'BOOT'; readonly door: Door; readonly occupancy: Occupancy }
);

/** An event without its time, as callers give it. */
export type SlotEventBody = SlotEvent extends infer E
  ? E extends SlotEvent
    ? Omit<E, 'atMono'>
    : never
  : never;

/**
 * What is known of a pulse: the board said yes; it left and nobody answered; the board said no;
 * it provably never left.
 */
export type PulseVerdict = 'acknowledged' | 'unanswered' | 'refused' | 'not_sent';

/** What a step establishes. Each fact is one journal row, written with the record (I4). */
export type Fact =
  | { readonly t: 'slot.reserved' }
  | { readonly t: 'slot.released' }
  | { readonly t: 'intent.armed'; readonly purpose: Purpose; readonly pulse: number }
  | { readonly t: 'intent.aborted' }
  | { readonly t: 'intent.no_change'; readonly acknowledged: boolean }
  | { readonly t: 'intent.unknown'; readonly acknowledged: boolean }
  | { readonly t: 'slot.opened'; readonly grade: Grade; readonly acknowledged: boolean }
  | { readonly t: 'slot.closed'; readonly grade: Grade }
  | { readonly t: 'slot.forced' }
  | { readonly t: 'slot.answered'; readonly answer: string }
  | { readonly t: 'slot.empty'; readonly grade: Grade }
  | {
      readonly t: 'slot.barred';
      readonly kind: 'quarantined' | 'out_of_service';
      readonly reason: BarReason;
    }
  | { readonly t: 'slot.unbarred' }
  | { readonly t: 'parcel.stored'; readonly grade: Grade }
  | { readonly t: 'parcel.retrieved'; readonly grade: Grade }
  | { readonly t: 'parcel.recalled'; readonly grade: Grade }
  | { readonly t: 'parcel.missing'; readonly grade: Grade }
  | { readonly t: 'parcel.not_stored'; readonly custody: 'expected' | 'unknown' };

/** What must be done once the facts are on disk. */
export type Act =
  | { readonly do: 'pulse'; readonly intent: string }
  | { readonly do: 'pulse_again' };

export interface Step<R> {
  readonly record: R;
  /** Parcel and intent that the facts are about: those bound before or after the step. */
  readonly facts: readonly Fact[];
  readonly acts: readonly Act[];
  /** True when the event means nothing in this state; then nothing else changed. */
  readonly ignored: boolean;
}
