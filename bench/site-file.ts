import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'smol-toml';
import { families } from '../hardware/index.ts';
import type { Config } from '../src/config/config.ts';
import { loadConfig } from '../src/config/load.ts';
import { boardsOf, type Plant, wallBusOf } from './plant.ts';

/** A site in which every channel is a slot. */
export interface BenchSite {
  readonly folder: string;
  readonly buses: readonly BenchBus[];
  readonly idlePollMs: number;
  /** Time in which a door may be opened again. */
  readonly graceSeconds: number;
  /** Where the sockets of the API are to be; without it there are none. */
  readonly api?: string;
}

/** The buses are named `bus0`, `bus1`, …, whatever their ports are. */
interface BenchBus extends Plant {
  readonly port: string;
}

/** Limits of the config file leave no room for a longer hold. */
const HOLD_DAYS = 7;

/** Writes the site's config file and gives its path. */
export function writeSiteFile(site: BenchSite): string {
  const path = join(site.folder, 'kiosk.toml');
  writeFileSync(path, [head(site), ...buses(site), locker(site)].join('\n'));
  return path;
}

export function siteConfig(site: BenchSite): Config {
  return loadConfig(writeSiteFile(site), families);
}

/** Writes the wall that stands behind the site's buses, for `npm run sim`; gives its path. */
export function writeWallFile(site: BenchSite): string {
  const path = join(site.folder, 'wall.toml');
  const buses = site.buses.map((plant, bus) => wallBusOf(plant, `bus${bus}`));
  writeFileSync(path, stringify({ buses }));
  return path;
}

function head({ folder, graceSeconds, api }: BenchSite): string {
  return `[site]
id = "BENCH"
name = "Bench"
address = "Market Square 5"
city = "Lindau"
timeZone = "Europe/Berlin"
helpPhone = "+49 8382 123456"
[database]
path = "${join(folder, 'lockerd.db')}"
[keys]
path = "${join(folder, 'device.key')}"
[policy]
holdDays = ${HOLD_DAYS}
graceSeconds = ${graceSeconds}${api === undefined ? '' : `\n[api]\nfolder = "${api}"`}`;
}

function buses({ buses, idlePollMs }: BenchSite): string[] {
  return buses.flatMap((plant, bus) => [
    `[[buses]]
name = "bus${bus}"
port = "${plant.port}"
baud = ${plant.baud}
idlePollMs = ${idlePollMs}`,
    ...boardsOf(plant).map(
      ({ id, address }) => `[[buses.boards]]
id = "bus${bus}-${id}"
address = ${address}
family = "${plant.family}"
channels = ${plant.channels}`,
    ),
  ]);
}

function locker({ buses }: BenchSite): string {
  let slots = 0;
  const rows = buses.flatMap((plant, bus) =>
    boardsOf(plant).map(({ id }) => {
      const from = slots + 1;
      slots += plant.channels;
      return `[[lockers.rows]]
from = ${from}
to = ${slots}
size = "M"
board = "bus${bus}-${id}"
firstChannel = 1
doorContact = "closed-when-shut"`;
    }),
  );
  return ['[[lockers]]\nid = "L1"', ...rows].join('\n');
}
