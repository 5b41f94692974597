import manifest from '../../package.json' with { type: 'json' };
import type { Tools } from '../api/tools.ts';
import type { Config } from '../config/config.ts';
import type { Backups } from '../control/backups.ts';
import { statusView } from '../control/inquiry/status.ts';
import type { LockBank } from '../device/lock-bank.ts';
import { breath } from '../platform/clock.ts';
import type { Cases } from './cases.ts';
import type { Core } from './core.ts';
import type { Panels } from './panels.ts';

/** What the API is made of. */
export function toolsOf(
  { policy, kiosk }: Config,
  core: Core,
  locks: LockBank,
  { maintenance, upkeep, extend, cancel, signIn, lostCode, grants }: Cases,
  backups: Backups,
  panels: Panels,
  isServing: () => boolean,
): Tools {
  const { site, store, supervisor, clock, recorder, trace, people, time } = core;
  const startedAtMono = clock.monoMs();
  const asked = { site, store, supervisor, clock, boot: recorder.boot, startedAtMono, isServing };
  const { version } = manifest;
  trace.hear(store.journal);
  return {
    ...asked,
    ...{ version, maintenance, upkeep, extend, cancel, signIn, lostCode, grants },
    ...{ people, backups, time, notices: core.notices, language: kiosk.language },
    newPanel: panels.open,
    hasKeypad: panels.hasKeypad,
    breath,
    newId: () => recorder.newId(),
    status: () => statusView(asked),
    boards: () => locks.boards(),
    busReport: () => locks.report(),
    trace: () => {
      const graceMs = policy.graceSeconds * 1_000;
      const head = { trace: 1, kiosk: site.kiosk, version, boot: recorder.boot, graceMs } as const;
      return [head, ...trace.entries()];
    },
  };
}
