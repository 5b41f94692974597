import { render, Text, useApp, useInput, useStdout } from 'ink';
import { createElement, type ReactElement, useEffect, useState } from 'react';
import { drawPicture, type Line, type Picture } from './view.ts';

/** Import this file only for a terminal: it brings Ink, 35 MB of it. */

/** What is watched: a kiosk, or a trace of one. */
export interface Watched {
  picture(): Picture;
  /** Calls the listener at each change. Returns how to stop. */
  onChange(listener: () => void): () => void;
  /** Takes a key of the terminal. */
  key(key: WatchKey): void;
}

export type WatchKey = 'next' | 'previous' | 'play';

// The other screen of a terminal: leaving it brings back what was there before.
const ENTER = '\x1b[?1049h\x1b[H';
const LEAVE = '\x1b[?1049l';

const STYLES: Readonly<Record<Line['look'], Readonly<Record<string, string | boolean>>>> = {
  head: { bold: true },
  plain: {},
  open: { color: 'green' },
  alert: { color: 'yellow' },
  faint: { dimColor: true },
};

/** Shows it until somebody presses q or Ctrl-C, or `over` is settled. */
export async function showWatched(watched: Watched, over: Promise<void>): Promise<void> {
  const { stdout } = process;
  stdout.write(ENTER);
  const view = render(createElement(WatchView, { watched }));
  const end = (): void => view.unmount();
  over.then(end, end);
  try {
    await view.waitUntilExit();
  } finally {
    stdout.write(LEAVE);
  }
}

function WatchView({ watched }: { readonly watched: Watched }): ReactElement {
  const [picture, setPicture] = useState(() => watched.picture());
  useEffect(() => watched.onChange(() => setPicture(watched.picture())), [watched]);
  const { exit } = useApp();
  const { stdout } = useStdout();
  useInput((input, key) => {
    if (input === 'q') exit();
    else if (input === ' ') watched.key('play');
    else if (key.rightArrow || input === 'n') watched.key('next');
    else if (key.leftArrow || input === 'p') watched.key('previous');
  });
  // The last row stays free: a terminal would scroll at its end.
  const lines = drawPicture(picture, stdout.columns, stdout.rows - 1);
  const texts = lines.map(({ text, look }, key) =>
    createElement(Text, { key, ...STYLES[look] }, text || ' '),
  );
  return createElement(Text, null, ...texts.flatMap((one, at) => (at === 0 ? [one] : ['\n', one])));
}
