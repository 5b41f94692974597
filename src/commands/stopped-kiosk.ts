import type { Command } from 'commander';
import type { World } from '../compose/world.ts';
import type { Config } from '../config/config.ts';
import type { Log } from '../control/ports.ts';
import { systemClock } from '../platform/clock.ts';
import { EX_USAGE } from '../platform/exit-status.ts';
import { dieOf } from '../platform/fatal.ts';
import { AlreadyRunning, readPid } from '../platform/pid-lock.ts';
import { systemRandom } from '../platform/random.ts';
import { systemTimeSync } from '../platform/time-sync.ts';
import { StoreRefused } from '../store/errors.ts';

/** What every command needs that works on the files of a kiosk. */

export function withConfig(command: Command): Command {
  return command.requiredOption('--config <file>', 'the config file (TOML)');
}

/** Messages wait until the kiosk runs again. */
export function worldOf(log: Log): World {
  const times = { clock: systemClock(), timeSync: systemTimeSync() };
  const die = dieOf(log, 'ended by its database');
  return { ...times, random: systemRandom(), log, transports: {}, die };
}

/** @throws AlreadyRunning when another daemon owns the database. */
export function owned<T>(config: Config, open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (!(error instanceof StoreRefused) || error.why !== 'locked') throw error;
    throw new AlreadyRunning(readPid(pidPath(config)));
  }
}

export const pidPath = (config: Config): string => `${config.database.path}.pid`;

export const usage = (message: string): Error =>
  Object.assign(new Error(message), { exitStatus: EX_USAGE });
