import type { DoorPlan, EdgeTime, Finding, FoundDoor } from './commission-verdict.ts';

const FORMAT = 'lockerd door map, version 1';

/** What commissioning found out: which doors are wired as the config says, how fast they open. */
export interface DoorMap {
  readonly format: typeof FORMAT;
  readonly site: string;
  /** ISO 8601, in UTC. */
  readonly at: string;
  /** Fingerprint of the wiring that the config had then. */
  readonly wiring: string;
  readonly doors: readonly MappedDoor[];
}

interface MappedDoor extends Pick<DoorPlan, 'slot' | 'number' | 'board' | 'channel'> {
  readonly verdict: Finding['verdict'];
  /** Times to open: what later drift is measured against (B12). */
  readonly times: readonly EdgeTime[];
}

export function doorMap(
  { site, at, wiring }: Pick<DoorMap, 'site' | 'at' | 'wiring'>,
  found: readonly FoundDoor[],
): DoorMap {
  const doors = found.map(({ door: { slot, number, board, channel }, finding }) => {
    const times = finding.verdict === 'good' ? finding.times : [];
    return { slot, number, board, channel, verdict: finding.verdict, times };
  });
  return { format: FORMAT, site, at, wiring, doors };
}

/** Why a kiosk with this wiring must not go by the map; null when it may. */
export function mapObstacle(map: unknown, wiring: string): string | null {
  if (!isMap(map)) return 'it is not a door map';
  if (map.wiring !== wiring) return 'the config has another wiring than when it was made';
  const bad = map.doors.filter(({ verdict }) => verdict !== 'good');
  if (bad.length === 0) return null;
  const [first] = bad;
  return `${bad.length} doors are not good, the first is door ${first?.number}: ${first?.verdict}`;
}

/** The checksum vouches for the rest. */
function isMap(map: unknown): map is DoorMap {
  return typeof map === 'object' && map !== null && 'format' in map && map.format === FORMAT;
}
