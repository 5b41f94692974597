import { seededRandom } from '../sim/random.ts';
import { fillCommands } from './filled-store.ts';
import { LEAP_MS, type OpenTimes, RemoteSite } from './remote-site.ts';
import { atMost, median, ninetyNineOf100, type Row } from './row.ts';
import type { Say } from './say.ts';

const OPENS = 100;
const FORCED = 100;
const BLOCKS = 200;
const FORMER_COMMANDS = 100_000;
/** After a start every coil cools down. */
const WARM_UPS = 5;
const CHANNELS = 8;
/** Limits of the median and of 99 in 100, publish to unlock byte, by the number of boards. */
const UNLOCK_MS_MAX: ReadonlyMap<number, number> = new Map([
  [1, 10],
  [4, 10],
  [16, 20],
]);
const UNLOCK_99_MS_MAX = 40;
const MOVED_MS_MAX: ReadonlyMap<number, number> = new Map([
  [4, 300],
  [16, 450],
]);
const ROUND_TRIP_MS_MAX = 30;
const PULSE_MS = 300;
const AGED_MAX = 1.2;

interface Times {
  readonly unlock: readonly number[];
  readonly result: readonly number[];
  readonly opened: readonly number[];
  readonly forced: readonly number[];
  readonly block: readonly number[];
}

/** Commands from afar: real processes, a real broker, relay boards at 9600 baud. */
export async function remote(say: Say): Promise<Row[]> {
  const rows: Row[] = [];
  for (const boards of UNLOCK_MS_MAX.keys()) {
    const times = await measure(say, boards, 0);
    rows.push(...unlockRows(boards, times), ...movedRows(boards, times));
    if (boards !== 4) continue;
    rows.push(...roundTrips(times));
    const aged = await measure(say, boards, FORMER_COMMANDS);
    rows.push(...agedRows(times, aged));
  }
  return rows;
}

async function measure(say: Say, boards: number, former: number): Promise<Times> {
  const site = new RemoteSite(`remote-${boards}`, boards);
  const after = former === 0 ? '' : ` after ${former} commands`;
  if (former > 0) say(`writing ${former} commands of the past`);
  if (former > 0) fillCommands(site.config, former);
  await site.start();
  try {
    say(`${boards} boards${after}: ${OPENS} opens, ${FORCED} forced doors, ${BLOCKS} blocks`);
    return await timesOf(site, boards * CHANNELS);
  } finally {
    await site.stop();
  }
}

async function timesOf(site: RemoteSite, slots: number): Promise<Times> {
  const random = seededRandom(1);
  const chance = () => random.int(1_000) / 1_000;
  const opens: OpenTimes[] = [];
  const [forced, block]: [number[], number[]] = [[], []];
  // The last slot is for commands that move nothing.
  for (let count = -WARM_UPS; count < OPENS; count += 1) {
    await site.leap(LEAP_MS, chance());
    const times = await site.open(random.int(slots - 1));
    if (count >= 0) opens.push(times);
  }
  for (let count = 0; count < BLOCKS; count += 1) {
    block.push(await site.block(slots - 1, count % 2 === 0));
  }
  for (let count = 0; count < FORCED; count += 1) {
    await site.leap(LEAP_MS, chance());
    forced.push(await site.force(random.int(slots - 1)));
  }
  return {
    unlock: opens.map(({ unlockMs, publishedMs }) => unlockMs - publishedMs),
    result: opens.map(({ resultMs, publishedMs }) => resultMs - publishedMs),
    opened: opens.map(({ toldMs, movedMs }) => toldMs - movedMs),
    ...{ forced, block },
  };
}

function unlockRows(boards: number, { unlock }: Times): Row[] {
  const name = `publish to unlock byte, ${boards} × waveshare-relay-d`;
  return [
    atMost(`${name}, median`, median(unlock), 'ms', UNLOCK_MS_MAX.get(boards) ?? 0),
    atMost(`${name}, 99 of 100`, ninetyNineOf100(unlock), 'ms', UNLOCK_99_MS_MAX),
  ];
}

function movedRows(boards: number, { opened, forced }: Times): Row[] {
  const limit = MOVED_MS_MAX.get(boards);
  if (limit === undefined) return [];
  const after = `to its event, ${boards} boards, 99 of 100`;
  return [
    atMost(`opened door ${after}`, ninetyNineOf100(opened), 'ms', limit),
    atMost(`forced door ${after}`, ninetyNineOf100(forced), 'ms', limit),
  ];
}

function roundTrips({ block, result }: Times): Row[] {
  const limit = ROUND_TRIP_MS_MAX;
  return [
    atMost('round trip of a command, 99 of 100', ninetyNineOf100(block), 'ms', limit),
    atMost('round trip of an open, 99 of 100', ninetyNineOf100(result), 'ms', limit + PULSE_MS),
  ];
}

/** The same again with the past of years, held against the times without it. */
function agedRows(fresh: Times, aged: Times): Row[] {
  const rows = [
    ['publish to unlock byte, median', median, (one: Times) => one.unlock],
    ['publish to unlock byte, 99 of 100', ninetyNineOf100, (one: Times) => one.unlock],
    ['forced door to its event, 99 of 100', ninetyNineOf100, (one: Times) => one.forced],
    ['round trip of a command, 99 of 100', ninetyNineOf100, (one: Times) => one.block],
  ] as const;
  return rows.map(([name, of, take]) => {
    return atMost(`${name}, after 100,000`, of(take(aged)), 'ms', of(take(fresh)) * AGED_MAX);
  });
}
