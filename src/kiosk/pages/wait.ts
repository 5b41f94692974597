import { MESSAGE_LIMIT_MS, NEUTRAL_DELAY_MS } from '../limits.ts';
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

/**
 * Shows a page 400 ms after the last key, which was pressed at `sinceMono`, however long it took to
 * find: what was found must not show in the time (R14).
 */
export function neutralPage(desk: Desk, title: string, sinceMono: number, page: Page): Page {
  const leftMs = Math.max(0, NEUTRAL_DELAY_MS - (desk.clock.monoMs() - sinceMono));
  return waitPage(desk, title, (arrive) => {
    desk.clock.after('neutral answer', leftMs, () => arrive(() => page));
  });
}
