import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { CONNECTIONS_MAX, ROWS_MAX, STREAMS_MAX } from '../../src/api/limits.ts';
import { type Role, route } from '../../src/api/route.ts';
import { ApiServer } from '../../src/api/server.ts';
import type { Shown } from '../../src/api/shapes.ts';
import { socketPath } from '../../src/config/socket-path.ts';
import { createLog } from '../../src/platform/log.ts';
import { scratchFolder } from '../app/bench-kiosk.ts';
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

it('I13 who takes nothing of a long reply is cut off, and who waits for one is not', async () => {
  const folder = scratchFolder();
  const unreadMaxMs = 150;
  const told = { path: '/trace', summary: 'a long one', type: 'text/plain' } as const;
  const long = route({
    ...{ ...told, method: 'GET', role: 'ro', reply: z.string() },
    once: async () => {
      await pause(2 * unreadMaxMs);
      return 'x'.repeat(16_000_000);
    },
  });
  const log = createLog('error', { write: () => {} });
  const around = { log, uidOf: () => null, metricsPort: undefined, unreadMaxMs };
  const pathOf = (role: Role) => socketPath(folder, role);
  const server = new ApiServer({ ...around, pathOf }, [long]);
  await server.listen();
  onTestFinished(() => server.close());
  const ask = () => {
    const socket = connect(pathOf('ro'));
    socket.write('GET /trace HTTP/1.1\r\nHost: x\r\n\r\n');
    return socket;
  };
  const reader = ask();
  let taken = 0;
  for await (const piece of reader) {
    taken += piece.length;
    if (taken > 16_000_000) break;
  }
  expect(taken).toBeGreaterThan(16_000_000);
  const sleeper = ask();
  await once(sleeper, 'readable');
  await pause(4 * unreadMaxMs);
  let left = 0;
  for await (const piece of sleeper) left += piece.length;
  expect(left).toBeLessThan(16_000_000);
});
