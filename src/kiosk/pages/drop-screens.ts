import type { Catalogue } from '../messages/catalogue.ts';
import type { Choice, Screen } from '../screen.ts';
import type { Visit } from './visit.ts';

/** What the courier sees while a drop is under way, by the slot's record alone. */
export function drawDrop(
  texts: Catalogue,
  visit: Visit,
  ref: string,
  insteadOf: number | null,
): Screen {
  const { drop, common } = texts;
  switch (visit.record.state) {
    case 'opening': {
      const instead = insteadOf === null ? [] : [drop.insteadOf(insteadOf)];
      return plain(texts, [...instead, drop.opening(visit.door)]);
    }
    case 'open':
      return drawOpen(texts, visit, ref);
    case 'drop_unconfirmed': {
      const empty = visit.record.occupancy === 'empty' ? [drop.looksEmpty] : [];
      const lines = [...empty, drop.leftIt(visit.door)];
      return { ...plain(texts, lines, yesNo(texts)), ...visit.secondsLeft() };
    }
    case 'verify_empty': {
      const choices = [...yesNo(texts), choice('enter', drop.reopen)];
      return { ...plain(texts, [drop.isEmpty(visit.door)], choices), ...visit.secondsLeft() };
    }
    default:
      return plain(texts, [common.moment]);
  }
}

function drawOpen(texts: Catalogue, visit: Visit, ref: string): Screen {
  const { drop } = texts;
  const { dropAnswer } = visit.record;
  const close = visit.closeRequest();
  const staysOpen = choice('5', drop.staysOpen);
  if (dropAnswer !== null && dropAnswer !== 'done') {
    const lines = [drop.takeAlong[dropAnswer], ...close.lines];
    const choices = [choice('1', drop.afterAll), staysOpen];
    return { ...plain(texts, lines, choices), tone: close.tone };
  }
  const choices = [
    choice('1', drop.tooBig),
    choice('2', drop.notEmpty),
    choice('3', drop.dirty),
    choice('4', drop.changedMind),
    staysOpen,
  ];
  const lines = [drop.put(ref, visit.door), ...close.lines];
  return { ...plain(texts, lines, choices), tone: close.tone };
}

function plain(
  texts: Catalogue,
  lines: readonly string[],
  choices: readonly Choice[] = [],
): Screen {
  return { title: texts.drop.title, lines, tone: 'normal', choices };
}

function yesNo({ common }: Catalogue): Choice[] {
  return [choice('1', common.yes), choice('2', common.no)];
}

function choice(key: Choice['key'], label: string): Choice {
  return { key, label };
}
