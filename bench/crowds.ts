import { COIL_REST_MS, PULSE_MS } from '../hardware/bus/limits.ts';
import type { BytePort, OpenBytePort } from '../hardware/index.ts';
import type { Wall } from '../sim/wall.ts';
import { freshFolder } from './folder.ts';
import type { LeapClock } from './leap-clock.ts';
import { PickupSite } from './pickup-site.ts';
import type { Plant } from './plant.ts';
import { atLeast, type Row } from './row.ts';
import type { Say } from './say.ts';

const PEOPLE = 100;
const BITS_PER_BYTE = 10;
const SHARE_MIN = 0.9;
const MINUTE_MS = 60_000;
/** One bus, and so one supply: one lock at a time. Boards as large as they come. */
const PLANTS: readonly Plant[] = [
  { family: 'line', baud: 115_200, boards: 3, channels: 48 },
  { family: 'kerong-cu16', baud: 19_200, boards: 7, channels: 16 },
  { family: 'kerong-cu48', baud: 19_200, boards: 3, channels: 48 },
  { family: 'shuoming-8a', baud: 9_600, boards: 5, channels: 24 },
  { family: 'waveshare-relay-d', baud: 9_600, boards: 13, channels: 8 },
];

/**
 * A hundred people at once, each in a session of their own, through one bus of each family: how
 * near the pickups come to what pulse, reply and rest of the supply allow. In the kiosk's own time,
 * with wires that take theirs, so that it is exact.
 */
export async function crowds(say: Say): Promise<Row[]> {
  const rows: Row[] = [];
  for (const plant of PLANTS) rows.push(await crowd(plant, say));
  return rows;
}

async function crowd(plant: Plant, say: Say): Promise<Row> {
  const exchanges: Exchange[] = [];
  const site = new PickupSite(freshFolder('crowds'), { buses: 1, ...plant }, (open, wall, clock) =>
    witnessed(open, wall, clock, exchanges),
  );
  const courier = await site.courier();
  say(`${plant.family}: storing ${PEOPLE} parcels`);
  const stored = Array.from({ length: PEOPLE }, () => site.store(courier));
  site.rest();
  exchanges.length = 0;
  site.crowd(stored);
  await site.stop();
  const unlocks = exchanges.filter(({ pulses }) => pulses > 0);
  const [first, last] = [unlocks[0], unlocks.at(-1)];
  const everyMs = ((last?.atMs ?? 0) - (first?.atMs ?? 0)) / (unlocks.length - 1);
  const leastMs = PULSE_MS + replyMs(plant, exchanges) + COIL_REST_MS;
  say(`${plant.family}: a pulse every ${everyMs.toFixed(1)} ms, ${leastMs.toFixed(1)} ms at least`);
  const perMin = [everyMs, leastMs].map((ms) => (MINUTE_MS / ms).toFixed(1));
  say(`${plant.family}: ${perMin[0]} pickups per min of ${perMin[1]}`);
  return atLeast(`pickups at the limit, ${plant.family}`, leastMs / everyMs, 'of 1', SHARE_MIN);
}

/**
 * What the wire and the board need for request and reply, the pulse not counted where the reply
 * comes after it. Where none comes, the reading that follows is what shows that the unlock arrived.
 */
function replyMs({ baud }: Plant, exchanges: readonly Exchange[]): number {
  const least = (all: readonly Exchange[]): number =>
    Math.min(...all.filter(isHeard).map(({ atMs, heardMs }) => heardMs - atMs));
  const unlocks = exchanges.filter(({ pulses }) => pulses > 0);
  if (unlocks.some(isHeard)) {
    const ms = least(unlocks);
    return ms > PULSE_MS ? ms - PULSE_MS : ms;
  }
  return wireMs(unlocks[0]?.bytes ?? 0, baud) + least(exchanges);
}

const isHeard = ({ heardMs }: Exchange): boolean => heardMs > 0;
const wireMs = (bytes: number, baud: number): number => (bytes * BITS_PER_BYTE * 1_000) / baud;

/** A request, the pulses that began before the next one, and when the last byte came back. */
interface Exchange {
  readonly atMs: number;
  readonly bytes: number;
  pulses: number;
  heardMs: number;
}

/** A port that notes what passes. */
function witnessed(
  open: OpenBytePort,
  wall: Wall,
  clock: LeapClock,
  exchanges: Exchange[],
): OpenBytePort {
  for (const board of wall.boards) {
    board.watch(({ kind }) => {
      const last = exchanges.at(-1);
      if (kind === 'pulse' && last !== undefined) last.pulses += 1;
    });
  }
  const noted = (port: BytePort): BytePort => ({
    close: () => port.close(),
    write: (bytes, written) => {
      exchanges.push({ atMs: clock.monoMs(), bytes: bytes.length, pulses: 0, heardMs: 0 });
      port.write(bytes, written);
    },
  });
  return (handlers) =>
    open({
      ...handlers,
      opened: (port) => handlers.opened(noted(port)),
      bytes: (chunk) => {
        const last = exchanges.at(-1);
        if (last !== undefined) last.heardMs = clock.monoMs();
        handlers.bytes(chunk);
      },
    });
}
