import { closeSync, openSync, writeSync } from 'node:fs';

/** Writes into the file until not one byte more goes onto its disk. */
export function fillDisk(path: string): void {
  const file = openSync(path, 'a');
  for (const bytes of [65_536, 4_096, 1]) {
    for (;;) {
      try {
        writeSync(file, Buffer.alloc(bytes, 1));
      } catch {
        break;
      }
    }
  }
  closeSync(file);
}
