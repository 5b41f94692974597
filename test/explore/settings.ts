import { LIES, type Lie } from './lies.ts';
import type { Setting } from './world.ts';

/** The explorations, and which untruths and faults R1 puts up with. */

export const SENSORS = ['none', 'good'] as const;
type Sensors = (typeof SENSORS)[number];

export const honest = (occupancy: Sensors): Setting => ({ occupancy, contact: 'good', lies: [] });

/** Nobody has to say anything: time alone may end every visit. */
export const silent = (occupancy: Sensors): Setting =>
  occupancy === 'good'
    ? harmless('good')
    : { ...honest('none'), lies: LIES.filter((lie) => lie.endsWith('says nothing')) };

/**
 * What R1 accepts to be wrong about. Without a sensor that is whoever was asked, or was there and
 * said nothing (b, c), and what nobody could see; with one it is the technician alone.
 */
export const ACCEPTED: Readonly<Record<Sensors, readonly Lie[]>> = {
  none: [
    'the recipient leaves something inside and says nothing',
    'the courier leaves a recalled parcel inside and says nothing',
    'the courier says that the recalled parcel is out, and it is not',
    'the courier says that it is empty, and it is not',
    'the technician says that it is empty, and it is not',
    'a stranger puts something in while the door is open',
    'a stranger puts something in while nothing is watched',
  ],
  good: [],
};

/** Everything else at once: if all of it together gives no full slot away, nor does any of it. */
export const harmless = (occupancy: Sensors): Setting => ({
  ...honest(occupancy),
  lies: LIES.filter((lie) => !ACCEPTED[occupancy].includes(lie)),
});

/** Sensors that lie, which R1 takes at their word (a, b). */
export const BAD_SENSORS: readonly (readonly [string, Setting])[] = [
  ['the occupancy sensor says empty', { occupancy: 'says_empty', contact: 'good', lies: [] }],
  ['the contact sticks at closed', { occupancy: 'none', contact: 'stuck_closed', lies: [] }],
  ['the contact bounces', { occupancy: 'none', contact: 'bounces', lies: [] }],
];

/** A sensor that says full costs a slot, and gives none away. */
export const SAYS_FULL: Setting = { occupancy: 'says_full', contact: 'good', lies: [] };
