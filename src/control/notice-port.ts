import type { Channel, NoticeKind, NoticeValues } from './ports.ts';

/** What is stored of notices, and the port to their table. */

/** Waiting for a channel; accepted by one; given up, for the operator; or not true any more. */
export const NOTICE_STATES = ['waiting', 'accepted', 'failed', 'void'] as const;
type NoticeState = (typeof NOTICE_STATES)[number];

export interface NoticeRecord {
  readonly id: string;
  /** Null in what is about the kiosk. */
  readonly parcel: string | null;
  readonly kind: NoticeKind;
  readonly channel: Channel;
  /** A person, or `operator`. */
  readonly recipient: string;
  /** Whether the pickup code is in it: with that somebody can collect (R19). */
  readonly hasCode: boolean;
  /** What the operator is told of; the same is told once while it waits. Null to recipients. */
  readonly topic: string | null;
  readonly state: NoticeState;
  /** Sealed JSON of {@link NoticeValues}; wiped when it waits no more. */
  readonly sealed: string | null;
  readonly tries: number;
  /** What came of the last try, if it was not accepted. */
  readonly why: string | null;
  /** Not tried before then, by the monotonic clock of this boot; any start makes it due at once. */
  readonly dueMono: number;
  /** Its channel did not work when it was tried last: it goes on as soon as that is back. */
  readonly isHeldUp: boolean;
  /** Channels that have refused it. */
  readonly refusedBy: readonly Channel[];
  readonly createdAtWall: number;
  /** Since when it waits no more. */
  readonly endedAtWall: number | null;
}

export interface NoticeStore {
  get(id: string): NoticeRecord | null;
  put(notice: NoticeRecord): void;
  /** Those that wait for a channel and are due by then, longest due first. */
  due(channel: Channel, byMono: number, limit: number): NoticeRecord[];
  /** When the next one of a channel is due, by the monotonic clock; null when none waits. */
  nextDueMono(channel: Channel): number | null;
  /** Makes due at once what a channel holds up; with null all that waits on any. */
  hasten(channel: Channel | null): void;
  /** Those that wait for a channel, by id, from behind one. */
  waitingAfter(channel: Channel, id: string, limit: number): NoticeRecord[];
  of(parcel: string): NoticeRecord[];
  /** What waits for a channel and says the same; null when nothing does. */
  waitingOn(channel: Channel, topic: string): NoticeRecord | null;
  /** Of one state, or of all, newest first. */
  list(state: NoticeState | null, limit: number): NoticeRecord[];
  /** How many wait for each channel, and the wall time of the oldest. */
  queue(): { readonly channel: Channel; readonly count: number; readonly oldestWall: number }[];
  /** How many somebody was sent since then. */
  sentSince(recipient: string, sinceWall: number): number;
}
