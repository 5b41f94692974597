import { BEHAVIOURS } from './behaviours.ts';
import { FAULTS } from './faults.ts';
import { type Ability, MEMBERS, type Member } from './members.ts';
import { SCENES } from './scenes.ts';

/** The table of docs/CONFORMANCE.md: what each family was seen to do. */

export const DOCUMENT = new URL('../../docs/CONFORMANCE.md', import.meta.url);

/** `pending` stands in no document: the test was not run. */
export type Cell = 'yes' | 'no' | 'cannot' | 'pending';

/** The cell of a row and a family. */
type CellOf = (title: string, family: string) => Cell;

const SIGNS: Readonly<Record<Cell, string>> = {
  yes: 'yes',
  no: '**no**',
  cannot: '–',
  pending: '?',
};

const WORDS: Readonly<Record<Ability, string>> = {
  off: 'all outputs off',
  items: 'what lies in a slot',
  reports: 'reports of its own',
  ids: 'late status',
};

const SECTIONS = [
  { heading: 'The board on a bus', titles: BEHAVIOURS.map(({ title }) => title) },
  { heading: 'A kiosk at fault', titles: FAULTS.map(({ title }) => title) },
  { heading: 'A kiosk in real time', titles: SCENES.map(({ title }) => title) },
] as const;

const ABILITIES: ReadonlyMap<string, Ability> = new Map(
  BEHAVIOURS.flatMap(({ title, needs }) => (needs === undefined ? [] : [[title, needs]])),
);

/** What must stand there: everything, but for what a family says that it cannot do. */
export const promised: CellOf = (title, family) => {
  const ability = ABILITIES.get(title);
  const member = MEMBERS.find((one) => one.family === family);
  return ability !== undefined && member?.cannot[ability] !== undefined ? 'cannot' : 'yes';
};

export function tableText(cellOf: CellOf): string {
  const names = MEMBERS.map(({ family }) => `\`${family}\``);
  const tables = SECTIONS.map(({ heading, titles }) => {
    const rows = titles.map((title) => [
      title,
      ...MEMBERS.map(({ family }) => SIGNS[cellOf(title, family)]),
    ]);
    return [[heading, ...names], names.concat('').map(() => '---'), ...rows].map(row).join('\n');
  });
  const [cannots, variants] = [MEMBERS.flatMap(cannotsOf), MEMBERS.map(variantsOf)];
  const why = `What a – stands for:\n\n${cannots.join('\n')}`;
  return [...tables, why, `The variants:\n\n${variants.join('\n')}`].join('\n\n');
}

/** The text between the marks of the document, and the document with another one there. */
export function tableIn(document: string): string {
  return document.split(BEGIN)[1]?.split(END)[0]?.trim() ?? '';
}

export function withTable(document: string, table: string): string {
  const [before = '', rest = ''] = document.split(BEGIN);
  return `${before}${BEGIN}\n\n${table}\n\n${END}${rest.split(END)[1] ?? ''}`;
}

const BEGIN = '<!-- written by a run of the kit: begin -->';
const END = '<!-- written by a run of the kit: end -->';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function cannotsOf({ family, cannot }: Member): string[] {
  return Object.entries(cannot).map(([ability, why]) => {
    return `* \`${family}\`, ${WORDS[ability as Ability]}: ${why}.`;
  });
}

function variantsOf({ family, variants }: Member): string {
  return `* \`${family}\`: ${variants.map(({ name }) => name).join('; ')}.`;
}
