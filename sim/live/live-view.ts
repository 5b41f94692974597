import { Box, Text, useApp, useInput, useStdout } from 'ink';
import { createElement, type ReactElement, useEffect, useState } from 'react';
import { keyOf } from '../../src/kiosk/keyboard.ts';
import type { Key, Keypad } from '../../src/kiosk/screen.ts';
import { drawWall, type Line, type Piece } from './draw-wall.ts';
import { HANDS, type HandKey } from './hands.ts';
import type { LiveKiosk, Way } from './live-kiosk.ts';
import { ScreenView } from './screen-view.ts';
import type { LiveView } from './view.ts';

const COLUMNS_MIN = 80;
const ROWS_MIN = 29;
/** Everything but the messages, with the tallest of the kiosk's usual screens. */
const OTHER_ROWS = 27;
const MESSAGES_SHOWN_MAX = 6;
/** The kiosk's screen; it is narrower where the window is. */
const KIOSK_COLUMNS_MAX = 60;
const CELL_COLUMNS_MIN = 12;
const CELL_COLUMNS_MAX = 18;

const STYLES: Readonly<Record<Piece['kind'], Readonly<Record<string, string | boolean>>>> = {
  frame: { dimColor: true },
  closed: {},
  open: { color: 'green' },
  alert: { color: 'red' },
  belief: { color: 'cyan' },
  wrong: { color: 'yellow' },
};

/** The wall beside the kiosk's screen, and below them what a newcomer needs. */
export function LiveScreen(props: { live: LiveKiosk; keypad: Keypad }): ReactElement {
  const { live, keypad } = props;
  const [view, setView] = useState(() => live.view());
  useEffect(() => live.onChange(() => setView(live.view())), [live]);
  const { columns, rows } = useWindow();
  useKeys(live, keypad);
  if (columns < COLUMNS_MIN || rows < ROWS_MIN) {
    const wanted = `${COLUMNS_MIN} × ${ROWS_MIN}`;
    return createElement(
      Text,
      null,
      `This needs a window of ${wanted}; it is ${columns} × ${rows}. q quits, npm run demo fits.`,
    );
  }
  const shown = Math.min(MESSAGES_SHOWN_MAX, rows - OTHER_ROWS);
  return createElement(
    Box,
    { flexDirection: 'column', width: columns },
    wallAndScreen(view, keypad, columns),
    ...guide(view).map((text, key) => line(text, { key })),
    createElement(
      Box,
      { columnGap: 1 },
      messages('Text messages', view.phone.slice(0, shown), columns),
      messages('E-mails', view.mailbox.slice(0, shown), columns),
    ),
    line(view.note, { color: 'green' }),
    ...help().map((text, key) => line(text, { key: `help ${key}`, dimColor: true })),
  );
}

/**
 * The only taker of keys, so that none is handled twice: letters and arrows are the hands', and
 * digits, `#`, `*`, Enter and Backspace the keypad's. A terminal may hand over several at once.
 */
function useKeys(live: LiveKiosk, keypad: Keypad): void {
  const { exit } = useApp();
  useInput((input, key) => {
    const way = WAYS.find(([name]) => key[name]);
    if (way !== undefined) return live.select(way[1]);
    for (const pressed of key.return || isBack(key) ? [key.return ? '#' : '*'] : input) {
      const keypadKey: Key | null = keyOf(pressed);
      if (keypadKey !== null) keypad.press(keypadKey);
      else if (pressed in HANDS) live.hand(pressed as HandKey);
      else if (pressed === 'q') exit();
    }
  });
}

/** Most terminals send DEL for the backspace key, which Ink calls "delete". */
const isBack = (key: { readonly backspace: boolean; readonly delete: boolean }): boolean =>
  key.backspace || key.delete;

const WAYS = [
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['upArrow', 'up'],
  ['downArrow', 'down'],
] as const satisfies readonly (readonly [string, Way])[];

function useWindow(): { columns: number; rows: number } {
  const { stdout } = useStdout();
  const [size, setSize] = useState({ columns: stdout.columns, rows: stdout.rows });
  useEffect(() => {
    const resized = (): void => setSize({ columns: stdout.columns, rows: stdout.rows });
    stdout.on('resize', resized);
    return () => void stdout.off('resize', resized);
  }, [stdout]);
  return size;
}

/** As wide as the window allows beside the kiosk's screen. */
function cellColumns(windowColumns: number, across: number): number {
  const free = Math.floor((windowColumns - KIOSK_COLUMNS_MAX - 2) / across) - 1;
  return Math.min(CELL_COLUMNS_MAX, Math.max(CELL_COLUMNS_MIN, free));
}

function wallAndScreen(view: LiveView, keypad: Keypad, windowColumns: number): ReactElement {
  const across = view.columns.length;
  const cell = cellColumns(windowColumns, across);
  const wall = drawWall(view.columns, cell).map((pieces, key) => coloured(pieces, key));
  const wallColumns = across * (cell + 1) + 1;
  const columns = Math.min(KIOSK_COLUMNS_MAX, windowColumns - wallColumns - 1);
  return createElement(
    Box,
    { columnGap: 1 },
    createElement(Box, { flexDirection: 'column', flexShrink: 0 }, ...wall),
    createElement(ScreenView, { keypad, columns }),
  );
}

function coloured(pieces: Line, key: number): ReactElement {
  const texts = pieces.map(({ text, kind, isSelected = false }, index) =>
    createElement(Text, { key: index, bold: isSelected, ...STYLES[kind] }, text),
  );
  return createElement(Text, { key }, ...texts);
}

function guide({ staff, pin, announced }: LiveView): string[] {
  const labels = announced.map(({ label, size, to }) => `${label.slice(-5)} ${size} for ${to}`);
  return [
    `1. Courier: press 2, type the staff number ${staff}, the PIN ${pin} and #.`,
    '2. Press 1, type the digits of a label, 1 for yes; a door springs open:',
    `   ${labels.join(' · ')}`,
    '3. p puts the parcel in, c closes the door, 1 confirms; * twice leaves.',
    '4. Collect: press 1, type both numbers; t takes it out, after 2 s c closes, #.',
  ];
}

function messages(title: string, shown: LiveView['phone'], windowColumns: number): ReactElement {
  const width = Math.floor((windowColumns - 1) / 2);
  const texts = shown.map(({ to, gist, text }) => `${to}  ${gist} · ${text}`);
  return createElement(
    Box,
    { flexDirection: 'column', width },
    line(title, { bold: true }),
    ...texts.map((text, key) => line(text, { key })),
  );
}

function help(): string[] {
  const hands = Object.entries(HANDS).map(([key, what]) => `${key} ${what}`);
  return [
    'Below each door: what the kiosk believes (≠ untrue, ✗ given to nobody, and why).',
    'Keypad: 0-9, # or Enter, * or Backspace          q quits',
    `Hands: arrows choose, ${hands.join(', ')}`,
  ];
}

function line(text: string, style: Readonly<Record<string, unknown>>): ReactElement {
  // An empty text would have no line.
  return createElement(Text, { wrap: 'truncate-end', ...style }, text || ' ');
}
