/** The place as people and use cases see it; fixed from start to stop. */
export interface SitePlan {
  readonly kiosk: string;
  readonly name: string;
  readonly address: string;
  readonly city: string;
  readonly timeZone: string;
  /** Sizes from small to large; a slot's rank is its size's place here. */
  readonly sizes: readonly string[];
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
