import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { CONNECTIONS_MAX, ROWS_MAX, STREAMS_MAX } from '../../src/api/limits.ts';
import type { Role } from '../../src/api/route.ts';
import type { Shown } from '../../src/api/shapes.ts';
import { socketPath } from '../../src/config/socket-path.ts';
import { apiBench, streamOf } from './api-bench.ts';

it('R26 I13 readers who take every stream of theirs leave the keypad its own', async () => {
  const { folder, ask } = await apiBench();
  const readers = Array.from({ length: STREAMS_MAX }, () =>
    streamOf(folder, 'ro', '/slots/stream'),
  );
  await Promise.all(readers.map((reader) => reader.next()));
  expect((await ask('ro', 'GET', '/slots/stream')).status).toBe(503);
  const panel = streamOf(folder, 'panel', '/screen');
  expect((await panel.next<Shown>()).screen.title).not.toBe('');
  for (const one of [...readers, panel]) one.close();
});

it('I13 a stream begins at most one page of rows back', async () => {
  const { bench, ask } = await apiBench();
  const { store, upkeep } = bench.app;
  const person = await bench.courier();
  store.transaction(() => {
    for (let row = 0; row <= ROWS_MAX; row += 1) {
      upkeep.roundEnded(person, { looked: 0, skipped: 0 });
    }
  });
  expect(await ask('ro', 'GET', '/events/stream?after=0')).toMatchObject({ status: 409 });
});

it('D7 nobody steers a panel by guessing what it is called', async () => {
  const { folder, ask } = await apiBench();
  const mine = streamOf(folder, 'panel', '/screen');
  const other = streamOf(folder, 'panel', '/screen');
  const { panel } = await mine.next<Shown>();
  const { panel: another } = await other.next<Shown>();
  expect(panel).not.toBe(another);
  for (const guess of ['0', '1', '2', '3']) {
    expect((await ask('panel', 'POST', `/panels/${guess}/keys`, { key: '1' })).status).toBe(404);
  }
  for (const stream of [mine, other]) stream.close();
});

it('I13 too many connections to one socket are turned away, and the others serve', async () => {
  const { folder, ask } = await apiBench();
  await Promise.all(Array.from({ length: CONNECTIONS_MAX }, () => knock(folder, 'ro')));
  const late = await knock(folder, 'ro');
  await once(late, 'close');
  expect((await ask('ctl', 'GET', '/status')).status).toBe(200);
});

async function knock(folder: string, role: Role) {
  const socket = connect(socketPath(folder, role));
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}
