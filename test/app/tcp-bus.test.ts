import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { EmbeddedKiosk } from '../../sim/embedded.ts';
import { RealClock } from '../../sim/real-clock.ts';
import { createLog } from '../../src/platform/log.ts';
import { scratchFolder } from './bench-kiosk.ts';
import { site } from './commission-bench.ts';

const SERVING_MS_MAX = 10_000;

test(
  'a kiosk reaches a bus through a gateway in the network',
  async () => {
    const sockets: Socket[] = [];
    const gateway = createServer((socket) => sockets.push(socket));
    await new Promise<void>((listening) => gateway.listen(0, '127.0.0.1', listening));
    const { port } = gateway.address() as AddressInfo;
    const name = `tcp://127.0.0.1:${port}`;
    const kiosk = new EmbeddedKiosk({
      clock: new RealClock(),
      config: site({ ports: [name] }),
      folder: scratchFolder(),
      seed: 1,
      log: createLog('error', { write: () => {} }),
      baud: 115_200,
      serial: true,
    });
    const { wire } = kiosk.wall.bus(name);
    gateway.on('connection', (socket) => {
      wire.connect((bytes) => socket.write(bytes));
      socket.on('data', (bytes) => wire.send(bytes));
      socket.on('error', () => undefined);
    });
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      gateway.close();
    });
    kiosk.start();
    await vi.waitFor(() => expect(kiosk.isServing).toBe(true), SERVING_MS_MAX);
    expect(kiosk.app.supervisor.all().every((slot) => slot.board === 'ok')).toBe(true);
    expect(kiosk.app.busReport().join('\n')).toMatch(/board A online: sent \d+, answered \d+/);
    await new Promise<void>((stopped) => kiosk.app.stop(stopped));
  },
  SERVING_MS_MAX,
);
