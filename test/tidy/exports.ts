import { importsOf } from './imports.ts';
import { type Finding, finding, isIn, type Source } from './source.ts';

interface Export {
  readonly file: Source;
  readonly name: string;
  readonly at: number;
  readonly isType: boolean;
}

const TESTS = ['test/', 'bench/'];
/** The one door into hardware, and data published for others. */
const FOR_OTHERS = ['hardware/index.ts', 'test/vectors/'];
/** Its decisions are tested as a table, which needs them by name. */
const TABLES = ['hardware/bus/exchange.ts'];

const DECLARED = new RegExp(
  String.raw`\bexport\s+(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?` +
    String.raw`(const|let|function\s*\*?|class|interface|type)\s+([\w$]+)`,
  'g',
);
const LISTED = /\bexport\s+(type\s+)?\{([^}]*)\}/g;

function exportsOf(file: Source): Export[] {
  const declared = [...file.code.matchAll(DECLARED)].map(({ 1: kind, 2: name = '', index }) => {
    return { file, name, at: index, isType: kind === 'interface' || kind === 'type' };
  });
  const listed = [...file.code.matchAll(LISTED)].flatMap(({ 1: all, 2: list = '', index }) =>
    list
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '')
      .map((item) => {
        const name = item.replace(/^type\s+/, '').replace(/^.*\sas\s+/s, '');
        return { file, name, at: index, isType: all !== undefined || /^type\s/.test(item) };
      }),
  );
  return [...declared, ...listed];
}

/** Names that the files take from others, as `path#name`, or `path#*`. */
function namesTaken(files: readonly Source[]): Set<string> {
  const taken = new Set<string>();
  for (const file of files) {
    for (const { kind, target, names, namespace } of importsOf(file)) {
      if (kind !== 'file') continue;
      for (const name of names) taken.add(`${target}#${name}`);
      if (namespace === undefined) continue;
      const uses = new RegExp(String.raw`(?<![\w.$])${namespace}\s*\.\s*([\w$]+)`, 'g');
      for (const [, name] of file.code.matchAll(uses)) taken.add(`${target}#${name}`);
    }
  }
  return taken;
}

const isTaken = (taken: Set<string>, { file, name }: Export): boolean =>
  taken.has(`${file.path}#${name}`) || taken.has(`${file.path}#*`);

export function unusedExports(files: readonly Source[]): Finding[] {
  const taken = namesTaken(files);
  return files
    .filter(({ path }) => !isIn(path, FOR_OTHERS))
    .flatMap(exportsOf)
    .filter((one) => !isTaken(taken, one))
    .map(({ file, name, at }) => finding(file, at, `exports ${name}, which no other file uses`));
}

/**
 * What the product exports for its tests alone: they should go through what it really uses. Types
 * are free, as a test must be able to name them.
 */
export function exportsForTests(files: readonly Source[]): Finding[] {
  const taken = namesTaken(files);
  const takenByProduct = namesTaken(files.filter(({ path }) => !isIn(path, TESTS)));
  return files
    .filter(({ path }) => isIn(path, ['src/', 'hardware/']))
    .filter(({ path }) => !isIn(path, [...FOR_OTHERS, ...TABLES]))
    .flatMap(exportsOf)
    .filter((one) => !one.isType && isTaken(taken, one) && !isTaken(takenByProduct, one))
    .map(({ file, name, at }) => finding(file, at, `exports ${name} for tests alone`));
}
