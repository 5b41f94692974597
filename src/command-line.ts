import { Command } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { commissionKiosk, openPeople, readConfig, startApp, type World } from './app.ts';
import type { Config } from './config/config.ts';
import { Ended } from './control/commission-ports.ts';
import type { Log } from './control/ports.ts';
import { attachKeypad, KEYPADS, type KeypadKind } from './keypad.ts';
import { spool } from './notify/spool.ts';
import { systemClock } from './platform/clock.ts';
import { dieOfUncaught, refuseToStart } from './platform/fatal.ts';
import { createLog } from './platform/log.ts';
import { AlreadyRunning, readPid, writePid } from './platform/pid-lock.ts';
import { systemRandom } from './platform/random.ts';
import { writeSealed } from './platform/sealed-file.ts';
import { terminalLines } from './platform/terminal-lines.ts';
import { StoreRefused } from './store/errors.ts';

/** Bus exchanges and the database get so long to end after a signal. */
const STOP_MAX_MS = 5_000;

const REPEATS_MAX = 5;
/** The wiring is not as the config says, or the fitter ended the work. */
const EXIT_NOT_COMMISSIONED = 1;

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
  withConfig(program.command('commission'))
    .description('prove the wiring of a kiosk that is not running, door by door')
    .option('--map <file>', 'where to write the door map, instead of where the config says')
    .option('--repeats <count>', `how often to open each door, 1 to ${REPEATS_MAX}`, '1')
    .action(async ({ config, map, repeats }) => {
      await commission(readConfig(config), map, Number(repeats));
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
    log.info('bus report', { lines: app.busReport() });
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

async function commission(config: Config, mapPath: string | undefined, times: number) {
  const lines = terminalLines(process.stdin, process.stdout);
  const world = worldOf(config, createLog('error', process.stderr));
  const path = mapPath ?? config.doorMap.path;
  const repeats = Math.min(Math.max(1, Math.floor(times) || 1), REPEATS_MAX);
  try {
    const map = await owned(config, () => commissionKiosk(config, world, lines, repeats));
    writeSealed(path, map);
    lines.say(`Written to ${path}.`);
    const isGood = map.doors.every(({ verdict }) => verdict === 'good');
    if (!isGood) process.exitCode = EXIT_NOT_COMMISSIONED;
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
    lines.say('Ended; nothing was written.');
    process.exitCode = EXIT_NOT_COMMISSIONED;
  } finally {
    lines.close();
  }
}
