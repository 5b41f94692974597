import type { Config } from '../config/config.ts';
import { Panel } from '../kiosk/panel.ts';
import type { Cases } from './cases.ts';
import type { Core } from './core.ts';
import { composeScanner } from './scanner.ts';
import type { World } from './world.ts';

/**
 * The keypads that people stand at, each with its screen; a kiosk may have any number of them. The
 * scanner stands beside the panel that was opened first.
 */
export function panelsOf(config: Config, world: World, core: Core, cases: Cases) {
  const { site, supervisor, clock, log } = core;
  const panels = new Set<Panel>();
  const scanner = composeScanner(config, world, core, (text) => {
    const [first] = panels;
    first?.scan(text);
  });
  scanner.start();
  const labels = config.scanner.port !== undefined || config.scanner.types;
  const scans = { labels, grants: labels && config.policy.qr !== 'off' };
  return {
    open(): Panel {
      const tools = { ...cases, supervisor, clock, site, numbers: config.policy, scans, log };
      const ended = (): void => void panels.delete(panel);
      const panel: Panel = new Panel({ ...tools, ...config.kiosk, trace: core.trace, ended });
      panels.add(panel);
      return panel;
    },
    stop(): void {
      scanner.stop();
      for (const panel of panels) panel.stop();
    },
  };
}
