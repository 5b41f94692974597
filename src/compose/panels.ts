import type { Config } from '../config/config.ts';
import type { Language } from '../domain/language.ts';
import { keyOf } from '../kiosk/keyboard.ts';
import { Panel } from '../kiosk/panel.ts';
import type { Cases } from './cases.ts';
import type { Core } from './core.ts';
import { composeKeypad } from './keypad.ts';
import { composeScanner } from './scanner.ts';
import { wallScreen } from './wall-screen.ts';
import type { World } from './world.ts';

export type Panels = ReturnType<typeof panelsOf>;

/**
 * The keypads that people stand at, each with its screen; a kiosk may have any number of them. The
 * keypad and the scanner of the config belong to the panel at the wall, to the one that was opened
 * first where there are several.
 */
export function panelsOf(config: Config, world: World, core: Core, cases: Cases) {
  const { site, supervisor, clock, log, settings } = core;
  const notice = (language: Language) => settings.values.texts[language];
  const panels = new Set<Panel>();
  const atWall = new Set<Panel>();
  const listeners = new Set<() => void>();
  const redraw = (): void => {
    for (const panel of atWall) panel.changed();
  };
  const scan = (text: string): void => {
    const [first] = atWall;
    first?.scan(text);
  };
  const scanner = composeScanner(config, world, core, scan, redraw);
  const press = (char: string): void => {
    const [first] = atWall;
    const key = keyOf(char);
    if (key !== null) first?.press(key);
  };
  const changed = (): void => {
    redraw();
    for (const listener of listeners) listener();
  };
  const keypad = composeKeypad(config, world, core, press, changed);
  const screen = wallScreen(core, () => atWall.size > 0, changed);
  const parts = keypad.isWanted ? [scanner, keypad, screen] : [scanner];
  const { device, port, types } = config.scanner;
  const labels = device !== undefined || port !== undefined || types;
  const scans = { labels, grants: labels && config.policy.qr !== 'off' };
  return {
    /** The panel at the wall has keys of its own: a keyboard at its terminal is nobody's. */
    hasKeypad: keypad.isWanted,
    /** Whether nobody can type: the keypad at the wall cannot be read, or has no screen. */
    isLost: (): boolean => keypad.isLost() || screen.isLost(),
    /** Calls the listener when that may be another answer. */
    watch: (listener: () => void): void => void listeners.add(listener),
    start(): void {
      for (const part of parts) part.start();
    },
    open(isAtWall = true): Panel {
      const tools = { ...cases, supervisor, clock, site, numbers: config.policy, scans, log };
      const ended = (): void => {
        for (const set of [panels, atWall]) set.delete(panel);
        if (isAtWall) screen.turned();
      };
      const lost = isAtWall && { isLost: keypad.isLost, isScannerLost: scanner.isLost };
      const watched = { notice, trace: core.trace, ended, ...lost };
      const panel: Panel = new Panel({ ...tools, ...config.kiosk, ...watched });
      for (const set of isAtWall ? [panels, atWall] : [panels]) set.add(panel);
      if (isAtWall) screen.turned();
      return panel;
    },
    stop(): void {
      for (const part of parts) part.stop();
      for (const panel of panels) panel.stop();
    },
  };
}
