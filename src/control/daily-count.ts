import { DAY_MS } from '../domain/hold.ts';

const ROWS_A_DAY_MAX = 100;

interface Day {
  readonly sinceMono: number;
  readonly rows: number;
  readonly missed: number;
}

/**
 * What anybody can cause at will. Past so many of a kind in a day they are counted and no more
 * rows: whoever types numbers all night must not fill the disk.
 */
export class DailyCount {
  readonly #days = new Map<string, Day>();

  /** Whether this one gets a row, and how many of the day before got none. */
  count(t: string, nowMono: number): { readonly isRow: boolean; readonly missed: number } {
    const last = this.#days.get(t);
    const isOver = last === undefined || nowMono - last.sinceMono >= DAY_MS;
    const day = isOver ? { sinceMono: nowMono, rows: 0, missed: 0 } : last;
    const isRow = day.rows < ROWS_A_DAY_MAX;
    const counted = isRow ? { rows: day.rows + 1 } : { missed: day.missed + 1 };
    this.#days.set(t, { ...day, ...counted });
    return { isRow, missed: isOver ? (last?.missed ?? 0) : 0 };
  }
}
