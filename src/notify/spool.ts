import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../control/ports.ts';
import type { Message, Transport } from './message.ts';

/**
 * For trials: each message becomes a file `ID.txt` in the folder, for its owner only. The files
 * hold codes in the clear. Accepted means on disk, since the queue wipes its copy then; a message
 * that is there already is accepted without being written again.
 */
export function spool(folder: string, log: Log): Transport {
  return {
    send(to, message, told) {
      const { id } = message;
      if (!/^[\w-]+$/.test(id)) throw new RangeError(`message id "${id}" as a file`);
      try {
        deliver(folder, to, message);
      } catch (error) {
        log.warn('notice not spooled', { notice: id, error });
        return told('down', 'folder');
      }
      told('accepted');
    },
    probe(answered) {
      let ok = true;
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        accessSync(folder, constants.W_OK);
      } catch {
        ok = false;
      }
      answered(ok);
    },
  };
}

function deliver(folder: string, to: string, { id, subject, text, grant }: Message): void {
  const path = join(folder, `${id}.txt`);
  if (existsSync(path)) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `.${id}.new`);
  // An interrupted try may have left half a message under this name.
  rmSync(draft, { force: true });
  const file = openSync(draft, 'wx', 0o600);
  const code = grant === undefined ? '' : `\nQR code: ${grant}\n`;
  withFile(file, () => writeFileSync(file, `To: ${to}\nSubject: ${subject}\n\n${text}${code}`));
  renameSync(draft, path);
  withFile(openSync(folder, 'r'), () => {});
}

/** Does the work on the open file, brings it to disk and closes it. */
function withFile(file: number, work: () => void): void {
  try {
    work();
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
