import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { runCommand } from './console.ts';
import { describeEvent } from './describe.ts';
import { PtyPort } from './pty-port.ts';
import { seededRandom } from './random.ts';
import { RealClock } from './real-clock.ts';
import { Wall, type WallPlan } from './wall.ts';
import { readWallFile, WallFileError } from './wall-file.ts';

/** Exit statuses of sysexits.h. */
const EXIT_USAGE = 64;
const EXIT_CONFIG = 78;

const HELP = `npm run sim -- --wall FILE [--links DIR] [--seed N]

Runs a wall of lock boards and doors, each bus behind a pseudo terminal, for a controller in a
process of its own. Prints "bus NAME: /dev/pts/N, link DIR/NAME" for each bus, then what happens.
Type commands to be the people in front of the wall: "help" lists them.

  --wall FILE   the wall, such as sim/walls/demo.toml
  --links DIR   where the links to the terminals go; they keep their names over unplug and
                replug, as the terminals do not (var/sim)
  --seed N      of the faults' dice, a whole number (1)
  --help        this text`;

interface Arguments {
  /** Path of the wall file. */
  readonly wall: string;
  readonly links: string;
  readonly seed: number;
}

/** What the command line says, or undefined where it asks for help; throws TypeError. */
function readArguments(): Arguments | undefined {
  const { values } = parseArgs({
    options: {
      wall: { type: 'string' },
      links: { type: 'string', default: join('var', 'sim') },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  if (values.wall === undefined) throw new TypeError('--wall FILE is missing; see --help');
  if (!/^\d{1,9}$/.test(values.seed)) throw new TypeError('--seed N must be a whole number');
  return { wall: values.wall, links: values.links, seed: Number(values.seed) };
}

/** Runs `make`; where it fails with a `Kind`, tells why and ends with `status`. */
function orExit<T>(make: () => T, Kind: new () => Error, status: number): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof Kind)) throw error;
    console.error(error.message);
    process.exit(status);
  }
}

function run(plan: WallPlan, { links, seed }: Arguments): void {
  const clock = new RealClock();
  const startMs = clock.monoMs();
  const wall = new Wall(clock, seededRandom(seed), plan);
  const ports = new Map<string, PtyPort>();
  for (const { name, wire } of wall.buses) ports.set(name, new PtyPort(wire, join(links, name)));
  for (const [name, { path, linkPath }] of ports) {
    console.log(`bus ${name}: ${path}, link ${linkPath}`);
  }

  wall.watch((event) => {
    const text = describeEvent(event);
    const seconds = ((clock.monoMs() - startMs) / 1000).toFixed(3);
    if (text !== undefined) console.log(`${seconds.padStart(9)} s  ${text}`);
  });

  const lines = createInterface({ input: process.stdin, terminal: false });
  const stop = (): void => {
    lines.removeAllListeners('close');
    lines.close();
    process.stdin.destroy();
    for (const port of ports.values()) port.unplug();
  };
  lines.on('line', (line) => {
    for (const text of runCommand({ wall, plugs: ports }, line)) console.log(text);
  });
  // Under systemd or a test there is no stdin to speak of; only a person's ^D means the end.
  if (process.stdin.isTTY) lines.on('close', stop);
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

const given = orExit(readArguments, TypeError, EXIT_USAGE);
if (given === undefined) {
  console.log(HELP);
} else {
  const plan = orExit(() => readWallFile(given.wall), WallFileError, EXIT_CONFIG);
  run(plan, given);
}
