import { PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { keyOf } from '../../src/kiosk/keyboard.ts';
import { renderScreen } from '../../src/kiosk/render.ts';
import type { Key, Screen } from '../../src/kiosk/screen.ts';
import { showInTerminal } from '../../src/kiosk/terminal.ts';

const SCREEN: Screen = {
  title: 'Courier',
  lines: ['Please check the number and type it again, and then once more to be sure.'],
  tone: 'warning',
  prompt: 'PIN',
  entry: { shown: '••', masked: true, digits: 6 },
  choices: [
    { key: '1', label: 'Yes' },
    { key: 'enter', label: 'Confirm' },
    { key: 'back', label: 'Back' },
  ],
  secondsLeft: 9,
  ref: { label: 'Reference', value: 'K7M2QD' },
};

test('R26 a screen is plain text in a frame, and names its keys as the keypad does', () => {
  expect(renderScreen(SCREEN).join('\n')).toBe(
    `
┌──────────────────────────────────────────────────────────┐
│ Courier                                                  │
├──────────────────────────────────────────────────────────┤
│ Please check the number and type it again, and then once │
│ more to be sure.                                         │
│                                                          │
│ PIN:                                                     │
│ • • _ _ _ _                                              │
│                                                          │
│ 1  Yes                                                   │
│ #  Confirm                                               │
│ *  Back                                                  │
├──────────────────────────────────────────────────────────┤
│ Reference K7M2QD                                     9 s │
└──────────────────────────────────────────────────────────┘`.trim(),
  );
});

test('an entry without a fixed length shows one dash, and a long word is cut', () => {
  const entry = { shown: '12', masked: false, digits: null };
  const lines = renderScreen({ ...SCREEN, lines: ['x'.repeat(70)], entry });
  expect(lines).toContain(`│ ${'x'.repeat(56)} │`);
  expect(lines).toContain(`│ ${'1 2 _'.padEnd(56)} │`);
});

/** A terminal whose keys a test presses and whose output it reads. */
function fakeTerminal() {
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => stdin,
    ref: () => stdin,
    unref: () => stdin,
  }) as unknown as NodeJS.ReadStream;
  const stdout = Object.assign(new PassThrough(), {
    columns: 80,
    rows: 40,
  }) as unknown as NodeJS.WriteStream;
  let text = '';
  stdout.on('data', (chunk) => {
    text += chunk;
  });
  return { stdin, stdout, text: () => text, type: (keys: string) => stdin.push(keys) };
}

test('R26 the terminal shows the same text and gives its keys to the keypad', async () => {
  const pressed: Key[] = [];
  const listeners = new Set<() => void>();
  const keypad = {
    screen: (): Screen => ({ ...SCREEN, title: `Keys: ${pressed.join(' ')}` }),
    press: (key: Key) => {
      pressed.push(key);
      for (const listener of listeners) listener();
    },
    onChange: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const { stdin, stdout, text, type } = fakeTerminal();
  const shown = showInTerminal(keypad, { stdin, stdout, debug: true });
  await vi.waitFor(() => expect(text()).toContain('Keys:'));
  for (const part of ['• • _ _ _ _', '#  Confirm', 'Reference K7M2QD', '9 s']) {
    expect(text()).toContain(part);
  }
  for (const keys of ['12x', '\r', '\x7f', '#*']) {
    const before = pressed.length;
    type(keys);
    await vi.waitFor(() => expect(pressed.length).toBeGreaterThan(before));
  }
  await vi.waitFor(() => expect(text()).toContain('Keys: 1 2 enter back enter back'));
  type('\x03');
  await shown;
  expect(listeners.size).toBe(0);
});

test('R26 digits, # and *, and what stands for them on a keyboard, are keys', () => {
  expect([...'07#*\r\n\b\x7f'].map(keyOf)).toEqual([
    '0',
    '7',
    'enter',
    'back',
    'enter',
    'enter',
    'back',
    'back',
  ]);
  expect([...'aB-\x1b²'].map(keyOf)).toEqual([null, null, null, null, null]);
});
