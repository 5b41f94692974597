import type { Desk, Page } from '../page.ts';
import { askNumbers } from './numbers.ts';
import { followCollect } from './pickup-door.ts';

/** A recipient collects a parcel: both numbers, then the door (M4). */
export function collectPage(desk: Desk): Page {
  return askNumbers({
    desk,
    title: desk.texts.collect.title,
    judge: (code, second) => followCollect(desk, desk.collect.begin(desk.session, code, second)),
    grant: {
      scan: (text) => {
        const answer = desk.collect.scanned(desk.session, text);
        return answer.kind === 'second' ? answer : followCollect(desk, answer);
      },
      judge: (second) => followCollect(desk, desk.collect.afterGrant(desk.session, second)),
    },
  });
}
