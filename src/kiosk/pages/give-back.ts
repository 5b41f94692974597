import type { Desk, Next, Page } from '../page.ts';
import { messagePage } from './choice.ts';
import { askNumbers, type Refused } from './numbers.ts';

/** A recipient cancels a parcel with both numbers; its courier takes it back (M5). */
export function giveBackPage(desk: Desk): Page {
  return askNumbers({
    desk,
    title: desk.texts.giveBack.title,
    judge: (code, second) => giveBack(desk, code, second),
  });
}

function giveBack(desk: Desk, code: string, second: string): Page | Refused {
  const { texts, site } = desk;
  const { title, cancelled, busy } = texts.giveBack;
  const answer = desk.cancel.byRecipient(desk.session, code, second);
  const onward = (): Next => 'home';
  switch (answer.kind) {
    case 'cancelled': {
      const { ref } = answer;
      return messagePage(texts, { title, lines: cancelled(ref), tone: 'good', ref, onward });
    }
    case 'busy': {
      const lines = [...busy, texts.common.help(site.helpPhone)];
      return messagePage(texts, { title, lines, tone: 'warning', ref: answer.ref, onward });
    }
    default:
      return answer;
  }
}
