import type { Limits } from './load.ts';

/** The place as people and use cases see it; fixed from start to stop. */
export interface SitePlan {
  readonly kiosk: string;
  readonly name: string;
  readonly address: string;
  readonly city: string;
  readonly timeZone: string;
  /** Sizes from small to large; a slot's rank is its size's place here. */
  readonly sizes: readonly string[];
  /** What a slot of a size takes (M20). */
  readonly limits: Limits;
  readonly slots: readonly SlotPlan[];
  readonly helpPhone: string;
}

interface SlotPlan {
  /** `locker/slot`. */
  readonly id: string;
  /** The number on the door. */
  readonly number: number;
  readonly size: string;
  readonly rank: number;
  readonly accessible: boolean;
  /** Place in the config, from 0. */
  readonly order: number;
}

/** @throws RangeError when the site has no such size. */
export function rankOf({ sizes }: SitePlan, size: string): number {
  const rank = sizes.indexOf(size);
  if (rank < 0) throw new RangeError(`size "${size}" is none of ${sizes.join(', ')}`);
  return rank;
}
