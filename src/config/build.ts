import { POLICY_DIGITS } from '../domain/code-policy.ts';
import type { BusConfig, Config, Families, FamilyLimits, SlotConfig } from './config.ts';
import type { Draft } from './drafts.ts';
import type { File } from './schema.ts';

/** The frozen config of a file without problems. */
export function buildConfig(file: File, drafts: readonly Draft[], families: Families): Config {
  const { acceptGuessable: _, ...policy } = file.policy;
  return frozen({
    ...file,
    policy: { ...policy, ...digitsOf(policy) },
    limits: Object.fromEntries(file.limits.map(({ size, ...limit }) => [size, limit])),
    keys: { ...file.keys, audit: file.keys.audit ?? besideKey(file.keys.path) },
    doorMap: { path: file.doorMap.path ?? `${file.database.path}.doors.json` },
    buses: file.buses.map((bus) => completeBus(bus, families)),
    lockers: file.lockers.map(({ id }, index) => {
      const own = drafts.filter(({ locker }) => locker === index);
      return { id, slots: own.map(({ slot }) => complete(slot)) };
    }),
  });
}

/** As many digits as the policy is safe with, unless told. */
function digitsOf({
  codes,
  codeDigits,
  secondDigits,
}: Pick<File['policy'], 'codes' | 'codeDigits' | 'secondDigits'>) {
  const { code, second } = POLICY_DIGITS[codes];
  return { codeDigits: codeDigits ?? code, secondDigits: secondDigits ?? second };
}

/** `device.key` has its `device.audit.key` beside it. */
function besideKey(path: string): string {
  return `${path.replace(/\.key$/, '')}.audit.key`;
}

/** Without a rate of its own a bus runs at that of its boards, which is one and the same. */
function completeBus(bus: File['buses'][number], families: Families): BusConfig {
  const baud = bus.baud ?? families.get(bus.boards[0]?.family ?? '')?.baud;
  if (baud === undefined) throw new TypeError(`bus "${bus.name}" was not checked`);
  const boards = bus.boards.map((board) => {
    return { ...board, settings: { ...defaultsOf(families.get(board.family)), ...board.settings } };
  });
  return { ...bus, baud, supply: bus.supply ?? bus.name, boards };
}

function defaultsOf(family: FamilyLimits | undefined): Record<string, string> {
  const settings = Object.entries(family?.settings ?? {});
  return Object.fromEntries(settings.map(([name, [first]]) => [name, first]));
}

/** Nothing was cut out of a file without problems, and what is not required has a default. */
function complete(slot: Draft['slot']): SlotConfig {
  return slot as SlotConfig;
}

/** Freezes a tree of tables and lists to its leaves. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) frozen(member);
    Object.freeze(value);
  }
  return value;
}
