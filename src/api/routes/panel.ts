import { z } from 'zod';
import { PANELS_MAX } from '../limits.ts';
import { Refusal, type Route, route } from '../route.ts';
import { KEY, SHOWN } from '../shapes.ts';
import type { HeldPanel, Tools } from '../tools.ts';

const WALL = 'the panel that people stand at: it has the keypad and the scanner of the config';

/**
 * A keypad with its screen, for whoever has that socket: keys in, screens out, nothing else. A
 * panel lives as long as the stream of its screens does, and ends with it. Only that stream says
 * what the panel is called: nobody presses keys in somebody else's visit.
 */
export function panelRoutes(tools: Tools): Route[] {
  const panels = new Map<string, HeldPanel>();
  const withoutKeys = new Set<string>();
  return [
    route({
      ...{ method: 'GET', path: '/screen', role: 'panel' },
      summary: 'a new panel, and its screen at each change',
      query: z.strictObject({ wall: z.literal('1').optional().describe(WALL) }),
      reply: SHOWN,
      stream: ({ query }, send) => {
        if (panels.size >= PANELS_MAX) {
          throw new Refusal(503, 'TOO_MANY', `${PANELS_MAX} panels are in use already`);
        }
        const isAtWall = query.wall !== undefined;
        const keypad = tools.newPanel(isAtWall);
        const panel = tools.newId();
        panels.set(panel, keypad);
        if (isAtWall && tools.hasKeypad) withoutKeys.add(panel);
        const show = (): void => send({ panel, screen: keypad.screen() });
        show();
        keypad.onChange(show);
        return () => {
          panels.delete(panel);
          withoutKeys.delete(panel);
          keypad.stop();
        };
      },
    }),
    route({
      ...{ method: 'POST', path: '/panels/:panel/keys', role: 'panel' },
      summary: 'presses one key',
      body: z.strictObject({ key: KEY }),
      reply: z.strictObject({}),
      once: ({ path: { panel = '' }, body }) => {
        const keypad = panels.get(panel);
        if (keypad === undefined) throw new Refusal(404, 'NO_PANEL', `no panel "${panel}"`);
        if (withoutKeys.has(panel)) throw new Refusal(409, 'WALL_KEYS', 'it has a keypad');
        keypad.press(body.key);
        return {};
      },
    }),
  ];
}
