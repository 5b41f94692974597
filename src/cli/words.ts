const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;

/** `3 d 4 h`, `5 min 10 s`: the two largest units that matter. */
export function duration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / DAY_S), 'd'],
    [Math.floor((seconds % DAY_S) / HOUR_S), 'h'],
    [Math.floor((seconds % HOUR_S) / MINUTE_S), 'min'],
    [Math.floor(seconds % MINUTE_S), 's'],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

/** ISO 8601 to the second, in UTC: it sorts, and everybody means the same by it. */
export function moment(wallMs: number | null): string {
  return wallMs === null ? '-' : `${new Date(wallMs).toISOString().slice(0, 19)}Z`;
}
