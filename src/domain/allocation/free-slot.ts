/** A free slot as the strategies see it; `rank` orders the sizes, smallest 0. */
export interface FreeSlot {
  readonly id: string;
  /** Place in the config, from 0. */
  readonly order: number;
  readonly rank: number;
  readonly accessible: boolean;
}

/**
 * Chooses among free slots that are all large enough, in the order of the config. `lastGiven` is
 * the order of the slot that was given away last, -1 at first.
 */
export type Strategy = (free: readonly FreeSlot[], lastGiven: number) => FreeSlot | null;
