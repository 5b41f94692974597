import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { Snapshots } from '../store/snapshots.ts';

/** Copies of one kiosk's database; without a folder of their own they lie beside it. */
export function snapshotsOf({ backup, database, site }: Config): Snapshots {
  const { dir } = backup;
  return new Snapshots(dir === undefined ? `${database.path}.backups` : join(dir, site.id));
}
