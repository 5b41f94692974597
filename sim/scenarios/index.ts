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
import type { Chapter } from './scenario.ts';
import { adminCancels, lockdown, lostClock, otherCarrier, outOfService } from './staff.ts';
import { inspection, inventory } from './technician.ts';
import { expiry } from './time.ts';
import { wrongNumbers } from './wrong-numbers.ts';

/**
 * Every flow people live with, one page each, in the order of docs/FLOWS.md.
 *
 * To add one: a file `sim/scenarios/NAME.ts` that exports one `Scenario`, a line below, and
 * `npm run flows`, which writes docs/FLOWS.md anew; commit both. A scenario works on a kiosk of its
 * own, by `cast.stage`: `type('1 123456')` presses keys, `shows('text')` waits for a screen and
 * puts it into the transcript, `hands` moves doors and parcels, `kiosk.door(slot)` breaks them,
 * `wait(ms)` lets time pass, `say('…')` explains, `check(what, isSo)` fails the run when it is not
 * so, and `aside('…', work)` does in one line what the page is not about. `sim/demo/cast.ts` and
 * `given.ts` have the people's usual moves. Nothing may depend on real time or real randomness: the
 * document must be the same at every run. When docs/FLOWS.md conflicts in a merge, take either side
 * and run `npm run flows`.
 */
export const CHAPTERS: readonly Chapter[] = [
  {
    title: 'Courier',
    scenarios: [
      deposit,
      scannedLabel,
      nobodyAnnounced,
      reserved,
      upsized,
      notEmpty,
      dirty,
      changedMind,
      fullLocker,
      lowSlot,
      recall,
      expiry,
      otherCarrier,
    ],
  },
  {
    title: 'Recipient',
    scenarios: [
      collect,
      qrPickup,
      otherLanguage,
      moreTime,
      phoneDigits,
      oneNumber,
      wrongNumbers,
      several,
      leftInside,
      stuck,
      refuse,
      missing,
      lostCode,
      jamAtPickup,
    ],
  },
  {
    title: 'Technician and admin',
    scenarios: [inspection, inventory, outOfService, lockdown, adminCancels],
  },
  {
    title: 'Trouble',
    scenarios: [forcedDoor, cutAtPickup, holdOverOutage, lostClock],
  },
];
