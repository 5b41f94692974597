import modbus from 'modbus-serial';
import { Bus, type OpenBytePort, serialPort } from '../hardware/index.ts';
import { sleep } from '../sim/real-clock.ts';
import { systemClock } from '../src/platform/clock.ts';
import { boardsOf, familyOf, type Plant } from './plant.ts';
import { median } from './row.ts';

/**
 * What one exchange took in a run of back-to-back polling, from one answer to the next, and the
 * bytes that it moved. The time is the median: a machine that others use too has long ones.
 */
export interface Pace {
  readonly msPerExchange: number;
  readonly bytesPerExchange: number;
}

/** Polls would only hold up the probes of the boards that are not in service yet. */
const IDLE_POLL_MS = 60_000;
/** Less than any exchange takes, so that every board is due at any time. */
const ACTIVE_POLL_MS = 1;
const HURRY_MS = 600_000;
/** Exchanges before the measured ones. */
const WARM_EXCHANGES = 8;
/** Modbus: eight inputs from the first on. */
const INPUTS = 8;
const PEER_TIMEOUT_MS = 500;
const SETTLE_MS = 50;
/** The runtime's timers fire up to so much early; without it the peer's requests go unheard. */
const TIMER_EARLY_MS = 1;

/** `count` exchanges of the bus master, once all boards are in service. */
export function pollWithBus(path: string, plant: Plant, count: number): Promise<Pace> {
  const meter = new Meter(count);
  return new Promise((resolve, reject) => {
    let online = 0;
    let ended = false;
    const bus: Bus = new Bus({
      ...{ name: 'bench', baud: plant.baud, clock: systemClock(), firstId: 1 },
      open: counted(serialPort(path, plant.baud), meter),
      ...{ boards: boardsOf(plant), idlePollMs: IDLE_POLL_MS, activePollMs: ACTIVE_POLL_MS },
      on: {
        reading: () => {
          if (ended || online < plant.boards) return;
          const pace = meter.exchangeEnded();
          if (pace === undefined) return;
          ended = true;
          bus.stop(() => resolve(pace));
        },
        health: (board, health, why) => {
          if (health === 'offline') reject(new Error(`board ${board} is offline: ${why}`));
          if (health !== 'online') return;
          online += 1;
          if (online < plant.boards) return;
          for (const { id } of boardsOf(plant)) bus.hurry(id, HURRY_MS);
        },
        port: (isUp, why) => isUp || reject(new Error(`the port of the bench is lost: ${why}`)),
        noise: () => {},
      },
    });
    bus.start();
  });
}

/** The same through modbus-serial, with the same silence after each answer. */
export async function pollWithPeer(path: string, plant: Plant, count: number): Promise<Pace> {
  const meter = new Meter(count);
  const client = new modbus.default();
  // Whoever polled before has just heard an answer, and boards want silence before a request.
  await sleep(SETTLE_MS);
  await client.connectRTUBuffered(path, { baudRate: plant.baud });
  client.setTimeout(PEER_TIMEOUT_MS);
  const { addresses, frameEndMs } = familyOf(plant);
  const { min } = addresses;
  const pauseMs = frameEndMs(plant.baud) + TIMER_EARLY_MS;
  for (;;) {
    for (let board = 0; board < plant.boards; board += 1) {
      client.setID(min + board);
      await client.readDiscreteInputs(0, INPUTS);
      meter.moved(REQUEST_BYTES + READING_BYTES);
      const pace = meter.exchangeEnded();
      if (pace !== undefined) {
        await new Promise<void>((resolve) => client.close(() => resolve()));
        return pace;
      }
      await sleep(pauseMs);
    }
  }
}

/** Modbus: a request for inputs, and the reply with eight of them. */
const REQUEST_BYTES = 8;
const READING_BYTES = 6;

/** Times exchanges and counts their bytes after the warm ones. */
class Meter {
  readonly #count: number;
  #warmLeft = WARM_EXCHANGES;
  #bytes = 0;
  #endedMs = 0;
  readonly #tookMs: number[] = [];

  constructor(count: number) {
    this.#count = count;
  }

  moved(bytes: number): void {
    this.#bytes += bytes;
  }

  /** The pace, with the last exchange that was to be measured. */
  exchangeEnded(): Pace | undefined {
    const nowMs = performance.now();
    this.#warmLeft -= 1;
    if (this.#warmLeft < 0) this.#tookMs.push(nowMs - this.#endedMs);
    else this.#bytes = 0;
    this.#endedMs = nowMs;
    if (this.#tookMs.length < this.#count) return undefined;
    return { msPerExchange: median(this.#tookMs), bytesPerExchange: this.#bytes / this.#count };
  }
}

/** The port, with the bytes of both directions told to the meter. */
function counted(open: OpenBytePort, meter: Meter): OpenBytePort {
  return ({ opened, bytes, lost }) =>
    open({
      lost,
      opened: (port) =>
        opened({
          write: (out, written) => {
            meter.moved(out.length);
            port.write(out, written);
          },
          close: () => port.close(),
        }),
      bytes: (chunk) => {
        meter.moved(chunk.length);
        bytes(chunk);
      },
    });
}
