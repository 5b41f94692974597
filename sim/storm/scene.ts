import type { ParcelRecord } from '../../src/domain/parcel.ts';
import type { Door } from '../door.ts';
import type { EmbeddedKiosk } from '../embedded.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import type { StormCloud } from './cloud/storm-cloud.ts';
import type { Dice } from './dice.ts';
import type { Keypads } from './keypads.ts';
import type { Post } from './people/post.ts';
import type { Happening } from './sometimes.ts';

/** Everything that can be switched on: what wires, boards, mains, people and the cloud do. */
export const TROUBLES = [
  'lose',
  'flip',
  'split',
  'merge',
  'delay',
  'babble',
  'echo',
  'stuck',
  'reset',
  'unplug',
  'cut',
  'restart',
  'restore',
  'clock',
  'jam',
  'contact',
  'temper',
  'thief',
  'guess',
  'cloud',
  'liar',
] as const;
export type Trouble = (typeof TROUBLES)[number];
/** People who lie to the kiosk make it believe what is not so, and no check can tell. */
export const USUAL_TROUBLES: readonly Trouble[] = TROUBLES.filter((one) => one !== 'liar');

/** The place of a storm and what those in it can do. */
export interface Scene {
  readonly clock: VirtualClock;
  readonly kiosk: EmbeddedKiosk;
  readonly keypads: Keypads;
  readonly post: Post;
  /** Not every storm has one. */
  readonly cloud: StormCloud | null;
  /** Ids of the slots, in the order of the numbers on their doors, from 1. */
  readonly slots: readonly string[];
  /** True from the time on at which nothing new is begun and nothing breaks any more. */
  isCalm(): boolean;
  /** True when it is too late to come at all. */
  isLate(): boolean;
  /** True while the controller runs and has read its boards. */
  isServing(): boolean;
  /** The last record on disk of the parcel with this reference. */
  parcelOf(ref: string): ParcelRecord | undefined;
  /** Whether both references are of parcels for the same recipient. */
  areOfOnePerson(ref: string, other: string): boolean;
  has(trouble: Trouble): boolean;
  dice(purpose: string): Dice;
  /** By the number on it. */
  door(number: number): Door;
  doorOf(slot: string): Door;
  /** The wall clock is set wrong, or right. */
  stepWall(byMs: number): void;
  /** The latest that the wall clock has ever shown. */
  latestWallMs(): number;
  say(line: string): void;
  mark(what: Happening): void;
  /** Somebody pressed a key, or did what stands for it. */
  pressed(): void;
  /** Somebody was at the door of whom the kiosk cannot know. */
  touch(slot: string): void;
  /** Somebody honest looked inside and told the kiosk. */
  looked(slot: string): void;
  /** Something is not as the rule says. */
  fail(rule: string, how: string): void;
  /** The mains go off, now and for a while; false when they are off already. */
  cutPower(why: string): boolean;
  /** The mains go off, and what the kiosk has on its card is gone; false when they are off. */
  cardDies(): boolean;
  /** Another thread computes this: virtual time stands still until it is done. */
  computes(work: Promise<unknown>): void;
  /** Nothing of this may be seen in journal or log (I10). */
  keepSecret(...secrets: readonly string[]): void;
}
