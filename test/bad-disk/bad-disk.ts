import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder } from '../powercut/replay.ts';
import { Program } from './program.ts';
import { Street } from './street.ts';
import { check, play, wrongThings } from './verdicts.ts';

/**
 * The real daemon on a disk that fails, with a real wall and real keys (docs/TESTING.md, "Bad
 * disks").
 */
const ENDS_MS_MAX = 10_000;
/** EX_IOERR of sysexits.h. */
const EX_IOERR = 74;
/** The recipient's record, the reservation, the armed intent: each before the pulse. */
const FAILING_SYNCS = [1, 2, 3];

/** A file system of its own, which nobody else sees, and which needs no rights to make. */
const ON_SMALL_DISK = 'mount -t tmpfs -o size=8m none "$1" && exec "$0" "$2" "$1"';
const FULL_DISK = join(import.meta.dirname, 'full-disk.ts');

for (const sync of FAILING_SYNCS) {
  await inFolder((folder) =>
    play(`I/O error from sync ${sync} of a drop on`, () => badSync(folder, sync)),
  );
}
await inFolder(async (folder) => {
  const args = ['-rm', 'sh', '-c', ON_SMALL_DISK, process.execPath, folder, FULL_DISK];
  const { status } = spawnSync('unshare', args, { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
});
if (wrongThings() > 0) process.exitCode = 1;
const isWell = process.exitCode === undefined;
process.stdout.write(`bad-disk: ${isWell ? 'all as it should be' : 'see what says NO'}\n`);

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = newFolder();
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From one of the commits on that lead to an open door no sync of the database's log succeeds. */
async function badSync(folder: string, sync: number): Promise<void> {
  const street = new Street(folder);
  const daemon = await street.start();
  await street.courierNames(daemon);
  const log = ['-P', join(folder, 'lockerd.db-wal')];
  const inject = ['-e', 'trace=fsync', '-e', `inject=fsync:error=EIO:when=${sync}+`, ...log];
  const programs = [street.wall, daemon];
  const strace = new Program('strace', ['-f', '-p', String(daemon.pid), ...inject]);
  programs.push(strace);
  try {
    await strace.says('attached');
    const from = daemon.said.length;
    daemon.type('1');
    check('the daemon ends by itself', await daemon.ends(ENDS_MS_MAX));
    check(`its status is ${EX_IOERR}`, daemon.status === EX_IOERR);
    check('it says that the disk failed', /disk I\/O error/.test(daemon.said.slice(from)));
    check('no lock was pulsed', (await street.pulses()) === 0);
    const next = await street.start();
    programs.push(next);
    check('it serves again when the disk is well', next.said.includes('"serving"'));
    check('no lock was pulsed by the start', (await street.pulses()) === 0);
    await street.drop(next);
    check('and takes a parcel', (await street.pulses()) === 1);
  } finally {
    for (const program of programs) program.kill();
  }
}
