import type { DoorView } from './view.ts';

/** A stretch of one line of the picture, and what it is about. */
export interface Piece {
  readonly text: string;
  readonly kind: 'frame' | 'closed' | 'open' | 'alert' | 'belief' | 'wrong';
  readonly isSelected?: boolean;
}

export type Line = readonly Piece[];

const DOOR_KINDS = { closed: 'closed', pulse: 'open', open: 'open', jammed: 'alert' } as const;

/**
 * Draws a wall of compartments. Inside each is what somebody in front of it sees; the bar below it
 * says what the kiosk believes of it, after a `≠` where that is untrue, or why it gives it to
 * nobody, after a `✗`.
 */
export function drawWall(columns: readonly (readonly DoorView[])[], cellColumns: number): Line[] {
  const height = Math.max(0, ...columns.map((column) => column.length));
  const bar = '─'.repeat(cellColumns);
  const lines: Line[] = [frame(`┌${columns.map(() => bar).join('┬')}┐`)];
  for (let row = 0; row < height; row += 1) {
    const doors = columns.map((column) => column[row]);
    const isLast = row === height - 1;
    lines.push(
      between(
        '│││',
        doors.map((door) => plate(door, cellColumns)),
      ),
    );
    lines.push(
      between(
        '│││',
        doors.map((door) => inside(door, cellColumns)),
      ),
    );
    lines.push(
      between(
        isLast ? '└┴┘' : '├┼┤',
        doors.map((door) => belief(door, cellColumns)),
      ),
    );
  }
  return lines;
}

const frame = (text: string): Line => [{ text, kind: 'frame' }];

/** The pieces with the left, middle and right of a frame around them. */
function between(signs: string, pieces: readonly Piece[]): Line {
  const [left = '', middle = '', right = ''] = signs;
  const joined = pieces.flatMap((piece, index) => [...frame(index === 0 ? left : middle), piece]);
  return [...joined, ...frame(right)];
}

function plate(door: DoorView | undefined, columns: number): Piece {
  if (door === undefined) return { text: ' '.repeat(columns), kind: 'frame' };
  const { isSelected } = door;
  const name = `${isSelected ? '▸' : ' '}${String(door.number).padStart(2)} ${door.size}`;
  const text = fitted(`${name} ${door.door}`, columns);
  return { text, kind: DOOR_KINDS[door.door], isSelected };
}

function inside(door: DoorView | undefined, columns: number): Piece {
  if (door === undefined) return { text: ' '.repeat(columns), kind: 'frame' };
  if (door.seen === null) return { text: '░'.repeat(columns), kind: 'closed' };
  return { text: fitted(door.seen.join(', ') || ' (empty)', columns), kind: 'open' };
}

function belief(door: DoorView | undefined, columns: number): Piece {
  if (door === undefined) return { text: '─'.repeat(columns), kind: 'frame' };
  const mark = door.reason === null ? ' ' : '✗';
  const text = clipped(`${door.isWrong ? '≠' : mark}${door.reason ?? door.belief}`, columns);
  const room = columns - text.length;
  const filled = room === 0 ? text : `${text} ${'─'.repeat(room - 1)}`;
  return { text: filled, kind: door.isWrong ? 'wrong' : 'belief' };
}

const fitted = (text: string, columns: number): string => clipped(text, columns).padEnd(columns);

function clipped(text: string, columns: number): string {
  return text.length > columns ? `${text.slice(0, columns - 1)}…` : text;
}
