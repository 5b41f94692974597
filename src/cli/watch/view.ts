import type { Board, Event, Slot, Status } from '../../api/shapes.ts';
import type { SlotRecord } from '../../domain/slot.ts';
import { eventLine } from '../event-line.ts';
import { duration, moment } from '../words.ts';

/** One compartment on the picture, whether it is watched or was recorded. */
interface Cell {
  /** The number on the door, or where that is not known the id of the slot. */
  readonly name: string;
  readonly door: 'closed' | 'open' | 'unknown';
  readonly isDark: boolean;
  readonly state: string;
  /** Why it is given to nobody. */
  readonly reason: string | null;
  readonly parcel: string | null;
  /** Until it goes on by itself. */
  readonly endsInS: number | null;
}

/** One line of the picture. */
export interface Line {
  readonly text: string;
  readonly look: 'head' | 'plain' | 'open' | 'alert' | 'faint';
}

/** What a picture of the wall is made of. */
export interface Picture {
  readonly head: readonly string[];
  readonly cells: readonly Cell[];
  readonly boards: readonly string[];
  /** What happened last, the newest at the end. */
  readonly story: readonly string[];
  readonly help: string;
}

const CELL_COLUMNS = 38;
const STORY_LINES_MIN = 3;
const TIME_COLUMNS = 8;
const GRADE_COLUMNS = 10;

/** The picture in lines for a window of so many columns and rows. */
export function drawPicture(picture: Picture, columns: number, rows: number): Line[] {
  const { head, cells, boards, story, help } = picture;
  const across = Math.max(1, Math.floor(columns / CELL_COLUMNS));
  const wall = inColumns(cells.map(cellText), across);
  const fixed = head.length + wall.length + boards.length + 4;
  const room = Math.max(STORY_LINES_MIN, rows - fixed);
  const all: Line[] = [
    ...head.map((text) => ({ text, look: 'head' }) as const),
    { text: '', look: 'plain' },
    ...wall,
    { text: '', look: 'plain' },
    ...boards.map((text) => ({ text, look: 'faint' }) as const),
    ...story.slice(-room).map((text) => ({ text, look: 'plain' }) as const),
    { text: help, look: 'faint' },
  ];
  return all.slice(0, rows).map(({ text, look }) => ({ text: fitted(text, columns), look }));
}

/** One line for each row of doors; it looks as the worst of them does. */
function inColumns(cells: readonly Line[], across: number): Line[] {
  const height = Math.ceil(cells.length / across);
  return Array.from({ length: height }, (_, row) => {
    const line = Array.from({ length: across }, (_, column) => cells[row + column * height]);
    const there = line.filter((cell) => cell !== undefined);
    const text = there.map((cell) => fitted(cell.text, CELL_COLUMNS).padEnd(CELL_COLUMNS)).join('');
    const looks = there.map(({ look }) => look);
    const look = (['alert', 'open'] as const).find((one) => looks.includes(one)) ?? 'plain';
    return { text: text.trimEnd(), look };
  });
}

function cellText({ name, door, isDark, state, reason, parcel, endsInS }: Cell): Line {
  const sign = isDark ? '?' : DOOR_SIGNS[door];
  const says = isDark ? 'no answer' : (reason ?? state).replaceAll('_', ' ');
  const timer = endsInS === null ? '' : ` ${endsInS}s`;
  const text = [sign, name.padStart(4), says.padEnd(17), parcel ?? ''].join(' ').trimEnd() + timer;
  const isAlert = isDark || reason !== null;
  return { text, look: isAlert ? 'alert' : door === 'open' ? 'open' : 'plain' };
}

const DOOR_SIGNS = { closed: '▪', open: '▯', unknown: '·' } as const;

const fitted = (text: string, columns: number): string =>
  text.length > columns ? `${text.slice(0, columns - 1)}…` : text;

/** How the kiosk is doing, on two lines. */
export function headOf(status: Status): string[] {
  const { kiosk, name, city, serving, upSeconds, clock, wallMs, queue, parcels } = status;
  const waits = queue.oldestSeconds === null ? '' : `, oldest ${duration(queue.oldestSeconds)}`;
  const serves = serving ? 'serves' : 'does not serve yet';
  const counts = Object.entries(parcels).map(([state, count]) => `${count} ${state}`);
  return [
    `${kiosk}  ${name}, ${city}   ${serves}, up ${duration(upSeconds)}`,
    `${moment(wallMs)} ${clock.state}   queue ${queue.count}${waits}   ${counts.join(', ')}`,
  ];
}

export function boardLine({ bus, board, health, sent, noReply, badReply, lastLatencyMs }: Board) {
  const last = `last ${Math.round(lastLatencyMs)} ms`;
  return `${bus} ${board}  ${health}  ${sent} sent, ${noReply} silent, ${badReply} bad, ${last}`;
}

/** `agoS` is how long ago the slot was told. */
export function cellOf(slot: Slot, agoS: number): Cell {
  const { number, size, door, board, state, reason, parcel, endsInS } = slot;
  return {
    ...{ name: `${number} ${size}`, door, isDark: board === 'dark', state, reason, parcel },
    endsInS: endsInS === null ? null : Math.max(0, endsInS - agoS),
  };
}

/** As it was when the clock of that boot showed `mono`. */
export function recordedCell(slot: SlotRecord, mono: number): Cell {
  const { id, door, board, state, bar, parcel, deadlineAtMono } = slot;
  const endsInS = deadlineAtMono === null ? null : Math.ceil((deadlineAtMono - mono) / 1_000);
  return {
    ...{ name: id.split('/')[1] ?? id, door, isDark: board === 'dark', state },
    ...{ reason: bar?.reason ?? null, parcel: parcel?.slice(-6) ?? null, endsInS },
  };
}

/** A row of the journal with what kind of statement it is. */
export function storyLine(event: Event): string {
  const { grade = '', ...rest } = event.data as { grade?: string };
  const line = eventLine({ ...event, data: rest }).trimStart();
  // The number of the row and the day are of no use to whoever watches.
  const told = line.replace(/^\d+ +\d{4}-\d\d-\d\dT/, '').replace('Z', '');
  const time = told.slice(0, TIME_COLUMNS + 2);
  return time + grade.padEnd(GRADE_COLUMNS) + told.slice(time.length);
}
