import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MemoryPort } from '../../sim/memory-port.ts';
import { seededRandom } from '../../sim/random.ts';
import { SimTimeSync } from '../../sim/time-sync.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import type { BoardPlan, Wall } from '../../sim/wall.ts';
import { wallOf } from '../../sim/wall-of.ts';
import { readConfig } from '../../src/app.ts';
import { commissionKiosk } from '../../src/compose/maintenance.ts';
import type { Config } from '../../src/config/config.ts';
import { Ended } from '../../src/control/commission-ports.ts';
import { createLog } from '../../src/platform/log.ts';
import { scratchFolder } from './bench-kiosk.ts';

const STEP_MS = 10;
const WORK_MS_MAX = 600_000;

interface SiteOptions {
  readonly family?: string;
  readonly channels?: number;
  readonly settings?: string;
  readonly baud?: number;
  readonly doorContact?: string;
  readonly production?: boolean;
  /** Doors on the first board, from channel 1. */
  readonly doors?: number;
  readonly ports?: readonly string[];
}

/** The text of a site with one board on each port: `A` with doors 1, 2, …, then `B`, … */
function siteText(folder: string, options: SiteOptions = {}): string {
  const { family = 'line', channels = 4, settings, doors = channels, ports = ['main'] } = options;
  const { doorContact = 'closed-when-shut', production = false, baud } = options;
  const buses = ports.map((port, index) => {
    const rate = baud === undefined ? '' : `baud = ${baud}\n`;
    const chosen = settings === undefined ? '' : `settings = { ${settings} }\n`;
    return `[[buses]]
name = "bus${index + 1}"
port = "${port}"
${rate}[[buses.boards]]
id = "${'ABCD'.charAt(index)}"
address = 1
family = "${family}"
channels = ${channels}
${chosen}`;
  });
  const rows = ports.map((_, index) => {
    return `[[lockers.rows]]
from = ${index * doors + 1}
to = ${(index + 1) * doors}
size = "S"
board = "${'ABCD'.charAt(index)}"
firstChannel = 1
doorContact = "${doorContact}"
`;
  });
  return `[site]
id = "FIT"
name = "Fitter's Yard"
address = "Station Road 1"
city = "Lindau"
timeZone = "Europe/Berlin"
helpPhone = "+49 8382 123456"
production = ${production}
[database]
path = "${join(folder, 'lockerd.db')}"
[keys]
path = "${join(folder, 'device.key')}"
${buses.join('')}[[lockers]]
id = "L"
${rows.join('')}`;
}

export function siteFile(options: SiteOptions = {}, folder = scratchFolder()): string {
  const path = join(folder, 'lockerd.toml');
  writeFileSync(path, siteText(folder, options));
  return path;
}

export const site = (options: SiteOptions = {}): Config => readConfig(siteFile(options));

interface Yard {
  /** The wall as it really is, when it is not as the config says. */
  readonly real?: Config;
  readonly strays?: readonly BoardPlan[];
  readonly repeats?: number;
  /** What the fitter does instead of the obvious; undefined for that. */
  readonly acts?: (question: string, wall: Wall) => string | undefined;
}

/** A wall, a fitter who does what is asked, and everything that was said. */
export class CommissionBench {
  readonly clock = new VirtualClock();
  readonly wall: Wall;
  readonly said: string[] = [];
  readonly logged: string[] = [];
  readonly #config: Config;
  readonly #yard: Yard;
  readonly #ports: ReadonlyMap<string, MemoryPort>;

  constructor(config: Config, yard: Yard = {}) {
    this.#config = config;
    this.#yard = yard;
    const { real = config, strays } = yard;
    const baud = config.buses[0]?.baud ?? 0;
    const random = seededRandom(1);
    this.wall = wallOf(real, { clock: this.clock, random, baud, strays });
    this.#ports = new Map(
      this.wall.buses.map(({ name, wire }) => [name, new MemoryPort(this.clock, wire)]),
    );
  }

  port(name: string): MemoryPort {
    const port = this.#ports.get(name);
    if (port === undefined) throw new RangeError(`no port ${name}`);
    return port;
  }

  /** The fitter works through the wall; null when the work was ended. */
  async work() {
    const world = {
      clock: this.clock,
      timeSync: new SimTimeSync(),
      random: seededRandom(2),
      log: createLog('debug', { write: (line) => void this.logged.push(line) }),
      openPort: (port: string) => this.port(port).open,
      transports: {},
    };
    const fitter = {
      say: (line: string) => void this.said.push(line),
      ask: async (question: string) => this.#answer(question),
    };
    let isOver = false;
    const work = commissionKiosk(this.#config, world, fitter, this.#yard.repeats ?? 1)
      .catch((error: unknown) => {
        if (error instanceof Ended) return null;
        throw error;
      })
      .finally(() => {
        isOver = true;
      });
    while (!isOver && this.clock.monoMs() < WORK_MS_MAX) {
      this.clock.advance(STEP_MS);
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (!isOver) throw new Error(`the work did not end:\n${this.said.join('\n')}`);
    return work;
  }

  /** The number of each door that stands open, by what is painted on it. */
  openDoors(): number[] {
    return this.wall.boards
      .flatMap(({ doors }) => doors)
      .flatMap((door, index) => (door.isOpen ? [index + 1] : []));
  }

  #answer(question: string): string {
    this.said.push(question);
    const answer = this.#yard.acts?.(question, this.wall) ?? this.#obvious(question);
    this.said.push(`> ${answer}`);
    return answer;
  }

  #obvious(question: string): string {
    const asked = /Did door (\d+) open/.exec(question)?.[1];
    if (asked !== undefined) {
      const open = this.openDoors();
      return open.includes(Number(asked)) ? 'y' : String(open[0] ?? 'n');
    }
    if (/Shut/.test(question)) {
      for (const { doors } of this.wall.boards) for (const door of doors) door.push();
    }
    return '';
  }
}
