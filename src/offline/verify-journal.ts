import type { JournalHead } from '../control/ports.ts';
import { FileDamaged, type FileRow } from '../store/journal-file.ts';
import { AuthorityCheck } from './authority-check.ts';
import { ChainCheck, type SealCheck } from './chain-check.ts';
import type { Auditor, Verdict } from './verdict.ts';

/**
 * Audits a journal, row by row and in bounded memory: is it what was written, and did no door open
 * without authority (B2). `head` is where the journal ended by somebody else's word. What is found
 * is told at once, as it comes; docs/AUDIT.md says what it means and what cannot be found.
 */
export function verifyJournal(
  rows: Iterable<FileRow>,
  check: SealCheck,
  head: JournalHead | null,
  auditor: Auditor,
): Verdict {
  let findings = 0;
  let notes = 0;
  const counting: Auditor = {
    finding: (...said) => {
      findings += 1;
      auditor.finding(...said);
    },
    note: (...said) => {
      notes += 1;
      auditor.note(...said);
    },
  };
  const chain = new ChainCheck(check, counting, head);
  const authority = new AuthorityCheck(counting);
  let seq = 0;
  try {
    for (const row of rows) {
      chain.take(row);
      authority.take(row, chain.isBegun);
      seq = row.seq;
    }
  } catch (error) {
    if (!(error instanceof FileDamaged)) throw error;
    counting.finding('damaged', seq, `no row behind it can be read: ${error.message}`);
  }
  const outcome = chain.end();
  return { ...outcome, findings, notes };
}
