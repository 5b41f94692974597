import { Box, Text } from 'ink';
import { createElement, type ReactElement, useEffect, useState } from 'react';
import { choiceText, entryText, footText } from '../../src/kiosk/render.ts';
import type { Keypad, Tone } from '../../src/kiosk/screen.ts';

/** The frame's sides with one blank at each. */
const FRAME_COLUMNS = 4;

const COLOURS: Readonly<Record<Tone, string>> = {
  normal: 'cyan',
  good: 'green',
  warning: 'yellow',
};

interface Props {
  readonly keypad: Keypad;
  readonly columns: number;
}

/** The kiosk's screen as wide as there is room; keys are taken elsewhere. */
export function ScreenView({ keypad, columns }: Props): ReactElement {
  const [screen, setScreen] = useState(() => keypad.screen());
  useEffect(() => keypad.onChange(() => setScreen(keypad.screen())), [keypad]);
  const { title, tone, lines, prompt, entry, choices } = screen;
  const color = COLOURS[tone];
  const foot = footText(screen, columns - FRAME_COLUMNS);
  return createElement(
    Box,
    {
      flexDirection: 'column',
      borderStyle: 'round',
      borderColor: color,
      width: columns,
      paddingX: 1,
    },
    createElement(Text, { bold: true, color }, title),
    paragraph(lines),
    prompt === undefined ? null : paragraph([`${prompt}:`]),
    entry === undefined ? null : createElement(Text, { bold: true }, entryText(entry)),
    paragraph(choices.map(choiceText)),
    foot === null ? null : paragraph([foot]),
  );
}

function paragraph(lines: readonly string[]): ReactElement | null {
  if (lines.length === 0) return null;
  const texts = lines.map((line, key) => createElement(Text, { key }, line));
  return createElement(Box, { flexDirection: 'column', marginTop: 1 }, ...texts);
}
