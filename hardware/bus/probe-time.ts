import type { BoardRequest } from '../wire/family.ts';
import type { BoardSession } from './board-session.ts';
import { PROBE_MARGIN_MS } from './limits.ts';

/**
 * How long the reply to a board is worth waiting for, besides its family's limit, while somebody
 * waits for another board: an offline one gets what its like on this bus needed last for a status,
 * the longest of replies. Infinity where that is unknown, for a board that serves, and when nobody
 * waits: a board that is slower than its like comes back then. The reply to an unlock is worth the
 * time that this board needed for it before.
 */
export function patienceMs(
  board: BoardSession,
  request: BoardRequest,
  all: Iterable<BoardSession>,
  nowMs: number,
): number {
  if (request.kind === 'unlock') return board.unlockPatienceMs(request.pulseMs);
  if (board.healthName !== 'offline') return Number.POSITIVE_INFINITY;
  let longestMs = Number.NEGATIVE_INFINITY;
  let isHurried = false;
  for (const other of all) {
    if (other.rank(nowMs) === 'active') isHurried = true;
    if (!other.serves || other.setup.family !== board.setup.family) continue;
    longestMs = Math.max(longestMs, other.statusMs ?? longestMs);
  }
  const isKnown = isHurried && Number.isFinite(longestMs);
  return isKnown ? Math.ceil(longestMs) + PROBE_MARGIN_MS : Number.POSITIVE_INFINITY;
}
