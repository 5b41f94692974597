import { appendFileSync } from 'node:fs';
import type { Command } from 'commander';
import { readConfig, startApp } from '../app.ts';
import { roundMsOf } from '../compose/boards.ts';
import { checkProduction } from '../compose/production.ts';
import { composeTransports } from '../compose/transports.ts';
import { cautionsOf } from '../config/cautions.ts';
import type { Config } from '../config/config.ts';
import { attachKeypad, KEYPADS, type KeypadKind } from '../keypad.ts';
import { systemClock } from '../platform/clock.ts';
import { dieOfUncaught } from '../platform/fatal.ts';
import { createLog } from '../platform/log.ts';
import { writePid } from '../platform/pid-lock.ts';
import { supervised } from '../platform/systemd.ts';
import { owned, pidPath, withConfig, worldOf } from './stopped-kiosk.ts';

/** Bus exchanges, broker and database get so long to end after a signal. */
const STOP_MAX_MS = 5_000;
/** Signals that end the kiosk in order, and what the journal then says of it. */
const STOPS = [
  ['SIGTERM', 'told to'],
  ['SIGINT', 'told to'],
  ['SIGPWR', 'power failing'],
] as const;

/** The kiosk itself, until a signal ends it (docs/OPERATIONS.md, "Signals"). */
export function runCommand(program: Command): void {
  const usual: KeypadKind = process.stdin.isTTY ? 'terminal' : 'none';
  withConfig(program.command('run'))
    .description('run the kiosk of a config file until it is told to stop')
    .option(`--keypad <${KEYPADS.join('|')}>`, 'where keys come from', usual)
    .action(async ({ config, keypad }) => run(readConfig(config), keypad));
}

async function run(config: Config, keypad: KeypadKind): Promise<void> {
  const { level } = config.log;
  const log = createLog(level, keypad === 'none' ? undefined : besideScreen(config, keypad));
  dieOfUncaught(log);
  for (const caution of cautionsOf(config, roundMsOf)) log.warn(caution);
  const systemd = supervised(process.env);
  const idle = worldOf(log);
  const transports = await composeTransports(config, idle.clock, log);
  const world = { ...idle, transports, ...(systemd && { systemd }) };
  if (config.site.production) await owned(config, () => checkProduction(config, world));
  const { folder, metricsPort } = config.api;
  // Loaded only where there is one, and before anybody is told that the kiosk is ready.
  const api = folder === undefined ? null : await import('../compose/api.ts');
  const scans = config.scanner.types ? world.clock : null;
  const app = owned(config, () =>
    startApp(config, world, () => {
      if (keypad !== 'none') void attachKeypad(app.newPanel(), keypad, scans, stop);
    }),
  );
  const removePid = writePid(pidPath(config));
  const served = folder === undefined ? null : api?.openApi(folder, app.tools, log, metricsPort);
  let isStopping = false;
  function stop(why?: string): void {
    if (isStopping) return;
    isStopping = true;
    const timer = systemClock().after('stop', STOP_MAX_MS, () => process.exit(0));
    log.info('bus report', { lines: app.busReport() });
    void served?.then((server) => server.close());
    app.stop(() => {
      timer.cancel();
      removePid();
      process.exit(0);
    }, why);
  }
  for (const [signal, why] of STOPS) process.on(signal, () => stop(why));
  process.on('SIGUSR2', () => {
    if (config.backup.dir === undefined) log.warn('a copy was asked for, and has no backup.dir');
    else app.backups.soon();
  });
  // No time has passed since the start: whoever is told to be ready can be told to stop.
  await served;
}

/** A screen and log lines on one terminal would spoil each other. */
function besideScreen(config: Config, keypad: KeypadKind) {
  if (keypad === 'lines') return process.stderr;
  const path = `${config.database.path}.log`;
  return { write: (line: string) => appendFileSync(path, line) };
}
