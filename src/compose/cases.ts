import type { Config } from '../config/config.ts';
import { Aftermath } from '../control/aftermath.ts';
import { Cancel } from '../control/cancel.ts';
import { Collect } from '../control/collect.ts';
import { Deposit } from '../control/deposit.ts';
import { Extend } from '../control/extend.ts';
import { LostCode } from '../control/lost-code.ts';
import { Maintenance } from '../control/maintenance.ts';
import { OpenSlot } from '../control/open-slot.ts';
import { Recall } from '../control/recall.ts';
import { Sessions } from '../control/sessions.ts';
import { SignIn } from '../control/sign-in.ts';
import { StaffProof } from '../control/staff-proof.ts';
import { Upkeep } from '../control/upkeep.ts';
import type { LockBank } from '../device/lock-bank.ts';
import type { Core } from './core.ts';
import { composeExpected } from './expected.ts';
import type { World } from './world.ts';

export type Cases = ReturnType<typeof composeCases>;

/** What people can do at the kiosk. */
export function composeCases(config: Config, world: World, core: Core, locks: LockBank) {
  const { site, clock, vault, totp, store, recorder, people } = core;
  const { budgets, numbers, notices, supervisor } = core;
  const sessions = new Sessions(() => recorder.newId());
  const openSlot = new OpenSlot({ supervisor, store, sessions, locks, recorder, clock });
  const { allocation, reservations, announcements } = composeExpected(config, world, core);
  const cancel = new Cancel({ store, supervisor, numbers, notices, recorder, clock });
  const signIn = new SignIn({ store, vault, budgets, recorder });
  return {
    sessions,
    reservations,
    announcements,
    extend: new Extend(store, recorder),
    openSlot,
    grants: core.grants,
    collect: new Collect({ store, numbers, grants: core.grants, openSlot, recorder }),
    cancel,
    aftermath: new Aftermath({ store, supervisor, cancel, recorder }),
    lostCode: new LostCode({
      ...{ store, supervisor, people, numbers, notices, grants: core.grants, budgets, recorder },
      ...{ clock, cloudOffice: core.cloudOffice },
    }),
    recall: new Recall(store, openSlot),
    signIn,
    maintenance: new Maintenance({ signIn, sessions, store, recorder, clock }),
    staffProof: new StaffProof({ store, vault, totp, budgets, hatch: locks, clock, recorder }),
    upkeep: new Upkeep({ store, supervisor, openSlot, recorder, modes: core.modes }),
    deposit: new Deposit({
      ...{ site, store, supervisor, openSlot, people, announcements, allocation, recorder },
      ...{ modes: core.modes, cloudOffice: core.cloudOffice },
    }),
  };
}
