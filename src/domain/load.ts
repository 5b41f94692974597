/** What a parcel weighs and measures, or what a slot of one size takes; as far as it is known. */
export interface Load {
  readonly weightG?: number;
  /** The three sides in any order: a parcel may be turned. */
  readonly sidesMm?: readonly [number, number, number];
}

/** Limits by the name of the size; a size without any takes whatever fits. */
export type Limits = Readonly<Record<string, Load>>;

export type OverLimit = 'TOO_HEAVY' | 'TOO_LARGE';

/** What speaks against putting the parcel into a slot with this limit; null when nothing does. */
function overLimit(load: Load, limit: Load = {}): OverLimit | null {
  if ((load.weightG ?? 0) > (limit.weightG ?? Number.POSITIVE_INFINITY)) return 'TOO_HEAVY';
  if (load.sidesMm === undefined || limit.sidesMm === undefined) return null;
  const room = bySize(limit.sidesMm);
  return bySize(load.sidesMm).every((side, at) => side <= (room[at] ?? 0)) ? null : 'TOO_LARGE';
}

const bySize = (sides: readonly number[]): number[] => [...sides].sort((a, b) => a - b);

/** The rank of the smallest size from `rank` on that takes the parcel, or why none does. */
export function smallestFor(
  sizes: readonly string[],
  limits: Limits,
  load: Load,
  rank: number,
): number | OverLimit {
  let why: OverLimit = 'TOO_LARGE';
  for (let at = rank; at < sizes.length; at += 1) {
    const over = overLimit(load, limits[sizes[at] ?? '']);
    if (over === null) return at;
    why = over;
  }
  return why;
}
