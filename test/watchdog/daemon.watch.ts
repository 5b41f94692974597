import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { run, simulatedSite } from '../app/daemon-bench.ts';
import { NotifySocket } from '../app/notify-socket.ts';

/** The real daemon under a notify socket, in real time (docs/TESTING.md, "The watchdog"). */

const LIMIT_MS = 4_000;
const EX_IOERR = 74;

async function watchedDaemon() {
  const { folder, config } = await simulatedSite();
  const socket = new NotifySocket();
  const environment = { NOTIFY_SOCKET: socket.path, WATCHDOG_USEC: `${LIMIT_MS * 1_000}` };
  const daemon = run(config, environment);
  await daemon.says('"serving"');
  return { folder, socket, daemon };
}

it('D8 it says READY, beats while all is well, and says STOPPING', async () => {
  const { socket, daemon } = await watchedDaemon();
  await expect.poll(() => socket.told()).toContain('READY=1');
  await pause(2 * LIMIT_MS);
  expect(socket.beats()).toBeGreaterThanOrEqual(5);
  daemon.child.kill('SIGTERM');
  expect(await daemon.ends()).toBe(0);
  expect(socket.told().at(-1)).toBe('STOPPING=1');
});

it('D8 what is ready can be told to stop, and has its sockets', async () => {
  const { folder, config } = await simulatedSite();
  writeFileSync(
    config,
    readFileSync(config, 'utf8').replace('[keys]', `[api]\nfolder = "${folder}/api"\n[keys]`),
  );
  const socket = new NotifySocket();
  const daemon = run(config, { NOTIFY_SOCKET: socket.path });
  while (!socket.told().includes('READY=1')) await pause(1);
  expect(existsSync(join(folder, 'api/ctl/ctl.sock'))).toBe(true);
  daemon.child.kill('SIGTERM');
  expect(await daemon.ends()).toBe(0);
});

it('D8 a loop that was blocked misses its beats, and the next one after it', async () => {
  const { socket, daemon } = await watchedDaemon();
  await pause(LIMIT_MS);
  socket.told();
  daemon.child.kill('SIGSTOP');
  await pause(LIMIT_MS);
  expect(socket.told()).toEqual([]);
  daemon.child.kill('SIGCONT');
  await expect.poll(() => socket.told()[0], { timeout: LIMIT_MS }).toMatch(/the loop was \d+ ms/);
  await expect.poll(() => socket.beats(), { timeout: LIMIT_MS }).toBeGreaterThan(0);
});

it('D8 with the database read-only it ends, and beats no more', async () => {
  const { folder, socket, daemon } = await watchedDaemon();
  await pause(LIMIT_MS);
  expect(socket.beats()).toBeGreaterThan(0);
  const log = ['-P', join(folder, 'lockerd.db-wal'), '-P', join(folder, 'lockerd.db')];
  const inject = ['-e', 'trace=pwrite64', '-e', 'inject=pwrite64:error=EROFS'];
  const strace = spawn('strace', ['-f', '-p', `${daemon.pid}`, ...inject, ...log]);
  onTestFinished(() => void strace.kill('SIGKILL'));
  await once(strace.stderr, 'data');
  socket.told();
  expect(await daemon.ends()).toBe(EX_IOERR);
  expect(daemon.said).toContain('the database cannot be relied on');
  socket.told();
  await pause(LIMIT_MS);
  expect(socket.told()).toEqual([]);
});
