import { SESSION_REF_CHARS } from '../limits.ts';
import type { Desk, Page } from '../page.ts';
import { messagePage } from './choice.ts';

/** Something failed that the person can do nothing about; the log has the visit's reference. */
export function faultPage({ texts, site }: Desk): Page {
  return messagePage(texts, {
    title: site.name,
    lines: [...texts.fault.lines, texts.common.help(site.helpPhone)],
    tone: 'warning',
    onward: () => 'home',
  });
}

/** What the screen and the log call a visit (R29). */
export function visitRef(session: string): string {
  return session.slice(-SESSION_REF_CHARS).toUpperCase();
}
