import type { Command } from 'commander';
import { readConfig } from '../app.ts';
import { roundMsOf } from '../compose/boards.ts';
import { scanKiosk } from '../compose/maintenance.ts';
import { cautionsOf } from '../config/cautions.ts';
import { judgeAddress } from '../control/commission-verdict.ts';
import { createLog } from '../platform/log.ts';
import { owned, withConfig, worldOf } from './stopped-kiosk.ts';

/** A bus could not be opened, or an address is answered by more than one board. */
const EXIT_FINDINGS = 1;

/** What can be seen of a kiosk without changing anything. */
export function lookCommands(program: Command): void {
  withConfig(program.command('check-config'))
    .description('check a config file and say everything that is wrong in it')
    .action(({ config }) => {
      const read = readConfig(config);
      const { lockers } = read;
      for (const caution of cautionsOf(read, roundMsOf))
        process.stdout.write(`caution: ${caution}\n`);
      const slots = lockers.reduce((sum, locker) => sum + locker.slots.length, 0);
      process.stdout.write(`${config}: good, ${slots} slots\n`);
    });
  withConfig(program.command('show-config'))
    .description('show a config file as it is understood, defaults and all; secrets are masked')
    .action(({ config }) => {
      process.stdout.write(`${JSON.stringify(readConfig(config), masked, 2)}\n`);
    });
  withConfig(program.command('scan'))
    .description('ask every address of the buses of a kiosk that is not running')
    .action(async ({ config: path }) => {
      const config = readConfig(path);
      const world = worldOf(createLog('error', process.stderr));
      const found = await owned(config, () => scanKiosk(config, world));
      for (const { bus, looks } of found) {
        if (looks === null) process.exitCode = EXIT_FINDINGS;
        for (const line of looks === null ? ['the port cannot be opened'] : busLines(looks)) {
          process.stdout.write(`${bus}: ${line}\n`);
        }
      }
    });
}

type Looks = NonNullable<Awaited<ReturnType<typeof scanKiosk>>[number]['looks']>;

/** One line for each address that answers, or should. */
function busLines(looks: Looks): string[] {
  return looks
    .filter(({ answered, board }) => answered > 0 || board !== null)
    .map((look) => {
      const { address, family, board, sent, answered, troubled, misfit } = look;
      const name = board === null ? 'not in the config' : `board ${board}`;
      const doubts = [
        ...(answered === 0 ? ['no answer'] : [`${answered} of ${sent} answered`]),
        ...(troubled > 0 ? [`${troubled} disturbed`] : []),
        ...(judgeAddress(look) === 'doubled' ? ['are there two boards at this address?'] : []),
        ...(misfit === null ? [] : [misfit]),
      ];
      return `address ${address}, ${family}, ${name}: ${doubts.join('; ')}`;
    });
}

const SECRET = /password|secret|token/i;
/** Who signs in with the address itself: `mqtts://name:password@broker`. */
const CREDENTIALS = /(?<=:\/\/)[^/@]+(?=@)/;

/** Leaves out what nobody should read over a shoulder, or in a ticket. */
function masked(key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return SECRET.test(key) ? '…' : value.replace(CREDENTIALS, '…');
}
