import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { afterAll } from 'vitest';
import { apiBench } from '../api/api-bench.ts';
import { PIN, scratchFolder } from '../app/bench-kiosk.ts';
import type { Ended } from './shell.ts';

const SHELL = new URL('shell.ts', import.meta.url).pathname;

let shell: ChildProcess | null = null;
afterAll(() => void shell?.kill());

/** `lockerctl` with the daemon whose sockets are in that folder. */
export function lockerctlAt(folder: string) {
  const env = { LOCKERD_API: folder, XDG_RUNTIME_DIR: scratchFolder() };
  shell ??= fork(SHELL, { stdio: ['pipe', 'ignore', 'ignore', 'ipc'] });
  const there = shell;
  return async (words: string, input = '') => {
    there.stdin?.write(input);
    there.send({ args: words.split(' '), env });
    const [{ status, stdout, stderr }] = (await once(there, 'message')) as [Ended];
    return { status, stdout, stderr, said: stdout + stderr };
  };
}

/** A kiosk, a technician or admin at its terminal, and what `lockerctl` answers there. */
export async function atTheTerminal(role: 'technician' | 'admin' = 'technician') {
  const { bench, folder } = await apiBench();
  const { staff } = await bench.app.people.addUpkeeper(role, PIN);
  return { bench, folder, lockerctl: lockerctlAt(folder), login: `${staff}\n${PIN}\n` };
}
