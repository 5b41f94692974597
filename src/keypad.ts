import { keyOf } from './kiosk/keyboard.ts';
import { renderScreen } from './kiosk/render.ts';
import type { Keypad } from './kiosk/screen.ts';

/** `terminal` draws in place; `lines` takes keys from stdin and prints each new screen. */
export const KEYPADS = ['terminal', 'lines', 'none'] as const;
export type KeypadKind = (typeof KEYPADS)[number];

/** Gives the keypad its keys and a place for its screen; `left` is called when a person quits. */
export async function attachKeypad(
  keypad: Keypad,
  kind: KeypadKind,
  left: () => void,
): Promise<void> {
  if (kind === 'terminal') {
    const { showInTerminal } = await import('./kiosk/terminal.ts');
    await showInTerminal(keypad);
    left();
  }
  if (kind === 'lines') attachLines(keypad);
}

function attachLines(keypad: Keypad): void {
  let shown = '';
  const show = (): void => {
    const text = renderScreen(keypad.screen()).join('\n');
    if (text !== shown) process.stdout.write(`${text}\n`);
    shown = text;
  };
  keypad.onChange(show);
  show();
  process.stdin.setEncoding('latin1');
  process.stdin.on('data', (text: string) => {
    // The line end of a terminal in line mode is no key.
    for (const char of text.replace(/[\r\n]/g, '')) {
      const key = keyOf(char);
      if (key !== null) keypad.press(key);
    }
  });
}
