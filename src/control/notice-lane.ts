import { ChannelBreaker } from './channel-breaker.ts';
import type { NoticeRecord } from './notice-port.ts';
import type { Channel, Clock, Fate, Random } from './ports.ts';

/** Gone another way; not now, as somebody is at the slot; or there is no other. */
export type Way = 'gone' | 'later' | 'none';

export interface Answer {
  readonly fate: Fate;
  readonly why: string;
}

/** What is under way on a channel, and how it works. */
export interface Lane {
  readonly channel: Channel;
  readonly breaker: ChannelBreaker;
  /** By the ids of notices; what was answered is under way until that is booked. */
  readonly underWay: Set<string>;
  readonly answers: Map<string, Answer>;
  isDraining: boolean;
}

export function newLane(channel: Channel, clock: Clock, random: Random): Lane {
  const breaker = new ChannelBreaker(clock, random);
  return { channel, breaker, underWay: new Set(), answers: new Map(), isDraining: false };
}

/** How many more may be handed to it now. */
export const roomOn = ({ breaker, underWay, answers }: Lane): number =>
  breaker.width - (underWay.size - answers.size);

/** Answers wait for one another, as a commit takes longer than any of them, but not for long. */
export const mayBeBooked = ({ underWay, answers }: Lane): boolean =>
  answers.size === underWay.size || answers.size >= ANSWERS_MAX;

const ANSWERS_MAX = 8;

/** Whether a notice still waits for this channel, and not for another one or for nobody. */
export const isOn = (channel: Channel, notice: NoticeRecord): boolean =>
  notice.state === 'waiting' && notice.channel === channel;
