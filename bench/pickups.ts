import type { OpenStore } from '../src/store/open-store.ts';
import { freshFolder } from './folder.ts';
import { type Numbers, PickupSite } from './pickup-site.ts';
import { writtenBytes } from './proc.ts';
import { RawCommits } from './raw-commits.ts';
import { atLeast, atMost, median, type Row } from './row.ts';
import type { Say } from './say.ts';

/** As many as the budget of R13 lets through at once. */
const BATCH_PICKUPS = 30;
/** The first batch warms up the code, and says how much a commit writes. */
const BATCHES = 13;
const COMMITS_MAX = 5;
const SHARE_OF_RAW_MIN = 0.7;
/** Ten times the 50 a minute of a peak (M18). */
const PEAK_PER_S = (10 * 50) / 60;
/** Whoever pressed the last key waits so long at most before the door is on its way. */
const ANSWER_MS_MAX = 50;
const PAGE_BYTES = 4_096;
/** Into the log with the commit, and into the file at the next checkpoint. */
const WRITES_PER_PAGE = 2;
const SLOW_SHARE = 0.99;

interface Batch {
  readonly pickupMs: number;
  /** What the boards and the polls of so long a time take when nobody is there. */
  readonly pollsMs: number;
  readonly commits: number;
  readonly bytes: number;
  readonly answersMs: readonly number[];
}

/**
 * Whole pickups per second of wall time, from the last key to the recipient who was told: real
 * controller, real database, and a wall on a virtual clock, so that waiting for people, locks and
 * grace times costs nothing. The simulated wall and the polls of all that time do cost: what an
 * equal stretch of time takes with the same boards polled and nobody there is subtracted.
 */
export async function pickups(say: Say): Promise<Row[]> {
  const folder = freshFolder('pickups');
  const site = new PickupSite(folder);
  const courier = await site.courier();
  say(`storing ${BATCHES * BATCH_PICKUPS} parcels`);
  const stored = Array.from({ length: BATCHES * BATCH_PICKUPS }, () => site.store(courier));
  const commits = countCommits(site.kiosk.app.store);
  say(`picking up ${BATCH_PICKUPS} of them to warm up`);
  const first = pickUp(site, stored.splice(0, BATCH_PICKUPS), commits);
  const bytes = first.bytes / first.commits;
  const pages = Math.max(1, Math.round(bytes / PAGE_BYTES / WRITES_PER_PAGE));
  say(`a commit writes ${bytes.toFixed(0)} bytes; bare ones change ${pages} pages`);
  const raw = new RawCommits(folder, pages);
  raw.run(BATCH_PICKUPS * COMMITS_MAX);
  const batches: Batch[] = [];
  const rawMs: number[] = [];
  while (stored.length > 0) {
    rawMs.push(raw.run(BATCH_PICKUPS * COMMITS_MAX));
    site.rest();
    batches.push(pickUp(site, stored.splice(0, BATCH_PICKUPS), commits));
  }
  raw.close();
  await site.stop();
  return rowsOf(batches, 1_000 / median(rawMs), say);
}

function rowsOf(batches: readonly Batch[], rawPerS: number, say: Say): Row[] {
  // Holds are counted every few minutes, in a commit that belongs to no pickup: hence the median.
  const perPickup = median(batches.map(({ commits }) => commits / BATCH_PICKUPS));
  const grossMs = median(batches.map(({ pickupMs }) => pickupMs));
  const pollsMs = median(batches.map((batch) => batch.pollsMs));
  say(`a pickup: ${grossMs.toFixed(2)} ms, wall and polls: ${pollsMs.toFixed(2)} ms of them`);
  const answersMs = batches.flatMap((batch) => batch.answersMs).sort((a, b) => a - b);
  const slowMs = answersMs[Math.floor(answersMs.length * SLOW_SHARE)] ?? Number.NaN;
  say(`bare commits: ${rawPerS.toFixed(0)} per second, enough for ${perPickup} per pickup`);
  const wanted = (rawPerS / perPickup) * SHARE_OF_RAW_MIN;
  return [
    atMost('synced commits per pickup', perPickup, 'commits', COMMITS_MAX),
    atLeast('pickups', 1_000 / (grossMs - pollsMs), 'per s', wanted),
    atLeast('pickups, wall and polls included', 1_000 / grossMs, 'per s', PEAK_PER_S),
    atMost('last key to the door, 99 of 100', slowMs, 'ms', ANSWER_MS_MAX),
  ];
}

function pickUp(site: PickupSite, numbers: readonly Numbers[], commits: () => number): Batch {
  const commitsBefore = commits();
  const bytesBefore = writtenBytes();
  const from = { real: performance.now(), virtual: site.clock.monoMs() };
  const answersMs = site.pickUp(numbers);
  const pickupMs = (performance.now() - from.real) / numbers.length;
  const batch = { commits: commits() - commitsBefore, bytes: writtenBytes() - bytesBefore };
  return { ...batch, answersMs, pickupMs, pollsMs: pollsMs(site, from.virtual) / numbers.length };
}

/** The boards are still polled at their active pace when the last parcel has left. */
function pollsMs(site: PickupSite, sinceMs: number): number {
  const startMs = performance.now();
  site.clock.advance(site.clock.monoMs() - sinceMs);
  return performance.now() - startMs;
}

/** Counts the outermost transactions: inner ones belong to them and are not synced. */
function countCommits(store: OpenStore): () => number {
  const { transaction } = store;
  let depth = 0;
  let count = 0;
  store.transaction = (work) => {
    depth += 1;
    try {
      return transaction(work);
    } finally {
      depth -= 1;
      if (depth === 0) count += 1;
    }
  };
  return () => count;
}
