import type { Command } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { readConfig } from '../app.ts';
import { backUpKiosk, restoreKiosk } from '../compose/maintenance.ts';
import { createLog } from '../platform/log.ts';
import { isMissing } from '../store/file-header.ts';
import { owned, withConfig, worldOf } from './stopped-kiosk.ts';

/** Copies of the database, and going back to one (docs/BACKUP.md). */
export function backupCommands(program: Command): void {
  withConfig(program.command('backup'))
    .description('copy the database of a kiosk that is not running, and verify the copy')
    .option('--before-upgrade', 'keep it apart from the others, to go back to this version')
    .action(async ({ config: path, beforeUpgrade }) => {
      const config = readConfig(path);
      if (beforeUpgrade && isMissing(config.database.path)) {
        process.stdout.write('there is no database yet, and nothing to copy\n');
        return;
      }
      const world = worldOf(createLog('error'));
      const version = beforeUpgrade ? manifest.version : undefined;
      const copy = await owned(config, () => backUpKiosk(config, world, version));
      process.stdout.write(`copied to ${copy}\n`);
    });
  withConfig(program.command('restore'))
    .description('put a copy in the place of the database of a kiosk that is not running')
    .option('--from <file>', 'the copy; the newest whole one in backup.dir unless given')
    .action(({ config: path, from = null }) => {
      const config = readConfig(path);
      // That every code is held back is told below, and no error here.
      const world = worldOf(createLog('error', { write: () => {} }));
      const { copy, slots } = owned(config, () => restoreKiosk(config, world, from));
      process.stdout.write(
        `${copy} is restored. No code opens a compartment before somebody has looked into it:\n` +
          `say of each of the ${slots} what lies inside (docs/BACKUP.md, "After a restore").\n`,
      );
    });
}
