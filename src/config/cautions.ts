import { existsSync, statSync } from 'node:fs';
import type { BusConfig, Config } from './config.ts';
import { BAUDS } from './schema.ts';

/** After a pulse every other board of its supply is to be read within so long (R7). */
const ROUND_MS_MAX = 2_000;

/** How long a bus needs to read each of its boards once, in ms. */
type RoundMs = (bus: BusConfig) => number;

/** What a config may say and had better not, in a sentence each. */
export function cautionsOf(config: Config, roundMs: RoundMs): string[] {
  return [...ofBackups(config), ...ofMetrics(config), ...ofRounds(config, roundMs)];
}

/**
 * Doors that move unasked are then seen too late. That is no error, because a kiosk with parcels in
 * it that ran with such a bus would not start any more.
 */
function ofRounds({ buses }: Config, roundMs: RoundMs): string[] {
  return buses.flatMap((bus, index) => {
    const tookMs = roundMs(bus);
    if (tookMs <= ROUND_MS_MAX) return [];
    const { name, baud, boards } = bus;
    const isIn = (fewer: Partial<BusConfig>) => roundMs({ ...bus, ...fewer }) <= ROUND_MS_MAX;
    const most = boards.findLastIndex((_, last) => isIn({ boards: boards.slice(0, last + 1) })) + 1;
    const rate = BAUDS.find((faster) => faster > baud && isIn({ baud: faster }));
    const takes = `to read its ${boards.length} boards in turn takes ${seconds(tookMs)}`;
    const ways = [`at most ${most} such boards`, ...(rate === undefined ? [] : [`${rate} baud`])];
    return [
      `buses[${index}].baud = ${baud} is slow for the bus "${name}": ${takes}, allowed are` +
        ` ${seconds(ROUND_MS_MAX)} (R7): ${ways.join(', or ')}`,
    ];
  });
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

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
