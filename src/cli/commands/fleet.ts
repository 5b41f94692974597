import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { type Broker, BrokerLine } from '../../fleet/broker-line.ts';
import { carryOut, type Outcome } from '../../fleet/order.ts';
import { type FreeRow, freeSlots, type KioskSeen, lookAround } from '../../fleet/overview.ts';
import type { CloudEvent } from '../../fleet/tail.ts';
import { followEvents } from '../../fleet/tail.ts';
import { systemClock } from '../../platform/clock.ts';
import { openCommandKey } from '../../platform/command-key.ts';
import { systemRandom } from '../../platform/random.ts';
import { contextOf } from '../context.ts';
import { NoBroker, NotReadable, orStatus } from '../errors.ts';
import { table } from '../table.ts';
import { duration, moment } from '../words.ts';

/** The kiosk answered, and did not do it. */
const EXIT_NOT_DONE = 1;
/** Two at once must not have one name: the broker would throw the first one out. */
const NAMES = 1_000_000_000;

/** Many kiosks, seen and told through their broker. */
export function fleetCommands(program: Command): void {
  const fleet = program
    .command('fleet')
    .description('many kiosks, through their broker; needs no daemon on this machine')
    .option('--broker <url>', 'mqtts://host:port (or the variable LOCKERD_BROKER)')
    .option('--certs <folder>', 'with ca.crt, and NAME.crt and NAME.key of --as')
    .option('--as <name>', 'the user at the broker', 'operator');
  fleet
    .command('kiosks')
    .description('every kiosk: its state, since when, and what waits')
    .action(async (_options, command) => {
      const kiosks = await over(command, (line) => lookAround(line, systemClock()));
      contextOf(command).show(kiosks, kioskTable);
    });
  fleet
    .command('free')
    .description('free slots of connected kiosks, by city and size')
    .option('--city <name>', 'each kiosk of this city')
    .option('--size <size>', 'of this size alone')
    .action(async (wanted, command) => {
      const kiosks = await over(command, (line) => lookAround(line, systemClock()));
      contextOf(command).show(freeSlots(kiosks, wanted), freeTable);
    });
  fleet
    .command('tail')
    .description('events as they come, until Ctrl-C')
    .option('--kiosk <name>', 'of this kiosk alone')
    .action(async ({ kiosk }, command) => {
      const { show } = contextOf(command);
      await over(command, (line) => followEvents(line, kiosk, (event) => show(event, eventLine)));
    });
  sendCommand(fleet);
}

function sendCommand(fleet: Command): void {
  fleet
    .command('send')
    .description('sign a command, send it, and wait for its result')
    .argument('<kiosk>', 'its id')
    .argument('<type>', 'such as slot.open, slot.block, rebirth (docs/asyncapi.yaml)')
    .argument('[data]', 'JSON, such as \'{"slot":"LOCK001/7"}\'', '{}')
    .requiredOption('--key <file>', 'the command key, PEM')
    .action(async (kiosk: string, type: string, data: string, { key: path }, command) => {
      const key = openCommandKey(path);
      const order = { kiosk, type, data: jsonOf(data) };
      const means = { key, clock: systemClock(), random: systemRandom() };
      const outcome = await over(command, (line) => carryOut(order, { ...means, line }));
      contextOf(command).show(outcome, outcomeText);
      if (!outcome.ok) process.exitCode = EXIT_NOT_DONE;
    });
}

/** Does something over a connection that is closed afterwards. */
async function over<T>(command: Command, act: (line: BrokerLine) => Promise<T>): Promise<T> {
  return orStatus(async () => {
    const name = `lockerctl-${systemRandom().int(NAMES)}`;
    const line = await BrokerLine.open(brokerOf(command), name);
    try {
      return await act(line);
    } finally {
      line.end();
    }
  });
}

interface Way {
  readonly broker?: string;
  readonly certs?: string;
  readonly as: string;
}

function brokerOf(command: Command): Broker {
  const { broker: url = process.env.LOCKERD_BROKER, certs, as } = command.optsWithGlobals<Way>();
  if (url === undefined || !/^mqtts?:\/\/[\w.-]+:\d{1,5}$/.test(url)) throw new NoBroker(url);
  if (certs === undefined) return { url, tls: null };
  const read = (name: string) => textOf(join(certs, name));
  return { url, tls: { cert: read(`${as}.crt`), key: read(`${as}.key`), ca: read('ca.crt') } };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new NotReadable(path, error as NodeJS.ErrnoException);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}

function kioskTable(kiosks: readonly KioskSeen[]): string {
  const now = systemClock().wallMs();
  const rows = kiosks.map(({ kiosk, city, state, sinceWall, behind, clock, firmware }) => [
    ...[kiosk, city ?? '', state, moment(sinceWall)],
    duration(Math.max(0, (now - sinceWall) / 1_000)),
    ...[behind ?? '', clock ?? '', firmware ?? ''],
  ]);
  const heads = ['kiosk', 'city', 'state', 'connected at', 'ago', 'waited', 'clock', 'firmware'];
  return table(heads, rows);
}

function freeTable(rows: readonly FreeRow[]): string {
  const cells = rows.map(({ city, kiosk, size, free, busy, oos }) => {
    return [city, ...(kiosk === null ? [] : [kiosk]), size, free, busy, oos];
  });
  const kiosk = rows.some((row) => row.kiosk !== null) ? ['kiosk'] : [];
  return table(['city', ...kiosk, 'size', 'free', 'busy', 'out of service'], cells);
}

function eventLine({ k, seq, ts, t, d }: CloudEvent): string {
  const rest = Object.entries(d).map(([name, value]) => {
    return `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`;
  });
  return [k, `${seq}`.padStart(6), ts, t.padEnd(20), ...rest].join('  ');
}

function outcomeText({ code, ok, cmd, type, ...rest }: Outcome): string {
  const facts = Object.entries({ type, command: cmd, ...rest });
  const lines = facts
    .filter(([name]) => name !== 'lines')
    .map(([name, value]) => [name, `${value}`]);
  const log = rest.lines === undefined ? [] : ['', ...rest.lines];
  const head = ok ? 'done' : 'not done';
  return [table([head, code], lines), ...log].join('\n');
}
