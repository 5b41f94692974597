import type { Grade, SlotRecord } from '../domain/slot.ts';
import type { Mode } from './modes.ts';

/** What the cloud may ask for, as the use cases see it: checked, signed and in the ledger. */

export interface Preconditions {
  readonly ifSlotRev?: number;
  readonly ifParcel?: string;
}

export interface AnnounceData {
  readonly carrier: string;
  readonly label: string;
  readonly size: string;
  readonly recipient: string;
  readonly reserveUntil?: string;
}

export interface BlockData extends Preconditions {
  readonly slot: string;
}

export interface ExtendData {
  readonly parcel: string;
  readonly days: number;
}

/** Orders whose effect and end are one call; opening a door is not among them. */
export type RemoteOrder =
  | { readonly t: 'slot.block' | 'slot.unblock'; readonly d: BlockData }
  | { readonly t: 'parcel.announce'; readonly d: AnnounceData }
  | { readonly t: 'parcel.extend'; readonly d: ExtendData }
  | { readonly t: 'parcel.cancel'; readonly d: { readonly parcel: string } }
  | { readonly t: 'kiosk.mode'; readonly d: { readonly mode: Mode } }
  | { readonly t: 'lockout.clear'; readonly d: { readonly person: string } };

type RemoteCode =
  | 'DONE'
  | 'OPENED'
  | 'ALREADY_OPEN'
  | 'BUSY'
  | 'NO_CHANGE'
  | 'NOT_SENT'
  | 'UNKNOWN'
  | 'DARK'
  | 'JAMMED'
  | 'PRECONDITION'
  | 'BUDGET'
  | 'LOCKDOWN'
  | 'LIMIT'
  | 'NOT_FOUND'
  | 'FULL'
  | 'REFUSED';

/** What became of it: the one terminal result, without who asked. */
export interface RemoteResult {
  readonly ok: boolean;
  readonly code: RemoteCode;
  readonly slot?: string;
  readonly parcel?: string;
  /** Of the parcel for people, or of the intent that is in the way. */
  readonly ref?: string;
  readonly grade?: Grade;
  readonly detail?: string;
}

/** Whether the slot is not what the order was meant for. */
export function unmet(slot: SlotRecord, { ifSlotRev, ifParcel }: Preconditions): boolean {
  return (
    (ifSlotRev !== undefined && ifSlotRev !== slot.rev) ||
    (ifParcel !== undefined && ifParcel !== slot.parcel)
  );
}
