import { render } from 'ink';
import { createElement } from 'react';
import type { Keypad } from '../../src/kiosk/screen.ts';
import type { LiveKiosk } from './live-kiosk.ts';
import { LiveScreen } from './live-view.ts';

// The other screen of a terminal: leaving it brings back what was there before.
const ENTER = '\x1b[?1049h\x1b[H';
const LEAVE = '\x1b[?1049l';

/** Import this file only for a terminal: it brings Ink. Shows the kiosk until somebody quits. */
export async function show(live: LiveKiosk, keypad: Keypad): Promise<void> {
  const { stdout } = process;
  // The window may have been closed, and there is nobody left to tell.
  stdout.on('error', () => undefined);
  stdout.write(ENTER);
  const leave = (): void => void stdout.write(LEAVE);
  // An error that nobody caught is told on the screen that stays.
  process.once('uncaughtExceptionMonitor', leave);
  const { unmount, waitUntilExit } = render(createElement(LiveScreen, { live, keypad }));
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) process.once(signal, unmount);
  try {
    await waitUntilExit();
  } finally {
    leave();
  }
}
