import type { Catalogue } from '../messages/catalogue.ts';
import type { Desk, Page } from '../page.ts';
import type { Key, Screen } from '../screen.ts';
import { collectPage } from './collect.ts';
import { courierPage } from './courier.ts';
import { giveBackPage } from './give-back.ts';

/** What the idle page asks of the panel. */
interface Doorstep {
  readonly texts: Catalogue;
  readonly title: string;
  /** Begins a session. */
  begin(): Desk;
  /** Whether the next session uses the extended profile (R28), and changing that. */
  hasMoreTime(): boolean;
  toggleMoreTime(): void;
}

const WAYS: ReadonlyMap<Key, (desk: Desk) => Page> = new Map([
  ['1', collectPage],
  ['2', courierPage],
  ['3', giveBackPage],
]);

/** Waits for somebody; the first key that means something begins their session. */
export function idlePage(doorstep: Doorstep): Page {
  return {
    draw: () => drawIdle(doorstep),
    press: (key) => {
      if (key === '0') doorstep.toggleMoreTime();
      return WAYS.get(key)?.(doorstep.begin()) ?? null;
    },
    limit: () => null,
  };
}

function drawIdle({ texts, title, hasMoreTime }: Doorstep): Screen {
  const { idle } = texts;
  const more = hasMoreTime();
  return {
    title,
    lines: more ? [...idle.lines, idle.hasMoreTime] : idle.lines,
    tone: 'normal',
    choices: [
      { key: '1', label: idle.collect },
      { key: '2', label: idle.courier },
      { key: '3', label: idle.giveBack },
      { key: '0', label: more ? idle.normalTime : idle.moreTime },
    ],
  };
}
