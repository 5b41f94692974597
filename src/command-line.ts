import { Command } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { openPeople, readConfig, startApp, type World } from './app.ts';
import type { Config } from './config/config.ts';
import type { Log } from './control/ports.ts';
import { attachKeypad, KEYPADS, type KeypadKind } from './keypad.ts';
import { spool } from './notify/spool.ts';
import { systemClock } from './platform/clock.ts';
import { dieOfUncaught, refuseToStart } from './platform/fatal.ts';
import { createLog } from './platform/log.ts';
import { AlreadyRunning, readPid, writePid } from './platform/pid-lock.ts';
import { systemRandom } from './platform/random.ts';
import { StoreRefused } from './store/errors.ts';

/** Bus exchanges and the database get so long to end after a signal. */
const STOP_MAX_MS = 5_000;

/** Runs `lockerd` with these arguments; ends the process with a status of sysexits.h on refusal. */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  const program = new Command('lockerd')
    .description('The controller of a self-service parcel locker')
    .version(manifest.version);
  withConfig(program.command('run'))
    .description('run the kiosk of a config file until it is told to stop')
    .option(`--keypad <${KEYPADS.join('|')}>`, 'where keys come from', defaultKeypad())
    .action(async ({ config, keypad }) => run(readConfig(config), keypad));
  withConfig(program.command('check-config'))
    .description('check a config file and say everything that is wrong in it')
    .action(({ config }) => {
      const { lockers } = readConfig(config);
      const slots = lockers.reduce((sum, locker) => sum + locker.slots.length, 0);
      process.stdout.write(`${config}: good, ${slots} slots\n`);
    });
  withConfig(program.command('add-courier'))
    .description('add a courier to a kiosk that is not running, and print the new staff number')
    .requiredOption('--carrier <name>', 'the carrier whose parcels the courier handles')
    .requiredOption('--pin <digits>', 'at least six digits')
    .action(async ({ config, carrier, pin }) => {
      await addCourier(readConfig(config), carrier, pin);
    });
  await program.parseAsync(args, { from: 'user' }).catch(refuseToStart);
}

function withConfig(command: Command): Command {
  return command.requiredOption('--config <file>', 'the config file (TOML)');
}

const defaultKeypad = (): KeypadKind => (process.stdin.isTTY ? 'terminal' : 'none');

async function run(config: Config, keypad: KeypadKind): Promise<void> {
  const { level } = config.log;
  // A screen and log lines on one terminal would spoil each other.
  const log = createLog(level, keypad === 'none' ? undefined : process.stderr);
  dieOfUncaught(log);
  const app = owned(config, () =>
    startApp(config, worldOf(config, log), () => void attachKeypad(app.newPanel(), keypad, stop)),
  );
  const removePid = writePid(pidPath(config));
  function stop(): void {
    const timer = systemClock().after('stop', STOP_MAX_MS, () => process.exit(0));
    app.stop(() => {
      timer.cancel();
      removePid();
      process.exit(0);
    });
  }
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function worldOf(config: Config, log: Log): World {
  const { spool: folder } = config.notices;
  const transport = folder === undefined ? undefined : spool(folder, log);
  const transports = transport === undefined ? {} : { sms: transport, email: transport };
  return { clock: systemClock(), random: systemRandom(), log, transports };
}

/** @throws AlreadyRunning when another daemon owns the database. */
function owned<T>(config: Config, open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (!(error instanceof StoreRefused) || error.why !== 'locked') throw error;
    throw new AlreadyRunning(readPid(pidPath(config)));
  }
}

const pidPath = (config: Config): string => `${config.database.path}.pid`;

async function addCourier(config: Config, carrier: string, pin: string): Promise<void> {
  const log = createLog('error');
  const { people, close } = owned(config, () => openPeople(config, worldOf(config, log)));
  const staff = await people.addCourier(carrier, pin);
  process.stdout.write(`staff number of the new courier of ${carrier}: ${staff}\n`);
  close();
}
