import { request } from 'node:http';
import { socketPath } from '../src/config/socket-path.ts';

/** Watches the slots of a kiosk often at once. Arguments: the folder of its sockets, how often. */
const [folder = '', count = '1'] = process.argv.slice(2);
let begun = 0;
let bytes = 0;
for (let watcher = 0; watcher < Number(count); watcher += 1) {
  const socket = { socketPath: socketPath(folder, 'ro'), path: '/slots/stream', agent: false };
  const call = request(socket, (stream) => {
    stream.once('data', () => {
      begun += 1;
      if (begun === Number(count)) console.log('all watch');
    });
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    stream.on('close', () => process.exit(1));
  });
  call.end();
}
process.once('SIGTERM', () => {
  console.log(`${bytes} bytes`);
  process.exit(0);
});
