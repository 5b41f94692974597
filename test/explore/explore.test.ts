import { describe, expect, it } from 'vitest';
import { slotStepper } from '../../src/domain/slot-machine.ts';
import { allRungs, eventsOfChart, rungsOf } from './chart.ts';
import { EVENT_NAMES, EVENTS } from './events.ts';
import { explore, type Found } from './explore.ts';
import type { Taken } from './records.ts';
import { RULES } from './rules.ts';
import { harmless, honest, SENSORS, silent } from './settings.ts';
import type { Setting } from './world.ts';

const explored = new Map<string, Found>();

/** Each exploration is made once. */
function found(setting: Setting): Found {
  const key = JSON.stringify(setting);
  const known = explored.get(key) ?? explore(slotStepper(), setting);
  explored.set(key, known);
  return known;
}

const brokenBy = ({ broken }: Found, rule: string): string[] =>
  [...broken].filter(([name]) => name.startsWith(rule)).map(([name, way]) => say(name, way));

const say = (name: string, way: readonly string[]): string => `${name}\n  ${way.join('\n  ')}`;

describe.each(SENSORS)(
  'I1 I2 I4 R1 R2 R2a R3a R4 R5 R6 R8 R10 R10a R12 R16a R18 R20 R21 R31 occupancy sensors: %s',
  (occupancy) => {
    it.each(RULES)('honest people and good sensors: %s', (rule) => {
      expect(brokenBy(found(honest(occupancy)), rule)).toEqual([]);
    });

    it.each(RULES)('every untruth that R1 does not accept, all at once: %s', (rule) => {
      expect(brokenBy(found(harmless(occupancy)), rule)).toEqual([]);
    });

    it('I12 time and a technician lead from everywhere to available', () => {
      expect(found(silent(occupancy)).stuck().slice(0, 3)).toEqual([]);
    });
  },
);

const everything = (): Found[] =>
  SENSORS.flatMap((occupancy) =>
    [honest(occupancy), silent(occupancy), harmless(occupancy)].map(found),
  );

describe('the chart', () => {
  it('I12 every event of the chart is explored', () => {
    const types = new Set<string>(EVENT_NAMES.map((name) => EVENTS[name].type));
    expect(eventsOfChart().filter((type) => !types.has(type))).toEqual([]);
  });

  it('I12 every way of the chart is taken, but for those with a reason', () => {
    const taken = new Set(everything().flatMap(({ steps }) => [...steps].flatMap(rungsOf)));
    const all = allRungs();
    const unreached = all.filter((name) => !taken.has(name));
    process.stdout.write(`${report(taken.size, all.length)}\n`);
    expect(unreached).toEqual(Object.keys(UNREACHED));
  });

  it('R1 R3 R10a only these lead to available: no expiry, no cancel, no late close', () => {
    const steps = everything().flatMap((one) => [...one.steps]);
    const ways = steps
      .filter(({ before, raw }) => raw.state === 'available' && before.state !== 'available')
      .map(({ before, event }) => `${before.state} ${event.type}`);
    expect([...new Set(ways)].sort()).toEqual(TO_AVAILABLE);
  });
});

/** One in so many records is held against its canonical form, by every event. */
const SAMPLE = 41;

describe.each(SENSORS)('what the exploration forgets, occupancy sensors: %s', (occupancy) => {
  it('I12 makes no difference: a record and its canonical form do the same', () => {
    const { steps, machine } = found(harmless(occupancy));
    const step = slotStepper();
    const samples = [...steps].filter(
      ({ event }, index) => index % SAMPLE === 0 && event.type !== 'BOOT',
    );
    const differences = samples.flatMap(({ raw, after }) => {
      const slot = { ...raw, intent: raw.intent === null ? null : 'now' };
      return EVENT_NAMES.filter((name) => {
        const known = machine.step(after, name);
        const real = step(slot, EVENTS[name]);
        const same = [known.after === machine.know(real.record), known.ignored === real.ignored];
        return same.includes(false) || tagsOf(known) !== tagsOf(real);
      }).map((name) => `${name} on ${JSON.stringify(raw)}`);
    });
    expect(differences.slice(0, 3)).toEqual([]);
  });
});

const tagsOf = ({ facts, acts }: Pick<Taken, 'facts' | 'acts'>): string =>
  [...facts.map(({ t }) => t), ...acts.map((act) => act.do)].join();

function report(taken: number, all: number): string {
  const counts = SENSORS.flatMap((occupancy) => {
    const { worlds, transitions, machine } = found(honest(occupancy));
    const { worlds: more } = found(harmless(occupancy));
    return [
      `occupancy ${occupancy}: ${worlds} worlds over ${machine.size} records,`,
      `${transitions} transitions; with untruths ${more} worlds`,
    ].join(' ');
  });
  return [...counts, `${taken} of ${all} ways of the chart taken`].join('\n');
}

const TO_AVAILABLE = [
  'grace DEADLINE_PASSED',
  'grace IS_EMPTY',
  'open DOOR_CLOSED',
  'out_of_service CLEARED',
  'out_of_service UNBLOCK',
  'quarantined BOOT',
  'quarantined CLEARED',
  'reserved BOOT',
  'reserved RELEASE',
  'verify_empty IS_EMPTY',
  'verify_empty OCCUPANCY',
];

/** Ways of the chart that nothing leads to, and why they may stand. */
const UNREACHED: Readonly<Record<string, string>> = {
  'drop_unconfirmed OCCUPANCY 2': 'what was not full at the close only ever turns full',
  'returned always 1 → available': 'no door of a free slot is opened',
  'returned always 3 → opening': 'no visit begins in a visit',
  'returned always 4 → unseen': 'no visit begins in a visit',
  'returned always 5 → open': 'no visit begins in a visit',
};
