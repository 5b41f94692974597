import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { flowsDocument } from '../../sim/scenarios/flows.ts';
import { CHAPTERS } from '../../sim/scenarios/index.ts';

const FLOWS_MAX_MS = 180_000;

test(
  'every scenario does what it says, and docs/FLOWS.md is its transcript (else: npm run flows)',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lockerd-flows-'));
    const played = await flowsDocument(CHAPTERS, folder).finally(() =>
      rmSync(folder, { recursive: true }),
    );
    expect(played).toBe(readFileSync('docs/FLOWS.md', 'utf8'));
  },
  FLOWS_MAX_MS,
);
