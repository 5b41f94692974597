import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyJournal } from '../../src/offline/verify-journal.ts';
import { openSealCheck, publicAuditKey } from '../../src/platform/audit-key.ts';
import { openJournalFile } from '../../src/store/journal-file.ts';

/** What an audit said: findings and notes as `kind row`, and the whole lines to look into. */
export interface Audit {
  readonly found: string[];
  readonly noted: string[];
  readonly lines: string[];
  readonly verdict: Awaited<ReturnType<typeof verifyJournal>>;
}

/** Writes the public half of the audit key in that folder beside it, and gives its path. */
export function publicKeyOf(folder: string): string {
  const path = join(folder, 'audit.pem');
  writeFileSync(path, publicAuditKey(join(folder, 'device.audit.key'), false));
  return path;
}

/** Audits the database at `path` with these public keys. */
export async function audit(
  path: string,
  keys: readonly string[],
  head: string | null = null,
): Promise<Audit> {
  const file = openJournalFile(path);
  const [found, noted, lines]: string[][] = [[], [], []];
  const [seq = '', hash = ''] = head?.split(':') ?? [];
  const given = head === null ? null : { seq: Number(seq), hash };
  const verdict = await verifyJournal(file.rows(), openSealCheck(keys), given, {
    finding: (kind, row, text) => {
      found?.push(`${kind} ${row}`);
      lines?.push(`${row} ${kind}: ${text}`);
    },
    note: (kind, row, text) => {
      noted?.push(`${kind} ${row}`);
      lines?.push(`${row} (${kind}): ${text}`);
    },
  });
  file.close();
  return { found: found ?? [], noted: noted ?? [], lines: lines ?? [], verdict };
}
