import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync } from 'node:fs';
import type { ReadStream } from 'node:tty';
import * as nodePty from '@lydell/node-pty';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type BytePort, PortError, serialPort } from '../../../hardware/index.ts';

/** What the library returns; its types leave `open` out. */
interface Pair {
  readonly master: ReadStream;
  readonly slave: ReadStream;
  readonly ptsName: string;
}

const { open } = nodePty as unknown as { open(options: { encoding: null }): Pair };

/** Every byte value, so that a terminal which is not raw would show. */
const ALL_BYTES = Uint8Array.from({ length: 256 }, (_, value) => value);

let pair: Pair;
let keepOpen: number;
let atMaster: number[];

beforeEach(() => {
  pair = open({ encoding: null });
  // Without any opener the master fails as soon as the port is closed.
  keepOpen = openSync(pair.ptsName, constants.O_RDWR | constants.O_NOCTTY);
  // The library's own end would take the bytes meant for the port.
  pair.slave.destroy();
  atMaster = [];
  pair.master.on('data', (bytes: Uint8Array) => atMaster.push(...bytes));
  pair.master.on('error', () => undefined);
});

afterEach(() => {
  pair.master.destroy();
  closeSync(keepOpen);
});

interface Opened {
  port: BytePort | undefined;
  readonly bytes: number[];
  readonly lost: Error[];
}

function start(path: string): Opened {
  const opened: Opened = { port: undefined, bytes: [], lost: [] };
  serialPort(
    path,
    115_200,
  )({
    opened: (port) => {
      opened.port = port;
    },
    bytes: (chunk) => opened.bytes.push(...chunk),
    lost: (error) => opened.lost.push(error),
  });
  return opened;
}

async function ready(opened: Opened): Promise<BytePort> {
  return vi.waitFor(() => {
    if (!opened.port) throw new Error('not open yet');
    return opened.port;
  });
}

test('every byte passes unchanged both ways, and written is called once', async () => {
  const opened = start(pair.ptsName);
  const port = await ready(opened);
  const written: (Error | undefined)[] = [];
  port.write(ALL_BYTES, (error) => written.push(error));
  pair.master.write(ALL_BYTES);
  await vi.waitFor(() => {
    expect(atMaster).toEqual([...ALL_BYTES]);
    expect(opened.bytes).toEqual([...ALL_BYTES]);
    expect(written).toEqual([undefined]);
  });
  port.close();
  expect(opened.lost).toEqual([]);
});

test('a port that is not there is lost once, as one that cannot be opened', async () => {
  const opened = start('/dev/no-such-port');
  await vi.waitFor(() => expect(opened.lost.length).toBe(1));
  expect(opened.lost[0]).toBeInstanceOf(PortError);
  expect(opened.lost[0]).toMatchObject({ kind: 'cannot-open' });
  expect(opened.lost[0]?.message).toContain('/dev/no-such-port');
  expect(opened.port).toBeUndefined();
});

test('a port that goes away is lost once, and nothing is written to it any more', async () => {
  const opened = start(pair.ptsName);
  const port = await ready(opened);
  pair.master.destroy();
  await vi.waitFor(() => expect(opened.lost.length).toBe(1));
  const written: (Error | undefined)[] = [];
  port.write(ALL_BYTES, (error) => written.push(error));
  expect(written[0]).toBeInstanceOf(PortError);
  port.close();
  port.close();
  expect(opened.lost.length).toBe(1);
});

test('a closed port can be opened again, and calls no handler after it was closed', async () => {
  const first = start(pair.ptsName);
  (await ready(first)).close();
  const second = await vi.waitFor(async () => {
    const opened = start(pair.ptsName);
    await ready(opened);
    return opened;
  });
  pair.master.write(ALL_BYTES);
  await vi.waitFor(() => expect(second.bytes.length).toBe(ALL_BYTES.length));
  expect(first.bytes).toEqual([]);
  expect(first.lost).toEqual([]);
  second.port?.close();
});

test('a second opener is turned away while the port is in use', async () => {
  const first = start(pair.ptsName);
  const port = await ready(first);
  const second = start(pair.ptsName);
  await vi.waitFor(() => expect(second.lost.length).toBe(1));
  expect(second.lost[0]).toMatchObject({ kind: 'cannot-open' });
  port.close();
});

test('an error of whoever takes the bytes ends the program as every other error does', async () => {
  const reader = new URL('throwing-reader.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [reader, pair.ptsName]);
  child.stdout.once('data', () => pair.master.write(ALL_BYTES));
  const [status, signal] = await once(child, 'exit');
  expect({ status, signal }).toEqual({ status: 1, signal: null });
});
