import { join } from 'node:path';
import { PtyPort } from '../sim/pty-port.ts';
import { seededRandom } from '../sim/random.ts';
import { Wall } from '../sim/wall.ts';
import { readWallFile } from '../sim/wall-file.ts';
import { FineClock } from './fine-clock.ts';

/**
 * A wall of boards behind pseudo terminals, as `npm run sim` shows it, but with wires that keep
 * time to a fraction of a millisecond. Arguments: the wall file and the folder for the links.
 */
const [wallFile = '', folder = ''] = process.argv.slice(2);
const wall = new Wall(new FineClock(), seededRandom(1), readWallFile(wallFile));
const ports = wall.buses.map(({ name, wire }) => new PtyPort(wire, join(folder, name)));
process.once('SIGTERM', () => {
  for (const port of ports) port.unplug();
});
console.log('the wall stands');
