import type { Config } from '../config/config.ts';
import { Grants } from '../control/grants.ts';
import type { TrustedClock, Vault } from '../control/ports.ts';
import type { Recorder } from '../control/recorder.ts';
import type { Store } from '../control/store-port.ts';
import { openGrantKeys } from '../platform/grant-keys.ts';

interface Parts {
  readonly store: Store;
  readonly recorder: Recorder;
  readonly clock: TrustedClock;
  readonly vault: Vault;
}

/** Signed pickup grants, by the kiosk's own key and the operator's. */
export function composeGrants({ site, keys, grants, policy }: Config, parts: Parts): Grants {
  const known = openGrantKeys(keys.path, site.id, grants.keys);
  return new Grants({ ...parts, policy: policy.qr, keys: known });
}
