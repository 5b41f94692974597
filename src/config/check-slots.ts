import { type Board, limitsOf, wayOut } from './board-limits.ts';
import type { Families } from './config.ts';
import type { Draft } from './drafts.ts';
import { type Entry, type Finding, quoted, repeated } from './finding.ts';
import type { Loose } from './loose.ts';
import { DEFAULT_SIZES, type File } from './schema.ts';

/** The largest site that the limits of codes and of the bus were computed for. */
const SLOTS_MAX = 1_024;

/** Holds slots against each other, and against the sizes and boards that they name. */
export function checkSlots(
  file: Loose<File>,
  drafts: readonly Draft[],
  families: Families,
): Finding[] {
  const boards = boardsById(file);
  const sizes = sizesOf(file);
  return [
    ...repeated(
      sizes.map((value, index) => ({ path: ['site', 'sizes', index], value })),
      'a size that is not in the list yet',
    ),
    ...checkLimits(file, sizes),
    ...checkLockers(file, drafts),
    ...repeated(
      drafts.map(({ slot, where }) => ({ path: where('number'), value: slot.number })),
      'a number on the door that no other slot has',
    ),
    ...repeated(
      [...drafts.map(channelEntry), hatchEntry(file)],
      'a channel of the board that no other slot uses',
    ),
    ...checkHatch(file, boards),
    ...drafts.flatMap((draft) => checkSize(draft, sizes)),
    ...drafts.flatMap((draft) => checkWiring(draft, boards, families)),
  ];
}

/** Null when a board's id is missing: a slot may mean that one. */
function boardsById(file: Loose<File>): Map<string, Board> | null {
  const byId = new Map<string, Board>();
  for (const board of (file.buses ?? [undefined]).flatMap((bus) => bus?.boards ?? [undefined])) {
    if (board?.id === undefined) return null;
    byId.set(board.id, board);
  }
  return byId;
}

/** A size that was cut out is undefined, as are all of them when the whole list was. */
function sizesOf({ site }: Loose<File>): readonly (string | undefined)[] {
  return site === undefined || 'sizes' in site ? (site?.sizes ?? [undefined]) : DEFAULT_SIZES;
}

/** A limit is of one size of the site. */
function checkLimits({ limits = [] }: Loose<File>, sizes: readonly (string | undefined)[]) {
  const entries = limits.map((limit, index) => {
    return { path: ['limits', index, 'size'], value: limit?.size };
  });
  const unknown = entries.filter(({ value }) => value !== undefined && !sizes.includes(value));
  const known = sizes.filter((size) => size !== undefined);
  return [
    ...repeated(entries, 'a size that has no limits yet'),
    ...(known.length < sizes.length
      ? []
      : unknown.map(({ path }) => ({ path, allowed: `a size of site.sizes: ${quoted(known)}` }))),
  ];
}

function checkLockers(file: Loose<File>, drafts: readonly Draft[]): Finding[] {
  const lockers = (file.lockers ?? []).map((locker) => locker ?? {});
  const findings = repeated(
    lockers.map(({ id }, index) => ({ path: ['lockers', index, 'id'], value: id })),
    'an id that no other locker has',
  );
  if (drafts.length > SLOTS_MAX) {
    const allowed = `at most ${SLOTS_MAX} slots in all; there are ${drafts.length}`;
    findings.push({ path: ['lockers'], allowed });
  }
  for (const [index, { rows = [], slots = [] }] of lockers.entries()) {
    const own = drafts.filter(({ locker }) => locker === index);
    const ids = own.map(({ slot, where }) => ({ path: where('id'), value: slot.id }));
    findings.push(...repeated(ids, 'an id that no other slot of the locker has'));
    for (const [at, row] of rows.entries()) {
      const { from, to } = row ?? {};
      if (from === undefined || to === undefined || to >= from) continue;
      findings.push({ path: ['lockers', index, 'rows', at, 'to'], allowed: `${from} or more` });
    }
    if (rows.length + slots.length > 0) continue;
    findings.push({ path: ['lockers', index, 'slots'], allowed: 'at least one slot or row' });
  }
  return findings;
}

function channelEntry({ slot: { board, channel }, where }: Draft): Entry {
  const known = board !== undefined && channel !== undefined;
  return { path: where('channel'), value: known ? `${board} ${channel}` : undefined };
}

function hatchEntry({ hatch: { board, channel } = {} }: Loose<File>): Entry {
  const known = board !== undefined && channel !== undefined;
  return { path: ['hatch', 'channel'], value: known ? `${board} ${channel}` : undefined };
}

function checkHatch({ hatch = {} }: Loose<File>, boards: ReadonlyMap<string, Board> | null) {
  if (hatch.board === undefined || boards === null) return [];
  const channels = boards.get(hatch.board)?.channels;
  if (!boards.has(hatch.board)) {
    return [{ path: ['hatch', 'board'], allowed: `the id of a board: ${quoted(boards.keys())}` }];
  }
  if (channels === undefined || (hatch.channel ?? 0) <= channels) return [];
  return [{ path: ['hatch', 'channel'], allowed: `1 to ${channels} on board "${hatch.board}"` }];
}

function checkSize({ slot, where }: Draft, sizes: readonly (string | undefined)[]): Finding[] {
  const known = sizes.filter((size) => size !== undefined);
  if (slot.size === undefined || known.length < sizes.length || known.includes(slot.size)) {
    return [];
  }
  return [{ path: where('size'), allowed: `a size of site.sizes: ${quoted(known)}` }];
}

function checkWiring(
  { slot, where }: Draft,
  boards: ReadonlyMap<string, Board> | null,
  families: Families,
): Finding[] {
  if (slot.board === undefined || boards === null) return [];
  const board = boards.get(slot.board);
  if (board === undefined) {
    const allowed = `the id of a board: ${quoted(boards.keys())}`;
    return [{ path: where('board'), allowed }];
  }
  const findings: Finding[] = [];
  const { channels } = board;
  if (channels !== undefined && slot.channel !== undefined && slot.channel > channels) {
    const has = `slot "${slot.id}" has ${slot.channel}`;
    const allowed = `1 to ${channels} on board "${slot.board}"; ${has}`;
    findings.push({ path: where('channel'), allowed });
  }
  const family = families.get(board.family ?? '');
  if (slot.occupancy === true && family && !limitsOf(board, family).occupancy) {
    const way = wayOut(board, family, ({ occupancy }) => occupancy);
    const blind = `boards of the family "${board.family}" do not sense occupancy${way}`;
    findings.push({ path: where('occupancy'), allowed: `false: ${blind}` });
  }
  return findings;
}
