import type { Config } from '../config/config.ts';
import { Panel } from '../kiosk/panel.ts';
import type { Cases } from './cases.ts';
import type { Core } from './core.ts';

/** The keypads that people stand at, each with its screen; a kiosk may have any number of them. */
export function panelsOf(config: Config, { site, supervisor, clock, log }: Core, cases: Cases) {
  const panels = new Set<Panel>();
  return {
    open(): Panel {
      const tools = { ...cases, supervisor, clock, site, numbers: config.policy, log };
      const ended = (): void => void panels.delete(panel);
      const panel: Panel = new Panel({ ...tools, ...config.kiosk, ended });
      panels.add(panel);
      return panel;
    },
    stop(): void {
      for (const panel of panels) panel.stop();
    },
  };
}
