import type { Appended } from '../control/store-port.ts';
import type { ClockState, CloudEvent } from './messages.ts';

/** What every message of a kiosk carries, besides what it says. */
export interface Identity {
  readonly kiosk: string;
  readonly epoch: string;
  readonly boot: string;
  /** How far the wall clock can be trusted now. */
  clockState(): ClockState;
}

/** RFC 3339 in UTC, with milliseconds. */
export function timeText(wallMs: number): string {
  return new Date(wallMs).toISOString();
}

/** Events of before the session, which the cloud must not take for what is happening now. */
interface SessionStart {
  readonly session: string;
  readonly mono: number;
}

export function eventOf(
  row: Appended,
  { kiosk, epoch, boot }: Identity,
  { session, mono }: SessionStart,
): CloudEvent {
  const { seq, id, t, tsWall, cause, slot, parcel, data } = row;
  return {
    v: 1,
    id,
    t,
    k: kiosk,
    ep: epoch,
    seq,
    sess: session,
    boot: row.boot,
    ts: timeText(tsWall),
    mono: row.mono,
    clk: row.clk,
    cause,
    hist: row.boot !== boot || row.mono < mono,
    d: { ...data, ...(slot !== null && { slot }), ...(parcel !== null && { parcel }) },
  };
}
