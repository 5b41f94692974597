import type { Clock } from './control/ports.ts';
import { keyOf } from './kiosk/keyboard.ts';
import { renderScreen } from './kiosk/render.ts';
import type { Keypad } from './kiosk/screen.ts';
import { TypedScan } from './kiosk/typed-scan.ts';

interface Scanned {
  scan(text: string): void;
}

/** `terminal` draws in place; `lines` takes keys from stdin and prints each new screen. */
export const KEYPADS = ['terminal', 'lines', 'none'] as const;
export type KeypadKind = (typeof KEYPADS)[number];

/**
 * Gives the keypad its keys and a place for its screen; `left` is called when a person quits. With
 * the clock of a `scanner`, one may type among the keys.
 */
export async function attachKeypad(
  keypad: Keypad & Scanned,
  kind: KeypadKind,
  scanner: Clock | null,
  left: () => void,
): Promise<void> {
  const typed = typist(keypad, scanner);
  if (kind === 'terminal') {
    const { showInTerminal } = await import('./kiosk/terminal.ts');
    await showInTerminal(keypad, { typed });
    left();
  }
  if (kind === 'lines') attachLines(keypad, typed, scanner !== null);
}

/** What a typed character does; with a clock, a scanner may be what types. */
function typist(keypad: Keypad & Scanned, scanner: Clock | null): (char: string) => void {
  const typed = (char: string): void => {
    const key = keyOf(char);
    if (key !== null) keypad.press(key);
  };
  if (scanner === null) return typed;
  const scan = new TypedScan({ clock: scanner, typed, scanned: (text) => keypad.scan(text) });
  return (char) => scan.take(char);
}

function attachLines(keypad: Keypad, typed: (char: string) => void, isScanner: boolean): void {
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
    // The line end of a terminal in line mode is no key, but the end of a scan.
    for (const char of isScanner ? text : text.replace(/[\r\n]/g, '')) typed(char);
  });
}
