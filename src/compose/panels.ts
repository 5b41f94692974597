import type { Config } from '../config/config.ts';
import type { Language } from '../domain/language.ts';
import { keyOf } from '../kiosk/keyboard.ts';
import { Panel } from '../kiosk/panel.ts';
import type { Cases } from './cases.ts';
import type { Core } from './core.ts';
import { composeKeypad } from './keypad.ts';
import { composeScanner } from './scanner.ts';
import type { World } from './world.ts';

/**
 * The keypads that people stand at, each with its screen; a kiosk may have any number of them. The
 * keys and the scanner at the wall belong to the panel that was opened first.
 */
export function panelsOf(config: Config, world: World, core: Core, cases: Cases) {
  const { site, supervisor, clock, log, settings } = core;
  const notice = (language: Language) => settings.values.texts[language];
  const panels = new Set<Panel>();
  const scanner = composeScanner(config, world, core, (text) => {
    const [first] = panels;
    first?.scan(text);
  });
  const press = (char: string): void => {
    const [first] = panels;
    const key = keyOf(char);
    if (key !== null) first?.press(key);
  };
  const keypad = composeKeypad(config, world, core, press, () => {
    for (const panel of panels) panel.changed();
  });
  const { isLost } = keypad;
  for (const part of [scanner, keypad]) part.start();
  const { device, port, types } = config.scanner;
  const labels = device !== undefined || port !== undefined || types;
  const scans = { labels, grants: labels && config.policy.qr !== 'off' };
  return {
    open(): Panel {
      const tools = { ...cases, supervisor, clock, site, numbers: config.policy, scans, log };
      const ended = (): void => void panels.delete(panel);
      const watched = { notice, isLost, trace: core.trace, ended };
      const panel: Panel = new Panel({ ...tools, ...config.kiosk, ...watched });
      panels.add(panel);
      return panel;
    },
    stop(): void {
      for (const part of [scanner, keypad]) part.stop();
      for (const panel of panels) panel.stop();
    },
  };
}
