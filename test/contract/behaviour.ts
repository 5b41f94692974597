import type { Ability } from './members.ts';
import type { MakeRig } from './rig.ts';

/** Something that every driver and simulated board must do, on a bus of their own. */
export interface Behaviour {
  /** Cites its rule, where there is one; stands in the document as it is. */
  readonly title: string;
  /** Boards that cannot do this are excused, when the family says why. */
  readonly needs?: Ability;
  readonly run: (make: MakeRig) => void;
}
