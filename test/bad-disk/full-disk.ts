import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fillDisk } from './fill-disk.ts';
import { Street } from './street.ts';
import { check, play, wrongThings } from './verdicts.ts';

/**
 * The real daemon on a small disk that somebody fills. The argument is the folder to work in, which
 * is that disk. Status 1 when something is not as it should be.
 */
const [folder = ''] = process.argv.slice(2);
const FILLER = join(folder, 'filler');

await play('a disk without room for one byte more', fullDisk);
if (wrongThings() > 0) process.exitCode = 1;

async function fullDisk(): Promise<void> {
  const street = new Street(folder);
  const daemon = await street.start();
  try {
    const before = await street.drop(daemon);
    fillDisk(FILLER);
    const from = daemon.said.length;
    await street.courierNames(daemon);
    daemon.type('1');
    await daemon.says('takes no parcels just now', from);
    const reference = /Reference:? +[A-Z0-9]{6}/.test(daemon.said.slice(from));
    check('a drop is refused, with a reference', reference);
    check('no lock was pulsed for it', (await street.pulses()) === 1);
    daemon.type('#***');
    await street.collect(daemon, before);
    check('a parcel that was stored before is collected', true);
    rmSync(FILLER);
    const later = await street.drop(daemon);
    check('with room again a parcel is taken in', true);
    await street.collect(daemon, later, () => fillDisk(FILLER));
    check('it is collected though the disk fills while its door is open', true);
    check('each drop and pickup was one pulse', (await street.pulses()) === 4);
  } finally {
    for (const program of [street.wall, daemon]) program.kill();
  }
}
