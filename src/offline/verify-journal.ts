import type { Seal } from '../control/ports.ts';
import type { JournalHead } from '../control/store-port.ts';
import { FileDamaged, type FileRow } from '../store/journal-file.ts';
import { AuthorityCheck } from './authority-check.ts';
import { ChainCheck, claimOf } from './chain-check.ts';
import type { Auditor, Verdict } from './verdict.ts';

/** What the seals of a journal are checked with: digests, and the public halves of audit keys. */
interface SealCheck extends Pick<Seal, 'digest'> {
  /** The name of the given key that signed these bytes; null when none of them did. */
  signer(bytes: Uint8Array, signature: Uint8Array): Promise<string | null>;
}

/** Rows in memory at once; their signatures are checked side by side. */
const BATCH_ROWS = 512;

/**
 * Audits a journal, row by row and in bounded memory: is it what was written, and did no door open
 * without authority (B2). `head` is where the journal ended by somebody else's word. What is found
 * is told as it comes; docs/AUDIT.md says what it means and what cannot be found.
 */
export async function verifyJournal(
  rows: Iterable<FileRow>,
  check: SealCheck,
  head: JournalHead | null,
  auditor: Auditor,
): Promise<Verdict> {
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
  for (const { batch, damage } of batches(rows)) {
    const signers = await Promise.all(batch.map((row) => signerOf(row, check)));
    for (const [index, row] of batch.entries()) {
      chain.take(row, signers[index] ?? null);
      authority.take(row, chain.judges(row));
      seq = row.seq;
    }
    if (damage !== null)
      counting.finding('damaged', seq, `no row behind it can be read: ${damage}`);
  }
  return { ...chain.end(), findings, notes };
}

function signerOf(row: FileRow, check: SealCheck): Promise<string | null> | null {
  const claim = claimOf(row);
  return claim === null ? null : check.signer(claim.bytes, claim.signature);
}

/** The rows as far as they can be read, and what is wrong behind the last one. */
function* batches(rows: Iterable<FileRow>) {
  let batch: FileRow[] = [];
  let damage: string | null = null;
  try {
    for (const row of rows) {
      batch.push(row);
      if (batch.length < BATCH_ROWS) continue;
      yield { batch, damage };
      batch = [];
    }
  } catch (error) {
    if (!(error instanceof FileDamaged)) throw error;
    damage = error.message;
  }
  yield { batch, damage };
}
