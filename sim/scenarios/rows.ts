import { leftInside, missing, refuse, several, stuck } from './aftermath.ts';
import { collect } from './collect.ts';
import { deposit } from './deposit.ts';
import { changedMind, dirty, nobodyAnnounced, notEmpty, scannedLabel, upsized } from './drops.ts';
import { forcedDoor } from './forced-door.ts';
import { fullLocker } from './full-locker.ts';
import { jamAtPickup } from './jam-at-pickup.ts';
import { lostCode } from './lost-code.ts';
import { lowSlot, moreTime } from './needs.ts';
import { otherLanguage } from './other-language.ts';
import { oneNumber, phoneDigits } from './policies.ts';
import { cutAtPickup, holdOverOutage } from './power.ts';
import { qrPickup } from './qr.ts';
import { recall } from './recall.ts';
import { reserved } from './reserved.ts';
import type { Scenario } from './scenario.ts';
import { adminCancels, lockdown, lostClock, otherCarrier, outOfService } from './staff.ts';
import { inspection, inventory } from './technician.ts';
import { expiry } from './time.ts';
import { wrongNumbers } from './wrong-numbers.ts';

/** Something that must be possible, and where it is shown: pages, or tests where no page could. */
export interface Row {
  readonly what: string;
  readonly pages: readonly Scenario[];
  /** Relative to the root. */
  readonly tests?: readonly string[];
}

const DROP = 'test/kiosk/drop.test.ts';
const row = (what: string, pages: readonly Scenario[], ...tests: readonly string[]): Row => ({
  ...{ what, pages, tests },
});

/** What the kiosk must let people do, in the order of the pages. */
export const ROWS: readonly Row[] = [
  row('Staff number and PIN; several drops without signing in again (R13a)', [deposit, fullLocker]),
  row('Announced parcels, by digits, from a list or by scanner (R15a)', [
    deposit,
    reserved,
    scannedLabel,
  ]),
  row('Parcels that nobody announced (R15a)', [nobodyAnnounced]),
  row('Too big, not empty, dirty, changed mind (R16)', [upsized, notEmpty, dirty, changedMind]),
  row('"Left it in the compartment?", and silence (R16a)', [deposit], DROP),
  row('Receipt with a reference (R17)', [deposit]),
  row('Weight and size limits; no room (M14, M20)', [fullLocker]),
  row('Reservations, and their end', [reserved]),
  row('Fetching back: cancelled, expired, refused (M5, M6)', [recall, expiry, refuse]),
  row('One carrier sees its own parcels only', [otherCarrier]),
  row('Both numbers, by each policy (M8, R14)', [collect, phoneDigits, oneNumber, wrongNumbers]),
  row('Several parcels (R12a)', [several]),
  row('"Did the door open?"; a stuck lock (R6)', [jamAtPickup, stuck]),
  row('Opening again within the grace; something is still inside (R12)', [leftInside]),
  row('Missing; refused and left there', [missing, refuse]),
  row('Lost code (M16)', [lostCode]),
  row('Low compartment; more time; other languages (R27, R28)', [lowSlot, moreTime, otherLanguage]),
  row('QR codes (M17, B3)', [qrPickup], 'test/app/grants.test.ts'),
  row('Technician by hatch or app; opening with a reason; an inspection', [
    inspection,
    outOfService,
  ]),
  row('Out of service and back again (R4)', [outOfService]),
  row('Inventory round', [inventory]),
  row('Lockdown, and its end at the kiosk (R23)', [lockdown]),
  row('What an admin may beyond that (M5)', [adminCancels]),
  row('Reminder and expiry in the time of the site, over summer time (M6)', [expiry]),
  row('Time that does not count (R19, B7)', [holdOverOutage], 'test/app/outages.test.ts'),
  row('Clock lost (R25)', [lostClock], 'test/app/clock.test.ts'),
  row('Forced doors (R8); a cut at the open door (R2)', [forcedDoor, cutAtPickup]),
  row(
    'Budgets, over restarts and clock steps (R13)',
    [wrongNumbers],
    'test/guessing/guessing.test.ts',
  ),
  row('Strategies, wear, what is never given away (M11)', [], 'test/domain/allocation.test.ts'),
  row('Several keypads, opens from afar, 100 sessions (M18)', [], 'test/app/crowd.test.ts'),
  row('Grades of evidence (B8)', [], 'test/app/grades.test.ts'),
];
