import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'smol-toml';
import { Child } from './child.ts';
import { freshFolder } from './folder.ts';
import { type Plant, wallBusOf, wireMs } from './plant.ts';
import { type Pace, pollWithBus, pollWithPeer } from './polling.ts';
import { atLeast, median, type Row } from './row.ts';
import type { Say } from './say.ts';

const FEW = 8;
const MANY = 32;
/** Exchanges in one run, besides those to warm up, and runs of each. */
const EXCHANGES = 32;
const RUNS = 5;
/** What modbus-serial is said to reach at these rates on a wire of its own. */
const EFFICIENCY_MIN: ReadonlyMap<number, number> = new Map([
  [9_600, 0.955],
  [19_200, 0.92],
  [115_200, 0.72],
]);
const FAMILIES: readonly Plant[] = [
  { family: 'line', baud: 115_200, boards: MANY, channels: 16 },
  { family: 'kerong-cu16', baud: 19_200, boards: 15, channels: 16 },
  { family: 'kerong-cu48', baud: 19_200, boards: 15, channels: 48 },
  { family: 'shuoming-8a', baud: 9_600, boards: MANY, channels: 8 },
];

/** How much of a round of polling is the wire, for each family; and beside modbus-serial. */
export async function familiesCycle(say: Say): Promise<Row[]> {
  const ofFamilies = FAMILIES.flatMap((plant) => [{ ...plant, boards: FEW }, plant]);
  const relays = [...EFFICIENCY_MIN.keys()].flatMap((baud) =>
    [FEW, MANY].map((boards): Plant => {
      return { family: 'waveshare-relay-d', baud, boards, channels: 8 };
    }),
  );
  const walls = await startWalls([...ofFamilies, ...relays]);
  const rows: Row[] = [];
  try {
    for (const plant of ofFamilies) rows.push(await familyRow(walls, plant, say));
    for (const plant of relays) rows.push(await besidePeer(walls, plant, say));
  } finally {
    await walls.child.stop();
  }
  return rows;
}

interface Walls {
  readonly child: Child;
  /** Path of the terminal behind which a plant stands. */
  readonly pathOf: (plant: Plant) => string;
}

/** All boards in one process, each plant on its own bus; one that nobody asks costs nothing. */
async function startWalls(plants: readonly Plant[]): Promise<Walls> {
  const folder = freshFolder('families');
  const nameOfBus = (plant: Plant): string => `bus${plants.indexOf(plant)}`;
  const path = join(folder, 'wall.toml');
  writeFileSync(path, stringify({ buses: plants.map((one) => wallBusOf(one, nameOfBus(one))) }));
  const child = new Child('bench/wall-child.ts', [path, folder]);
  await child.says(/^the wall stands$/m);
  return { child, pathOf: (plant) => join(folder, nameOfBus(plant)) };
}

async function familyRow({ pathOf }: Walls, plant: Plant, say: Say): Promise<Row> {
  const name = nameOf(plant);
  say(`${name}: ${RUNS} × ${EXCHANGES} exchanges at ${plant.baud} baud`);
  const paces: Pace[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    paces.push(await pollWithBus(pathOf(plant), plant, EXCHANGES));
  }
  const limit = EFFICIENCY_MIN.get(plant.baud) ?? 1;
  return atLeast(`cycle efficiency, ${name}`, efficiency(plant, paces), 'of 1', limit);
}

/** In turns, so that what else the machine does meets both; both keep the same silence. */
async function besidePeer({ pathOf }: Walls, plant: Plant, say: Say): Promise<Row> {
  const name = nameOf(plant);
  say(`${name}: ${RUNS} × ${EXCHANGES} exchanges, and through modbus-serial`);
  const path = pathOf(plant);
  const [bus, peer]: [Pace[], Pace[]] = [[], []];
  for (let run = 0; run < RUNS; run += 1) {
    bus.push(await pollWithBus(path, plant, EXCHANGES));
    peer.push(await pollWithPeer(path, plant, EXCHANGES));
  }
  const peerReached = efficiency(plant, peer);
  return atLeast(`cycle efficiency, ${name}`, efficiency(plant, bus), 'of 1', peerReached);
}

function efficiency(plant: Plant, paces: readonly Pace[]): number {
  const bytes = median(paces.map(({ bytesPerExchange }) => bytesPerExchange));
  // The fastest run: what else the machine does can only make one slower.
  return wireMs(plant, bytes) / Math.min(...paces.map(({ msPerExchange }) => msPerExchange));
}

function nameOf({ family, boards, baud }: Plant): string {
  const rate = family === 'waveshare-relay-d' ? ` at ${baud}` : '';
  return `${boards} × ${family}${rate}`;
}
