import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { keptOperatorKey, newOperatorKey, type OperatorKey } from '../cloud/operator.ts';
import { sleep } from '../real-clock.ts';
import type { ShareOfFleet, ShareReport } from './plan.ts';

/** Exit statuses of sysexits.h. */
const EXIT_USAGE = 64;
const EXIT_UNAVAILABLE = 69;

const HELP = `npm run sim:fleet -- --kiosks N --broker URL [--visits N] [--certs DIR] [--folder DIR]

Runs that many kiosks in a few processes, each whole: its store, its link to the broker, and a wall
of 15 doors. They are called K0001, K0002, … and stand in eight cities; parcels come and go. Every
other second it prints how they are doing. Ctrl-C ends it.

  --kiosks N      1 to 5000
  --broker URL    mqtt://localhost:1883, or mqtts://host:8883 with --certs
  --visits N      parcels that come and leave, for each kiosk in an hour (6); 0 for none
  --processes N   1 to 16 (4)
  --certs DIR     ca.crt, and K0001.crt and K0001.key of each kiosk (docs/broker/certificates.sh)
  --folder DIR    databases, and the key that signs commands, command.key (var/fleet)
  --help          this text`;

const REPORT_MS = 2_000;
const LIMITS = { kiosks: [1, 5_000], visits: [0, 60], processes: [1, 16] } as const;

interface Arguments extends Pick<ShareOfFleet, 'broker' | 'certs' | 'folder' | 'visits'> {
  readonly kiosks: number;
  readonly processes: number;
}

/** What the command line says, or undefined where it asks for help; throws TypeError. */
function readArguments(): Arguments | undefined {
  const { values } = parseArgs({
    options: {
      kiosks: { type: 'string' },
      broker: { type: 'string' },
      visits: { type: 'string', default: '6' },
      processes: { type: 'string', default: '4' },
      certs: { type: 'string' },
      folder: { type: 'string', default: join('var', 'fleet') },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const { broker = '', certs = null, folder } = values;
  if (!/^mqtts?:\/\/[\w.-]+:\d{1,5}$/.test(broker)) {
    throw new TypeError(`--broker "${broker}": mqtt://host:port or mqtts://host:port`);
  }
  if (broker.startsWith('mqtts:') !== (certs !== null)) {
    throw new TypeError('--certs DIR belongs to mqtts://, and mqtt:// has none');
  }
  const [kiosks, visits] = [whole('kiosks', values.kiosks), whole('visits', values.visits)];
  const processes = Math.min(kiosks, whole('processes', values.processes));
  return { kiosks, broker, certs, visits, folder, processes };
}

function whole(name: keyof typeof LIMITS, text = ''): number {
  const [min, max] = LIMITS[name];
  const value = Number(text);
  if (text !== '' && Number.isInteger(value) && value >= min && value <= max) return value;
  throw new TypeError(`--${name} "${text}": a whole number from ${min} to ${max}`);
}

/** The key of an earlier run over the same databases, or a new one. */
function operatorKeyIn(folder: string): OperatorKey {
  const path = join(folder, 'command.key');
  if (existsSync(path)) return keptOperatorKey(readFileSync(path, 'utf8'));
  const key = newOperatorKey();
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, key.pem, { mode: 0o600 });
  return key;
}

/** A process for each share; gives their last words as they come. */
function begin(given: Arguments): Map<ChildProcess, ShareReport> {
  const { kiosks, processes, ...common } = given;
  const key = operatorKeyIn(given.folder).publicKey;
  const reports = new Map<ChildProcess, ShareReport>();
  for (let index = 0; index < processes; index += 1) {
    const from = 1 + Math.floor((kiosks * index) / processes);
    const to = Math.floor((kiosks * (index + 1)) / processes);
    const share: ShareOfFleet = { ...common, from, to, key };
    const child = fork(join(import.meta.dirname, 'share.ts'), [JSON.stringify(share)]);
    console.log(`process ${child.pid}: kiosks ${from} to ${to}`);
    child.on('message', (said) => reports.set(child, said as ShareReport));
    child.once('exit', (status) => {
      if (status === 0) return;
      console.error(`process ${child.pid} ended with ${status}`);
      process.exit(EXIT_UNAVAILABLE);
    });
  }
  return reports;
}

async function run(given: Arguments): Promise<void> {
  const reports = begin(given);
  let isOver = false;
  const stop = (): void => {
    isOver = true;
    for (const child of reports.keys()) child.kill('SIGTERM');
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  while (!isOver) {
    await sleep(REPORT_MS);
    console.log(reportLine(given.kiosks, [...reports.values()]));
  }
}

function reportLine(kiosks: number, all: readonly ShareReport[]): string {
  const sum = (of: keyof ShareReport) => all.reduce((total, one) => total + one[of], 0);
  const cpu = sum('cpuMs') / kiosks;
  return [
    `${sum('connected')} of ${kiosks} connected`,
    `${sum('closed')} connections lost`,
    `${sum('visits')} parcels delivered`,
    `${sum('waiting')} events wait`,
    `each ${(sum('memoryMb') / kiosks).toFixed(1)} MB, ${cpu.toFixed(0)} CPU-ms so far`,
  ].join(', ');
}

try {
  const given = readArguments();
  if (given === undefined) console.log(HELP);
  else await run(given);
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  console.error(error.message);
  process.exitCode = EXIT_USAGE;
}
