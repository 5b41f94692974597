import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { families } from '../hardware/index.ts';
import type { Config } from '../src/config/config.ts';
import { loadConfig } from '../src/config/load.ts';

/** A site in which all boards are alike and every channel is a slot. */
export interface BenchSite {
  readonly folder: string;
  /** Ports of the buses; each is its bus's name as well where it is no path. */
  readonly ports: readonly string[];
  readonly baud: number;
  readonly boardsPerBus: number;
  readonly channels: number;
  readonly idlePollMs: number;
  /** Time in which a door may be opened again. */
  readonly graceSeconds: number;
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
  const text = site.ports.flatMap((_, bus) => [
    `[[buses]]\nname = "bus${bus}"\nbaud = ${site.baud}`,
    ...boardsOf(site, bus).map(
      (board) => `[[buses.boards]]\n${boardKeys(board, site)}\noccupancy = false`,
    ),
  ]);
  writeFileSync(path, text.join('\n'));
  return path;
}

function head({ folder, graceSeconds }: BenchSite): string {
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
graceSeconds = ${graceSeconds}`;
}

function buses(site: BenchSite): string[] {
  const { ports, baud, idlePollMs } = site;
  return ports.flatMap((port, bus) => [
    `[[buses]]\nname = "bus${bus}"\nport = "${port}"\nbaud = ${baud}\nidlePollMs = ${idlePollMs}`,
    ...boardsOf(site, bus).map((board) => `[[buses.boards]]\n${boardKeys(board, site)}`),
  ]);
}

interface BenchBoard {
  readonly id: string;
  readonly address: number;
}

function boardsOf({ boardsPerBus }: BenchSite, bus: number): BenchBoard[] {
  return Array.from({ length: boardsPerBus }, (_, index) => {
    return { id: `B${bus}-${index + 1}`, address: index + 1 };
  });
}

function boardKeys({ id, address }: BenchBoard, { channels }: BenchSite): string {
  return `id = "${id}"\naddress = ${address}\nfamily = "line"\nchannels = ${channels}`;
}

function locker(site: BenchSite): string {
  const boards = site.ports.flatMap((_, bus) => boardsOf(site, bus));
  const rows = boards.map(({ id }, index) => {
    const from = index * site.channels + 1;
    return `[[lockers.rows]]
from = ${from}
to = ${from + site.channels - 1}
size = "M"
board = "${id}"
firstChannel = 1
doorContact = "closed-when-shut"`;
  });
  return ['[[lockers]]\nid = "L1"', ...rows].join('\n');
}
