import { existsSync, statSync } from 'node:fs';
import type { Config } from './config.ts';

/** What a config may say and had better not, in a sentence each. */
export function cautionsOf(config: Config): string[] {
  return [...ofBackups(config), ...ofMetrics(config)];
}

function ofMetrics({ api: { folder, metricsPort } }: Config): string[] {
  if (metricsPort === undefined || folder !== undefined) return [];
  return [`api.metricsPort = ${metricsPort} is of no use without api.folder: there is no API`];
}

function ofBackups({ backup, database }: Config): string[] {
  const { dir } = backup;
  if (dir === undefined) {
    return ['backup.dir is missing: no copies of the database are made, and a dead card takes all'];
  }
  if (deviceOf(dir) !== deviceOf(database.path)) return [];
  return [
    `backup.dir = "${dir}" is on the device of the database (is the other one mounted?): a dead` +
      ' card takes both',
  ];
}

/** The device of a path, or of the nearest folder above it that is there. */
function deviceOf(path: string): number {
  if (existsSync(path)) return statSync(path).dev;
  const above = path.replace(/\/*[^/]+\/*$/, '');
  if (above === '') return statSync(path.startsWith('/') ? '/' : '.').dev;
  return deviceOf(above);
}
