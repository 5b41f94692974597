import type { BoardHealth, BoardStats, Bus, LoggedFrame } from '../../hardware/index.ts';

/** How one bus and its boards answered so far, in lines for a person; `frames` of the last ones. */
export function busReport(
  name: string,
  bus: Bus,
  health: ReadonlyMap<string, BoardHealth>,
  frames: number,
): string[] {
  const boards = [...bus.stats()].flatMap(([id, stats]) =>
    boardLines(id, health.get(id) ?? 'dark', stats),
  );
  const last = frames > 0 ? bus.frames().slice(-frames) : [];
  return [`bus ${name}`, ...boards, ...last.map(frameLine)];
}

/** The same counts, for a program; a latency without a bound is null. */
export function boardCounts(name: string, bus: Bus, health: ReadonlyMap<string, BoardHealth>) {
  return [...bus.stats()].map(([board, stats]) => ({
    bus: name,
    board,
    health: health.get(board) ?? 'dark',
    ...stats,
    latency: stats.latency.map(({ upToMs, answers }) => ({
      upToMs: Number.isFinite(upToMs) ? upToMs : null,
      answers,
    })),
  }));
}

function boardLines(id: string, health: BoardHealth, stats: BoardStats): string[] {
  const { sent, answered, refused, noReply, badReply, discarded, latency, maxLatencyMs } = stats;
  const counts = { sent, answered, refused, 'no reply': noReply, 'bad reply': badReply };
  const lines = [`  board ${id} ${health}: ${listed(Object.entries(counts))}`];
  const dropped = listed(Object.entries(discarded));
  if (dropped !== '') lines.push(`    discarded: ${dropped}`);
  const times = listed(latency.map(({ upToMs, answers }) => [upTo(upToMs), answers]));
  if (times !== '') lines.push(`    answered in: ${times}; longest ${maxLatencyMs.toFixed(0)} ms`);
  return lines;
}

/** Names with their counts, without those that never occurred. */
function listed(counts: readonly (readonly [string, number])[]): string {
  return counts
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

const upTo = (ms: number): string => (Number.isFinite(ms) ? `≤${ms} ms` : 'more');

function frameLine({ atMs, way, board, hex, text }: LoggedFrame): string {
  const seconds = (atMs / 1_000).toFixed(3).padStart(10);
  return `${seconds} s ${way === 'sent' ? '→' : '←'} ${board}  ${text ?? hex}`;
}
