import { Bus, type OpenBytePort } from '../hardware/index.ts';
import { MemoryPort } from '../sim/memory-port.ts';
import { seededRandom } from '../sim/random.ts';
import { VirtualClock } from '../sim/virtual-clock.ts';
import { Wall } from '../sim/wall.ts';
import { boardsOf, familyOf, type Plant, wallBusOf } from './plant.ts';
import { median } from './row.ts';

const BUS = 'bus';
const SEED = 1;
const SETTLE_MS = 10_000;
/** The pulse before has ended, its lock has rested and its board is no longer watched. */
const REST_MS = 6_000;
const JITTER_MS = 1_000;

/** From the call to the first byte of the unlock on the wire, while all boards are polled. */
export function unlockWaits(
  plant: Plant,
  count: number,
): { readonly waitsMs: readonly number[]; readonly exchangeMs: number } {
  const clock = new VirtualClock();
  const random = seededRandom(SEED);
  const wall = new Wall(clock, random, { buses: [wallBusOf(plant, BUS)] });
  const writtenMs: number[] = [];
  const port = new MemoryPort(clock, wall.bus(BUS).wire);
  const on = { reading() {}, health() {}, port() {}, noise() {} };
  const bus = new Bus({
    ...{ name: BUS, baud: plant.baud, clock, firstId: 1, boards: boardsOf(plant), on },
    open: watched(port.open, () => writtenMs.push(clock.monoMs())),
  });
  bus.start();
  clock.advance(SETTLE_MS);
  const exchangeMs = median(
    writtenMs.slice(1).map((atMs, index) => atMs - (writtenMs[index] ?? 0)),
  );
  const waitsMs: number[] = [];
  for (let unlock = 0; unlock < count; unlock += 1) {
    clock.advance(REST_MS + random.int(JITTER_MS * 1_000) / 1_000);
    const board = String(1 + random.int(plant.boards));
    const channel = 1 + random.int(plant.channels);
    const calledMs = clock.monoMs();
    // The bus asks whether the unlock is still wanted, and writes it in the same instant.
    const wanted = (): boolean => {
      waitsMs.push(clock.monoMs() - calledMs);
      return true;
    };
    bus.unlock({ board, channel, pulseMs: pulseOf(plant), wanted, done: () => {} });
  }
  clock.advance(REST_MS);
  return { waitsMs, exchangeMs };
}

function pulseOf(plant: Plant): number {
  const { min, only } = familyOf(plant).pulseMs;
  return only?.[0] ?? min;
}

/** The port, with the time of each write told. */
function watched(open: OpenBytePort, wrote: () => void): OpenBytePort {
  return (handlers) =>
    open({
      ...handlers,
      opened: (port) =>
        handlers.opened({
          write: (bytes, written) => {
            wrote();
            port.write(bytes, written);
          },
          close: () => port.close(),
        }),
    });
}
