import { Box, type RenderOptions, render, Text, useInput } from 'ink';
import { createElement, type ReactElement, useEffect, useState } from 'react';
import { keyOf } from './keyboard.ts';
import { choiceText, entryText, footText } from './render.ts';
import type { Keypad, Screen, Tone } from './screen.ts';

/** Import this file only when a terminal is there and wanted: it brings Ink, 35 MB of it. */

const FRAME_COLUMNS = 60;
/** Without the frame's sides and one blank at each. */
const TEXT_COLUMNS = FRAME_COLUMNS - 4;

const COLOURS: Readonly<Record<Tone, string>> = {
  normal: 'cyan',
  good: 'green',
  warning: 'yellow',
};

interface Options extends RenderOptions {
  /** Ends the view as Ctrl-C does. */
  readonly until?: Promise<void>;
  /** What a typed character does; a key unless told. */
  readonly typed?: (char: string) => void;
}

/**
 * Draws a keypad's screen and gives it the keys of the terminal, until Ctrl-C.
 * @throws when the input is no terminal: ask `isTTY` first.
 */
export async function showInTerminal(
  keypad: Keypad,
  { until, typed = pressing(keypad), ...options }: Options = {},
): Promise<void> {
  const view = render(createElement(KioskView, { keypad, typed }), options);
  const end = (): void => view.unmount();
  until?.then(end, end);
  await view.waitUntilExit();
}

const pressing =
  (keypad: Keypad) =>
  (char: string): void => {
    const key = keyOf(char);
    if (key !== null) keypad.press(key);
  };

interface View {
  readonly keypad: Keypad;
  /** What a typed character does. */
  readonly typed: (char: string) => void;
}

/** A keypad with its screen, redrawn whenever it changes. */
function KioskView({ keypad, typed }: View): ReactElement {
  const [screen, setScreen] = useState(() => keypad.screen());
  useEffect(() => {
    setScreen(keypad.screen());
    return keypad.onChange(() => setScreen(keypad.screen()));
  }, [keypad]);
  useInput((input, { return: isReturn, backspace, delete: isDelete }) => {
    if (isReturn) return typed('\r');
    // Most terminals send DEL for the backspace key, which Ink calls "delete".
    if (backspace || isDelete) return typed('\b');
    for (const char of input) typed(char);
  });
  return createElement(ScreenView, { screen });
}

function ScreenView({ screen }: { readonly screen: Screen }): ReactElement {
  const colour = COLOURS[screen.tone];
  const { prompt, entry } = screen;
  return createElement(
    Box,
    {
      flexDirection: 'column',
      borderStyle: 'round',
      borderColor: colour,
      width: FRAME_COLUMNS,
      paddingX: 1,
    },
    createElement(Text, { bold: true, color: colour }, screen.title),
    paragraph(screen.lines),
    prompt === undefined ? null : paragraph([`${prompt}:`]),
    entry === undefined ? null : createElement(Text, { bold: true }, entryText(entry)),
    paragraph(screen.choices.map(choiceText)),
    foot(screen),
  );
}

function paragraph(lines: readonly string[]): ReactElement | null {
  if (lines.length === 0) return null;
  return createElement(
    Box,
    { flexDirection: 'column', marginTop: 1 },
    ...lines.map((line, index) => createElement(Text, { key: index }, line)),
  );
}

function foot(screen: Screen): ReactElement | null {
  const text = footText(screen, TEXT_COLUMNS);
  if (text === null) return null;
  return createElement(Box, { marginTop: 1 }, createElement(Text, { dimColor: true }, text));
}
