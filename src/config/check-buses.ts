import { type Board, limitsOf, wayOut } from './board-limits.ts';
import type { Families, FamilyLimits } from './config.ts';
import { type Entry, type Finding, quoted, repeated } from './finding.ts';
import type { Loose } from './loose.ts';
import type { Path } from './paths.ts';
import { DEFAULT_PULSE_MS, type File } from './schema.ts';
import type { Range } from './values.ts';

type Bus = Loose<File['buses'][number]>;

interface PlacedBoard {
  readonly path: Path;
  readonly bus: number;
  readonly board: Board;
  readonly family: FamilyLimits | undefined;
}

/** Holds buses and boards against each other and against the limits of their families. */
export function checkBuses(file: Loose<File>, families: Families): Finding[] {
  const buses = (file.buses ?? []).map((bus) => bus ?? {});
  const boards = buses.flatMap((bus, index) => boardsOf(bus, index, families));
  return [
    ...repeated(entries(buses, 'name'), 'a name that no other bus has'),
    ...repeated(entries(buses, 'port'), 'a port that no other bus uses'),
    ...repeated(
      boards.map(({ path, board }) => ({ path: [...path, 'id'], value: board.id })),
      'an id that no other board has',
    ),
    ...buses.flatMap((_, index) => checkAddresses(boards.filter(({ bus }) => bus === index))),
    ...boards.flatMap((placed) => checkBoard(placed, families)),
    ...buses.flatMap((bus, index) => checkBaud(bus, index, boards)),
    ...buses.flatMap((_, index) => checkCompany(boards.filter(({ bus }) => bus === index))),
    ...checkPulse(file.pulse?.ms ?? DEFAULT_PULSE_MS, boards),
  ];
}

function entries(buses: readonly Bus[], key: 'name' | 'port'): Entry[] {
  return buses.map((bus, index) => ({ path: ['buses', index, key], value: bus[key] }));
}

function boardsOf({ boards = [] }: Bus, bus: number, families: Families): PlacedBoard[] {
  return boards.map((board, index) => ({
    path: ['buses', bus, 'boards', index],
    bus,
    board: board ?? {},
    family: families.get(board?.family ?? ''),
  }));
}

function checkAddresses(boards: readonly PlacedBoard[]): Finding[] {
  return repeated(
    boards.map(({ path, board }) => ({ path: [...path, 'address'], value: board.address })),
    'an address that no other board of the bus has',
  );
}

function checkBoard({ path, board, family }: PlacedBoard, families: Families): Finding[] {
  if (family === undefined) {
    if (board.family === undefined) return [];
    return [{ path: [...path, 'family'], allowed: `one of ${quoted(families.keys())}` }];
  }
  return [
    ...outside([...path, 'address'], board.address, family.addresses, board.family),
    ...checkChannels([...path, 'channels'], board, family),
    ...checkSettings([...path, 'settings'], board, family),
  ];
}

function checkChannels(path: Path, board: Board, family: FamilyLimits): Finding[] {
  const { channels = 0 } = board;
  const { channelsMax } = limitsOf(board, family);
  const way = wayOut(board, family, (limits) => limits.channelsMax >= channels);
  return outside(path, board.channels, { min: 1, max: channelsMax }, board.family, way);
}

/** Settings are choices between what the documents of the board's family disagree about. */
function checkSettings(path: Path, { family, settings }: Board, known: FamilyLimits): Finding[] {
  return Object.entries(settings ?? {}).flatMap(([name, value]) => {
    if (!Object.hasOwn(known.settings, name)) {
      const names = Object.keys(known.settings);
      const allowed = names.length === 0 ? 'no settings' : `only the settings ${quoted(names)}`;
      return [
        { path: [...path, name], allowed: `${allowed} with boards of the family "${family}"` },
      ];
    }
    const values: readonly string[] = known.settings[name] ?? [];
    if (value === undefined || values.includes(value)) return [];
    return [{ path: [...path, name], allowed: `one of ${quoted(values)}` }];
  });
}

/** Families of one bus must each be able to tell the frames of the others from their own. */
function checkCompany(boards: readonly PlacedBoard[]): Finding[] {
  return boards.flatMap((one, index) => {
    const others = boards.slice(0, index).filter(({ board }) => board.family !== one.board.family);
    const clashes = others.flatMap((other) => {
      const strict = [one, other].find((each) => !bears(each, each === one ? other : one));
      if (strict?.family === undefined) return [];
      const { mayShareBusWith: company } = strict.family;
      const whom = company.length === 0 ? 'no other family' : quoted(company);
      const why = `"${strict.board.family}" can with ${whom}`;
      return [`a family that can share a bus with "${other.board.family}"; ${why}`];
    });
    const path = [...one.path, 'family'];
    return clashes.slice(0, 1).map((allowed) => ({ path, allowed }));
  });
}

/** Whether the first one's family is known to bear the second one's; unknown ones are no news. */
function bears({ family }: PlacedBoard, other: PlacedBoard): boolean {
  if (family === undefined || other.family === undefined) return true;
  return family.mayShareBusWith.includes(other.board.family ?? '');
}

/** Boards of families with unlike factory rates can share a bus only at a rate that is named. */
function checkBaud(bus: Bus, index: number, boards: readonly PlacedBoard[]): Finding[] {
  if ('baud' in bus) return [];
  const own = boards.filter((placed) => placed.bus === index);
  const rates = new Set(own.flatMap(({ family }) => (family === undefined ? [] : [family.baud])));
  if (rates.size < 2) return [];
  const allowed = `one rate for boards that leave the factory with ${[...rates].join(' and ')}`;
  return [{ path: ['buses', index, 'baud'], allowed }];
}

function checkPulse(ms: number, boards: readonly PlacedBoard[]): Finding[] {
  const path: Path = ['pulse', 'ms'];
  return boards.flatMap(({ board, family }) => {
    if (family === undefined) return [];
    const { only, ...range } = family.pulseMs;
    if (only === undefined) return outside(path, ms, range, board.family);
    if (only.includes(ms)) return [];
    return [{ path, allowed: `${only.join(', ')} with boards of the family "${board.family}"` }];
  });
}

function outside(
  path: Path,
  value: number | undefined,
  { min, max }: Range,
  family = '',
  way = '',
): Finding[] {
  if (value === undefined || (value >= min && value <= max)) return [];
  return [{ path, allowed: `${min} to ${max} with boards of the family "${family}"${way}` }];
}
