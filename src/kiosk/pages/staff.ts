import type { PersonRecord } from '../../domain/person.ts';
import type { Desk, Page } from '../page.ts';
import { messagePage } from './choice.ts';
import { courierMenu } from './courier.ts';
import { entryPage } from './entry.ts';
import { signInPage } from './sign-in.ts';
import { upkeepMenu } from './upkeep-menu.ts';

const TOTP_DIGITS = 6;
const MINUTE_MS = 60_000;

/** Everybody who works here signs in the same way; what they may do then is by their role (M9). */
export function staffPage(desk: Desk): Page {
  return signInPage(desk, (person) =>
    person.role === 'courier' ? courierMenu(desk, person) : provePage(desk, person),
  );
}

/** This keypad is public: technicians also show the open hatch or a number of their app (R13a). */
function provePage(desk: Desk, person: PersonRecord, refused = false): Page {
  const { upkeep, courier, common } = desk.texts;
  const { title } = upkeep;
  const needed = desk.staffProof.needed(person);
  switch (needed.kind) {
    case 'proven':
      return upkeepMenu({ desk, person });
    case 'totp':
      return entryPage(desk.texts, {
        title,
        lines: refused ? [upkeep.totpWrong] : [],
        prompt: upkeep.totp,
        digits: TOTP_DIGITS,
        done: (token) =>
          desk.staffProof.check(person.id, token)
            ? upkeepMenu({ desk, person })
            : provePage(desk, person, true),
        back: () => 'home',
      });
    case 'hatch':
      return messagePage(desk.texts, {
        title,
        lines: upkeep.hatch[needed.why],
        tone: 'warning',
        onward: () => 'home',
      });
    case 'wait':
      return messagePage(desk.texts, {
        title,
        lines: [
          ...courier.wait(Math.ceil(needed.waitMs / MINUTE_MS)),
          common.help(desk.site.helpPhone),
        ],
        tone: 'warning',
        onward: () => 'home',
      });
  }
}
