import { MESSAGE_LIMIT_MS } from '../limits.ts';
import type { Desk, Next, Page } from '../page.ts';

/** Says where the waiting leads; what it is given runs in the panel's own turn. */
type Arrive = (next: () => Next) => void;

/** Shows "Checking…" and takes no keys until what was begun has arrived. */
export function waitPage(desk: Desk, title: string, begin: (arrive: Arrive) => void): Page {
  const { texts } = desk;
  let next: (() => Next) | null = null;
  begin((arrived) => {
    next = arrived;
    desk.refresh();
  });
  return {
    draw: () => ({ title, lines: [texts.common.checking], tone: 'normal', choices: [] }),
    press: () => null,
    advance: () => next?.() ?? null,
    limit: () => ({ ms: MESSAGE_LIMIT_MS }),
  };
}
