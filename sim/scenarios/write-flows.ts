import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flowsDocument } from './flows.ts';
import { CHAPTERS } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'lockerd-flows-'));
try {
  writeFileSync('docs/FLOWS.md', await flowsDocument(CHAPTERS, folder));
} finally {
  rmSync(folder, { recursive: true });
}
