import type { Desk } from '../page.ts';
import type { Choice, Screen } from '../screen.ts';
import { refOf } from './choice.ts';
import type { Visit } from './visit.ts';

interface Around {
  readonly ref: string;
  /** How many more parcels the recipient has here. */
  readonly others: number;
  /** The number on the door of the next one. */
  readonly nextDoor: number | null;
}

/** What the recipient sees while a pickup is under way, by the slot's record alone. */
export function drawPickup(desk: Desk, visit: Visit, around: Around): Screen {
  switch (visit.record.state) {
    case 'opening':
      return drawOpening(desk, visit, around);
    case 'unseen':
      return drawUnseen(desk, visit, around);
    case 'open':
      return drawOpen(desk, visit, around);
    case 'grace':
      return drawGrace(desk, visit, around);
    default:
      return plain(desk, [desk.texts.common.moment]);
  }
}

function plain(desk: Desk, lines: readonly string[], choices: readonly Choice[] = []): Screen {
  return { title: desk.texts.collect.title, lines, tone: 'normal', choices };
}

function drawOpening(desk: Desk, visit: Visit, { others }: Around): Screen {
  const { collect } = desk.texts;
  const more = others > 0 ? [collect.others(others)] : [];
  return plain(desk, [collect.opening(visit.door), ...more]);
}

/** "Did the door open?", and the rest and second burst after a no (R6, R11, R29). */
function drawUnseen(desk: Desk, visit: Visit, { ref }: Around): Screen {
  const { collect, common } = desk.texts;
  const door = visit.door;
  const help = common.help(desk.site.helpPhone);
  const rest = { tone: 'warning', ref: refOf(desk.texts, ref), ...visit.secondsLeft() } as const;
  switch (visit.record.ask) {
    case 'asked':
      return { ...plain(desk, [collect.didItOpen(door), collect.safe], yesNo(desk)), ...rest };
    case 'cooling':
      return { ...plain(desk, [collect.cooling(door), help]), ...rest };
    default: {
      const again: Choice = { key: '1', label: common.again };
      return { ...plain(desk, [collect.ready(door), collect.safe, help], [again]), ...rest };
    }
  }
}

function drawOpen(desk: Desk, visit: Visit, { others }: Around): Screen {
  const { collect } = desk.texts;
  const { sensor, door, openGrade } = visit.record;
  const close = visit.closeRequest();
  const seen = openGrade === 'sensed';
  const more = others > 0 ? [collect.others(others)] : [];
  const told = seen ? [collect.open(visit.door), collect.take] : [collect.saidOpen(visit.door)];
  const take = [...told, ...more];
  // Nobody's word closes a door that is seen open.
  if (sensor === 'good' || door === 'open') {
    const choices: Choice[] = [{ key: '1', label: collect.staysOpen }];
    return { ...plain(desk, [...take, ...close.lines], choices), tone: close.tone };
  }
  return {
    ...plain(desk, [...take, collect.suspect, ...close.lines]),
    tone: 'warning',
    choices: [
      { key: '1', label: collect.isClosed },
      { key: '2', label: collect.staysOpen },
    ],
  };
}

/** The code stays valid until the grace ends (R10, R12). */
function drawGrace(desk: Desk, visit: Visit, { ref, others, nextDoor }: Around): Screen {
  const { collect, common } = desk.texts;
  const { leftInside, refused } = visit.record;
  const help = common.help(desk.site.helpPhone);
  const said = refused
    ? [collect.youRefused, collect.refusedThen, help]
    : [collect.leftInside, collect.leftInsideThen, help];
  const asked = leftInside ? said : [collect.done, collect.inGrace(visit.door)];
  const choices: Choice[] = [{ key: '1', label: collect.reopen(visit.door) }];
  if (refused) choices.push({ key: '2', label: collect.tookIt });
  if (!leftInside) choices.push({ key: '2', label: collect.somethingInside });
  if (nextDoor !== null) choices.push({ key: '3', label: collect.another(nextDoor) });
  if (!leftInside) choices.push({ key: '4', label: collect.leaveIt });
  if (!leftInside) choices.push({ key: '5', label: collect.notThere });
  choices.push({ key: 'enter', label: common.finish });
  const more = others > 0 ? [collect.others(others)] : [];
  const held = leftInside ? { ref: refOf(desk.texts, ref) } : {};
  return { ...plain(desk, [...asked, ...more], choices), ...held, ...visit.secondsLeft() };
}

function yesNo(desk: Desk): Choice[] {
  return [
    { key: '1', label: desk.texts.common.yes },
    { key: '2', label: desk.texts.common.no },
  ];
}
