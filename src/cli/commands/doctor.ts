import type { Command } from 'commander';
import type { Board, Slot, Status } from '../../api/shapes.ts';
import { contextOf } from '../context.ts';
import { diagnose, type Finding } from '../diagnosis.ts';

/** The kiosk is not as it should be. */
const EXIT_FINDINGS = 1;

export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('what is wrong, why, and what to do about it')
    .action(async (_options, command) => {
      const { client, show } = contextOf(command);
      const [status, boards, slots] = await Promise.all([
        client.get<Status>('/status'),
        client.get<Board[]>('/boards'),
        client.get<Slot[]>('/slots'),
      ]);
      const findings = diagnose(status, boards, slots);
      show(findings, findingsText);
      if (findings.length > 0) process.exitCode = EXIT_FINDINGS;
    });
}

function findingsText(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'All is well.';
  return findings
    .map(({ where, what, why, cure }) => `${where}: ${what}\n  why   ${why}\n  cure  ${cure}`)
    .join('\n');
}
