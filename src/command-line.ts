import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { readConfig } from './app.ts';
import { backupCommands } from './commands/backup.ts';
import { enrolCommands } from './commands/enrol.ts';
import { grantCommands } from './commands/grant.ts';
import { lookCommands } from './commands/look.ts';
import { peopleCommands } from './commands/people.ts';
import { runCommand } from './commands/run.ts';
import { owned, usage, withConfig, worldOf } from './commands/stopped-kiosk.ts';
import { commissionKiosk, inspectSlot, setMode } from './compose/maintenance.ts';
import type { Config } from './config/config.ts';
import { Ended } from './control/commission-ports.ts';
import { MODES, type Mode } from './control/modes.ts';
import type { JournalHead } from './control/store-port.ts';
import { verifyJournal } from './offline/verify-journal.ts';
import { openSealCheck, publicAuditKey } from './platform/audit-key.ts';
import { EX_TEMPFAIL, EX_USAGE } from './platform/exit-status.ts';
import { refuseToStart } from './platform/fatal.ts';
import { createLog } from './platform/log.ts';
import { writeSealed } from './platform/sealed-file.ts';
import { terminalLines } from './platform/terminal-lines.ts';
import { openJournalFile } from './store/journal-file.ts';

const REPEATS_MAX = 5;
/** The wiring is not as the config says, or the fitter ended the work. */
const EXIT_NOT_COMMISSIONED = 1;
/** The journal was audited, and is not without flaw. */
const EXIT_FINDINGS = 1;
/** A file that somebody has spoiled can have a finding in every row. */
const AUDIT_LINES_MAX = 2_000;

/** Runs `lockerd` with these arguments; ends the process with a status of sysexits.h on refusal. */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  const program = new Command('lockerd')
    .description('The controller of a self-service parcel locker')
    .version(manifest.version)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : EX_USAGE));
  runCommand(program);
  withConfig(program.command('mode'))
    .description('say what a kiosk that is not running is there for; the way out of a lockdown')
    .addArgument(new Argument('<mode>').choices(MODES))
    .action((mode: Mode, { config }) => {
      const settings = readConfig(config);
      const world = worldOf(createLog('error'));
      const was = owned(settings, () => setMode(settings, world, mode));
      process.stdout.write(`${settings.site.id}: ${mode}, was ${was}\n`);
    });
  withConfig(program.command('slot'))
    .description('say what a technician saw in a slot of a kiosk that is not running')
    .argument('<id>', 'locker/slot, as in LOCK001/7')
    .addOption(new Option('--found <content>', 'lifts any doubt').choices(['empty', 'full']))
    .option('--block', 'takes it out of service')
    .option('--unblock', 'gives a blocked slot back')
    .requiredOption('--reason <text>', 'for the journal')
    .action((id, options) => inspect(readConfig(options.config), id, options));
  withConfig(program.command('commission'))
    .description('prove the wiring of a kiosk that is not running, door by door')
    .option('--map <file>', 'where to write the door map, instead of where the config says')
    .option('--repeats <count>', `how often to open each door, 1 to ${REPEATS_MAX}`, '1')
    .action(async ({ config, map, repeats }) => {
      await commission(readConfig(config), map, Number(repeats));
    });
  lookCommands(program);
  peopleCommands(program);
  backupCommands(program);
  auditCommands(program);
  enrolCommands(program);
  grantCommands(program);
  await program.parseAsync(args, { from: 'user' }).catch(refuseToStart);
}

/** The journal's key and its audit (docs/AUDIT.md). */
function auditCommands(program: Command): void {
  withConfig(program.command('audit-key'))
    .description('print the public key that the journal is to be verified with')
    .option('--new', 'make a key where there is none')
    .action(({ config, new: mayCreate = false }) => {
      process.stdout.write(publicAuditKey(readConfig(config).keys.audit, mayCreate));
    });
  program
    .command('audit-verify')
    .description('say whether a journal is what was written, and which doors opened without right')
    .argument('<file>', 'a copy of the database of a kiosk')
    .requiredOption('--key <files...>', 'the public audit key of the kiosk, and former ones')
    .option('--head <seq:hash>', 'where the journal ended, by what somebody else has kept', headOf)
    .action((file, { key, head = null }) => verify(file, key, head));
}

function headOf(text: string): JournalHead {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (hash === undefined) throw new InvalidArgumentError('It is like 1234:5f0c…, hash in full.');
  return { seq: Number(seq), hash };
}

async function verify(path: string, keys: readonly string[], head: JournalHead | null) {
  const check = openSealCheck(keys);
  const file = openJournalFile(path);
  let lines = 0;
  const tell = (kind: string, seq: number, text: string): void => {
    lines += 1;
    if (lines <= AUDIT_LINES_MAX) process.stdout.write(`row ${seq}: ${kind}: ${text}\n`);
  };
  const verdict = await verifyJournal(file.rows(), check, head, {
    finding: tell,
    note: (kind, seq, text) => tell(`(${kind})`, seq, text),
  });
  file.close();
  const { rows, checkpoints, sealedTo, findings, notes } = verdict;
  if (lines > AUDIT_LINES_MAX) process.stdout.write(`and ${lines - AUDIT_LINES_MAX} more\n`);
  process.stdout.write(
    `${rows} rows, ${checkpoints} checkpoints, sealed to row ${sealedTo}, head ${verdict.head}\n` +
      `${findings} findings, ${notes} notes\n`,
  );
  if (findings > 0) process.exitCode = EXIT_FINDINGS;
}

interface Seen {
  readonly found?: 'empty' | 'full';
  readonly block?: true;
  readonly unblock?: true;
  readonly reason: string;
}

function inspect(config: Config, slot: string, { found, block, unblock, reason }: Seen): void {
  const word = found ?? (block ? 'block' : unblock ? 'unblock' : undefined);
  if (word === undefined) throw usage('one of --found, --block and --unblock is needed');
  const world = worldOf(createLog('error'));
  const outcome = owned(config, () => inspectSlot(config, world, { slot, word, reason }));
  if (outcome === null) throw usage(`no slot "${slot}" in ${config.site.id}`);
  const { state, bar, ignored, door } = outcome;
  const why = bar === null ? '' : `, ${bar.reason}`;
  const isUnread = ignored && found && door !== 'closed';
  const cure = isUnread ? '; start the kiosk, so that its door is read' : '';
  process.stdout.write(`${slot}: ${ignored ? 'nothing changed, ' : ''}${state}${why}${cure}\n`);
  if (isUnread) process.exitCode = EX_TEMPFAIL;
}

async function commission(config: Config, mapPath: string | undefined, times: number) {
  const lines = terminalLines(process.stdin, process.stdout);
  const world = worldOf(createLog('error', process.stderr));
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
    lines.say('Ended; no door map was written.');
    process.exitCode = EXIT_NOT_COMMISSIONED;
  } finally {
    lines.close();
  }
}
