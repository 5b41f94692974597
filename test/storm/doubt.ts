import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { breakages, namedFor } from './breakages.ts';

/** Puts fault after fault into a storm's kiosk; the status is not 0 when one goes unnoticed. */
const folder = mkdtempSync(join(tmpdir(), 'lockerd-doubt-'));
let caught = 0;
for (const breakage of breakages) {
  const named = await namedFor(breakage, folder);
  const isCaught = named.at(-1) === breakage.rule;
  if (isCaught) caught += 1;
  const how = isCaught ? `${breakage.rule} is named` : `NOT NOTICED: ${named.join(', ')}`;
  process.stdout.write(`${breakage.what}: ${how}, storm ${named.length}\n`);
}
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`storm: ${caught} of ${breakages.length} faults are noticed\n`);
process.exitCode = caught === breakages.length ? 0 : 1;
