import { SerialPort } from 'serialport';
import { Bus, serialPort } from '../hardware/index.ts';
import { PtyPort } from '../sim/pty-port.ts';
import { seededRandom } from '../sim/random.ts';
import { RealClock } from '../sim/real-clock.ts';
import { Wall } from '../sim/wall.ts';
import { benchPath } from './folder.ts';
import { line } from './line.ts';
import { atMost, median, type Row } from './row.ts';
import type { Say } from './say.ts';

const EXCHANGES = 60;
const ROUNDS = 5;
const CHANNELS = 16;
const OVERHEAD_MAX = 1.03;

/**
 * Time per status exchange through the bus master, beside a bare loop that writes one request,
 * waits for the newline and writes the next, on the same paced wire behind a pseudo terminal.
 */
export async function exchangeOverhead(say: Say): Promise<Row[]> {
  const rows: Row[] = [];
  for (const baud of [9_600, 19_200]) {
    const bare: number[] = [];
    const bus: number[] = [];
    say(`${ROUNDS} × 2 × ${EXCHANGES} exchanges at ${baud} baud`);
    for (let round = 0; round < ROUNDS; round += 1) {
      bare.push(await onWall(baud, bareLoop));
      bus.push(await onWall(baud, busLoop));
    }
    const name = `exchange at ${baud} baud`;
    rows.push(atMost(name, median(bus), 'ms', median(bare) * OVERHEAD_MAX));
  }
  return rows;
}

type Loop = (path: string, baud: number) => Promise<number>;

async function onWall(baud: number, loop: Loop): Promise<number> {
  const clock = new RealClock();
  const board = { id: 'A', address: 1, family: 'line', channels: CHANNELS, occupancy: false };
  const wall = new Wall(clock, seededRandom(1), {
    buses: [{ name: 'main', baud, boards: [{ ...board, family: 'line' as const }] }],
  });
  const port = new PtyPort(wall.bus('main').wire, benchPath(`exchange-${baud}`));
  try {
    return await loop(port.linkPath, baud);
  } finally {
    port.unplug();
  }
}

const bareLoop: Loop = (path, baud) =>
  new Promise((resolve, reject) => {
    const dialect = line().dialect(1);
    const request = { kind: 'status', channels: CHANNELS } as const;
    const port = new SerialPort({ path, baudRate: baud, lock: false });
    let startedMs = 0;
    let done = -1;
    port.on('error', reject);
    const next = (): void => {
      done += 1;
      if (done === 0) startedMs = performance.now();
      if (done < EXCHANGES) return void port.write(Buffer.from(dialect.ask(1, request)));
      port.close(() => resolve((performance.now() - startedMs) / EXCHANGES));
    };
    port.on('open', next);
    port.on('data', (bytes: Buffer) => {
      if (bytes.includes('\n')) next();
    });
  });

const busLoop: Loop = (path, baud) =>
  new Promise((resolve, reject) => {
    let startedMs = 0;
    let done = -1;
    const bus = new Bus({
      name: 'bench',
      open: serialPort(path, baud),
      baud,
      clock: new RealClock(),
      firstId: 1,
      idlePollMs: 1,
      boards: [{ id: 'A', address: 1, family: line(), channels: CHANNELS }],
      on: {
        reading: () => {
          done += 1;
          if (done === 0) startedMs = performance.now();
          if (done < EXCHANGES) return;
          const perExchangeMs = (performance.now() - startedMs) / EXCHANGES;
          if (done === EXCHANGES) bus.stop(() => resolve(perExchangeMs));
        },
        health: () => {},
        port: (isUp, why) => isUp || reject(new Error(`the port of the bench is lost: ${why}`)),
        noise: () => {},
      },
    });
    bus.start();
  });
