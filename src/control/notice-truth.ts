import type { ParcelRecord } from '../domain/parcel.ts';
import type { NoticeKind, NoticeValues } from './ports.ts';

/** How things stand with a stored parcel. */
export interface Outlook {
  /** Whether it could be collected now. */
  readonly isServed: boolean;
  readonly daysLeft: number;
  /** When its hold ends, if nothing comes between; absent where nobody knows what time it is. */
  readonly untilWall?: number;
}

/** What a notice may say now; or that it must wait, or is not true any more. */
type Saying = NoticeValues | 'wait' | 'void';

const NUMBERS: ReadonlySet<NoticeKind> = new Set(['STORED', 'CODE_REISSUED']);

/** Whether notices of this kind carry a code or a second number. */
export const hasNumbers = (kind: NoticeKind): boolean => NUMBERS.has(kind);

const ALARMS: ReadonlySet<NoticeKind> = new Set(['UNTOLD', 'CHANNEL_DOWN']);

/** Whether it may wait for another day: not what is of no use then, nor that nobody is told. */
export const isCapped = (kind: NoticeKind): boolean => !hasNumbers(kind) && !ALARMS.has(kind);

/**
 * A notice may have waited for days: what it says is held against the parcel as it is now. Nobody
 * is told of a parcel that has left, reminded of one that cannot be collected just now, or given a
 * day that is not the day any more.
 */
export function sayingOf(
  kind: NoticeKind,
  values: NoticeValues,
  parcel: ParcelRecord | null,
  outlook: Outlook | null,
): Saying {
  if (parcel === null) return values;
  if (hasNumbers(kind)) return parcel.status === 'stored' ? until(values, outlook) : 'void';
  if (kind === 'REMINDER') {
    if (parcel.status !== 'stored') return 'void';
    if (outlook?.isServed !== true) return 'wait';
    return until({ ...values, daysLeft: outlook.daysLeft }, outlook);
  }
  return kind === 'EXPIRED' && parcel.slot === null ? { ...values, isGone: true } : values;
}

function until({ untilWall: _, ...values }: NoticeValues, outlook: Outlook | null): NoticeValues {
  return outlook?.untilWall === undefined ? values : { ...values, untilWall: outlook.untilWall };
}
