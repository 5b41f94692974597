import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SerialPort } from 'serialport';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PtyPort } from '../../sim/pty-port.ts';
import { seededRandom } from '../../sim/random.ts';
import { RealClock } from '../../sim/real-clock.ts';
import { Wall } from '../../sim/wall.ts';
import { goodReplies, line } from './workbench.ts';

const BOARD = { id: 'A', address: 1, family: 'line', channels: 4, occupancy: true } as const;

let folder: string;
let wall: Wall;
let pty: PtyPort;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockerd-pty-'));
  const plan = { buses: [{ name: 'main', baud: 115_200, boards: [BOARD] }] };
  wall = new Wall(new RealClock(), seededRandom(1), plan);
  pty = new PtyPort(wall.bus('main').wire, join(folder, 'links', 'main'));
});

afterEach(() => {
  pty.unplug();
  rmSync(folder, { recursive: true });
});

/** Opens the terminal as the controller does, and collects what it hears. */
async function openSerial() {
  const port = new SerialPort({ path: pty.linkPath, baudRate: 115_200, autoOpen: false });
  let text = '';
  let isClosed = false;
  port.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
  });
  port.on('close', () => {
    isClosed = true;
  });
  port.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    port.open((error) => (error === null ? resolve() : reject(error)));
  });
  return { port, text: () => text, isClosed: () => isClosed };
}

async function status(serial: { port: SerialPort; text: () => string }, id: number) {
  serial.port.write(line('S', id));
  const ids = () => goodReplies(serial.text()).map((reply) => reply.id);
  await vi.waitFor(() => expect(ids()).toContain(id), 2_000);
}

test('real bytes go through a real terminal both ways, without echo or change', async () => {
  const serial = await openSerial();
  await status(serial, 1);
  expect(serial.text()).toMatch(/^<01 0001 S 0001 F 0 0000\*[\dA-F]{4}\n$/);
  const stranger = wall.bus('main').wire.attach(() => undefined);
  const everyByte = Uint8Array.from({ length: 256 }, (_, index) => index);
  stranger(everyByte);
  const heard = () => Buffer.from(serial.text().slice(-256), 'latin1');
  await vi.waitFor(() => expect([...heard()]).toEqual([...everyByte]), 2_000);
  await new Promise<void>((resolve) => serial.port.close(() => resolve()));
});

test('every byte that the controller sends reaches the wire as it is', async () => {
  const overheard: number[] = [];
  wall.bus('main').wire.attach((bytes) => overheard.push(...bytes));
  const serial = await openSerial();
  const everyByte = Uint8Array.from({ length: 256 }, (_, index) => index);
  serial.port.write(everyByte);
  await vi.waitFor(() => expect(overheard).toEqual([...everyByte]), 2_000);
  await new Promise<void>((resolve) => serial.port.close(() => resolve()));
});

test('nothing loops before anyone opens it, and the path outlives a close', async () => {
  const overheard: number[] = [];
  const say = wall.bus('main').wire.attach((bytes) => overheard.push(...bytes));
  say(Buffer.from('hello\r\n'));
  const path = pty.path;
  for (const id of [1, 2, 3]) {
    const serial = await openSerial();
    await status(serial, id);
    await new Promise<void>((resolve) => serial.port.close(() => resolve()));
  }
  expect(pty.path).toBe(path);
  expect(Buffer.from(overheard).toString()).not.toContain('hello');
});

test('unplugged: the controller loses the port, and finds a new one by the same name', async () => {
  const serial = await openSerial();
  await status(serial, 1);
  pty.unplug();
  await vi.waitFor(() => expect(serial.isClosed()).toBe(true), 2_000);
  expect(pty.path).toBeUndefined();
  expect(existsSync(pty.linkPath)).toBe(false);
  await expect(openSerial()).rejects.toThrow();
  pty.replug();
  const again = await openSerial();
  await status(again, 2);
  await new Promise<void>((resolve) => again.port.close(() => resolve()));
});
