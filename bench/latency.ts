import { Edges } from './edges.ts';
import type { Plant } from './plant.ts';
import { atMost, ninetyNineOf100, type Row } from './row.ts';
import type { Say } from './say.ts';
import { unlockWaits } from './unlock-wait.ts';

const EDGES = 600;
const UNLOCKS = 600;
const EDGE_MS_MAX = 120;
/** What an unlock may wait besides the exchange that is under way. */
const UNLOCK_MS_MAX = 5;
/** One board of so many is silent. */
const DEAD_EVERY = 4;

const BUSY_BUS = { baud: 9_600, boards: 32 };
const PLANTS: readonly Plant[] = [
  { family: 'shuoming-8a', channels: 8, ...BUSY_BUS },
  { family: 'waveshare-relay-d', channels: 8, ...BUSY_BUS },
  { family: 'line', channels: 4, ...BUSY_BUS },
  { family: 'line', channels: 16, baud: 115_200, boards: 32 },
  { family: 'kerong-cu16', channels: 16, baud: 19_200, boards: 15 },
  { family: 'kerong-cu48', channels: 48, baud: 19_200, boards: 15 },
];

/**
 * What the order of turns on a crowded bus costs. The clock is virtual: the time of the wire and
 * of the pauses is exact and the same in each run, and the processor's is none.
 */
export async function latency(say: Say): Promise<Row[]> {
  return PLANTS.flatMap((plant) => {
    const name = `${plant.boards} × ${plant.family} at ${plant.baud}`;
    say(`${name} baud: 3 × ${EDGES} edges, and ${UNLOCKS} unlocks`);
    const [healthy, withDead] = [new Edges(plant), new Edges(plant, DEAD_EVERY)];
    const unlocks = unlockWaits(plant, UNLOCKS);
    const [edges, among] = [healthy.throughBus(EDGES), withDead.throughBus(EDGES)];
    const peers = [healthy, withDead].map((one) => ninetyNineOf100(one.inTurns(EDGES)));
    say(`round robin: ${peers[0]?.toFixed(0)} ms, with dead boards ${peers[1]?.toFixed(0)} ms`);
    return [
      atMost(`door edge, ${name}`, ninetyNineOf100(edges), 'ms', EDGE_MS_MAX),
      atMost(`door edge, 1 of 4 dead, ${name}`, ninetyNineOf100(among), 'ms', EDGE_MS_MAX),
      atMost(
        `unlock byte, ${name}`,
        ninetyNineOf100(unlocks.waitsMs),
        'ms',
        unlocks.exchangeMs + UNLOCK_MS_MAX,
      ),
    ];
  });
}
