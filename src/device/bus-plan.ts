import type { Family, OpenBytePort } from '../../hardware/index.ts';

/** One bus and the boards on it. */
export interface BusPlan {
  readonly name: string;
  readonly open: OpenBytePort;
  readonly baud: number;
  /** Buses that name the same one energise one lock at a time (R7). */
  readonly supply: string;
  readonly idlePollMs: number;
  readonly activePollMs: number;
  /** What the way to the wire may add to the time of a reply; that of an adapter unless given. */
  readonly replyMarginMs?: number;
  /** Silence before each request, where an adapter needs more than the boards do. */
  readonly quietMs?: number;
  readonly boards: readonly BoardPlan[];
}

interface BoardPlan {
  readonly id: string;
  readonly address: number;
  readonly family: Family;
  readonly channels: number;
  /** Choices of the family, by name. */
  readonly settings: Readonly<Record<string, string>>;
}
