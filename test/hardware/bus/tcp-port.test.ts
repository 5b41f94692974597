import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TCP_UNHEARD_WRITES_MAX } from '../../../hardware/bus/limits.ts';
import { Bus, type BytePort, PortError, tcpPort } from '../../../hardware/index.ts';
import { seededRandom } from '../../../sim/random.ts';
import { RealClock } from '../../../sim/real-clock.ts';
import { Wall } from '../../../sim/wall.ts';
import { LINE } from '../bench-bus.ts';

const ALL_BYTES = Uint8Array.from({ length: 256 }, (_, value) => value);

let server: Server;
let peers: Socket[];
let atPeer: number[];

beforeEach(async () => {
  peers = [];
  atPeer = [];
  server = createServer({ noDelay: true }, (socket) => {
    peers.push(socket);
    socket.on('data', (bytes) => atPeer.push(...bytes));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});

afterEach(() => {
  for (const peer of peers) peer.destroy();
  server.close();
});

const portOf = (listener: Server): number => (listener.address() as AddressInfo).port;

interface Opened {
  port: BytePort | undefined;
  readonly bytes: number[];
  readonly lost: Error[];
}

function start(port: number): Opened {
  const opened: Opened = { port: undefined, bytes: [], lost: [] };
  tcpPort(
    '127.0.0.1',
    port,
  )({
    opened: (pipe) => {
      opened.port = pipe;
    },
    bytes: (chunk) => opened.bytes.push(...chunk),
    lost: (error) => opened.lost.push(error),
  });
  return opened;
}

const ready = (opened: Opened): Promise<BytePort> =>
  vi.waitFor(() => {
    if (!opened.port || peers.length === 0) throw new Error('not open yet');
    return opened.port;
  });

test('every byte passes unchanged both ways, and written is called once', async () => {
  const opened = start(portOf(server));
  const port = await ready(opened);
  const written: (Error | undefined)[] = [];
  port.write(ALL_BYTES, (error) => written.push(error));
  peers[0]?.write(ALL_BYTES);
  await vi.waitFor(() => {
    expect(atPeer).toEqual([...ALL_BYTES]);
    expect(opened.bytes).toEqual([...ALL_BYTES]);
    expect(written).toEqual([undefined]);
  });
  port.close();
  port.close();
  expect(opened.lost).toEqual([]);
});

test('a gateway that takes no connection is lost once, as one that cannot be opened', async () => {
  const free = portOf(server);
  await new Promise((closed) => server.close(closed));
  const opened = start(free);
  await vi.waitFor(() => expect(opened.lost.length).toBe(1));
  expect(opened.lost[0]).toBeInstanceOf(PortError);
  expect(opened.lost[0]).toMatchObject({ kind: 'cannot-open' });
  expect(opened.lost[0]?.message).toContain(`tcp://127.0.0.1:${free}`);
  expect(opened.port).toBeUndefined();
});

test.each([
  ['ends the connection', (peer: Socket) => peer.end()],
  ['resets it', (peer: Socket) => peer.resetAndDestroy()],
])('a gateway that %s is lost once, and nothing is written to it any more', async (_, drop) => {
  const opened = start(portOf(server));
  const port = await ready(opened);
  for (const peer of peers) drop(peer);
  await vi.waitFor(() => expect(opened.lost.length).toBe(1));
  const written: (Error | undefined)[] = [];
  port.write(ALL_BYTES, (error) => written.push(error));
  expect(written[0]).toBeInstanceOf(PortError);
  port.close();
  expect(opened.lost.length).toBe(1);
});

test('a closed connection calls no handler any more', async () => {
  const opened = start(portOf(server));
  (await ready(opened)).close();
  peers[0]?.write(ALL_BYTES);
  await vi.waitFor(() => expect(peers[0]?.destroyed).toBe(true));
  expect(opened.bytes).toEqual([]);
  expect(opened.lost).toEqual([]);
});

test('R21 a connection that fell silent is given up, with what it may still hold', async () => {
  const opened = start(portOf(server));
  const port = await ready(opened);
  peers[0]?.write('heard');
  await vi.waitFor(() => expect(opened.bytes.length).toBe(5));
  const written: (Error | undefined)[] = [];
  for (let count = 0; count < TCP_UNHEARD_WRITES_MAX; count += 1) {
    port.write(Uint8Array.of(count), (error) => written.push(error));
  }
  expect(opened.lost).toEqual([]);
  port.write(Uint8Array.of(99), (error) => written.push(error));
  expect(written.filter((error) => error instanceof PortError)).toHaveLength(1);
  expect(opened.lost).toHaveLength(1);
  await vi.waitFor(() => expect(peers[0]?.destroyed).toBe(true));
  expect(atPeer).not.toContain(99);
});

test('a connection that was never heard stays: its boards are silent', async () => {
  const opened = start(portOf(server));
  const port = await ready(opened);
  const writes = 2 * TCP_UNHEARD_WRITES_MAX;
  for (let count = 0; count < writes; count += 1) port.write(Uint8Array.of(count), () => undefined);
  await vi.waitFor(() => expect(atPeer.length).toBe(writes));
  expect(opened.lost).toEqual([]);
});

test('a bus behind a gateway reads its board and opens a door of it', async () => {
  const clock = new RealClock();
  const board = { id: 'A', address: 1, family: 'line', channels: 4, occupancy: false } as const;
  const plan = { buses: [{ name: 'main', baud: 115_200, boards: [board] }] };
  const wall = new Wall(clock, seededRandom(1), plan);
  const { wire } = wall.bus('main');
  server.on('connection', (socket) => {
    wire.connect((bytes) => socket.write(bytes));
    socket.on('data', (bytes) => wire.send(bytes));
  });
  const health: string[] = [];
  const open: boolean[] = [];
  const bus = new Bus({
    ...{ name: 'far', baud: 115_200, clock, firstId: 7, replyMarginMs: 250 },
    open: tcpPort('127.0.0.1', portOf(server)),
    boards: [{ id: 'A', address: 1, family: LINE, channels: 4 }],
    on: {
      reading: (_board, { contacts }) => open.push(contacts[1] === false),
      health: (_board, name) => health.push(name),
      port: () => undefined,
      noise: () => undefined,
    },
  });
  bus.start();
  await vi.waitFor(() => expect(health.at(-1)).toBe('online'), 5_000);
  const wanted = () => true;
  bus.unlock({ board: 'A', channel: 2, pulseMs: 300, wanted, done: () => undefined });
  await vi.waitFor(() => expect(open.at(-1)).toBe(true), 5_000);
  await new Promise<void>((stopped) => bus.stop(stopped));
});
