import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';

/** Names of systemd credentials, as in systemd/lockerd.service. */
const NAMES = {
  device: 'lockerd.device.key',
  audit: 'lockerd.audit.key',
  cloud: 'lockerd.cloud.key',
} as const;

/**
 * The config with each secret where systemd has put it (systemd.exec(5), LoadCredential=): there it
 * lies in memory that nobody else sees. What is not there stays the file that the config names.
 */
export function withCredentials(config: Config, folder: string | undefined): Config {
  if (folder === undefined) return config;
  const { keys, cloud } = config;
  const instead = (name: string, path: string): string => {
    const credential = join(folder, name);
    return existsSync(credential) ? credential : path;
  };
  return {
    ...config,
    keys: { path: instead(NAMES.device, keys.path), audit: instead(NAMES.audit, keys.audit) },
    ...(cloud?.key && { cloud: { ...cloud, key: instead(NAMES.cloud, cloud.key) } }),
  };
}
