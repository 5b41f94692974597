import manifest from '../../package.json' with { type: 'json' };
import type { HeldPanel, Tools } from '../api/tools.ts';
import { statusView } from '../control/inquiry/status.ts';
import type { LockBank } from '../device/lock-bank.ts';
import type { Cases } from './cases.ts';
import type { Core } from './core.ts';

/** What the API is made of. */
export function toolsOf(
  { site, store, supervisor, clock, recorder }: Core,
  locks: LockBank,
  { maintenance, upkeep, extend, cancel }: Cases,
  newPanel: () => HeldPanel,
  isServing: () => boolean,
): Tools {
  const startedAtMono = clock.monoMs();
  const asked = { site, store, supervisor, clock, boot: recorder.boot, startedAtMono, isServing };
  const { version } = manifest;
  return {
    ...asked,
    ...{ version, maintenance, upkeep, extend, cancel },
    newPanel,
    newId: () => recorder.newId(),
    status: () => statusView(asked),
    boards: () => locks.boards(),
  };
}
