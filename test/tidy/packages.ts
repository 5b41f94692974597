import { importsOf } from './imports.ts';
import { type File, type Finding, finding, isIn, type Source } from './source.ts';

/** Packages that are run or read by tools and that no file imports. */
const TOOLS = /^(@biomejs\/biome|typescript|vitest|@types\/.+|node-linux-(x64|arm64))$/;

type Names = Readonly<Record<string, string>>;

interface Manifest {
  readonly dependencies?: Names;
  readonly devDependencies?: Names;
  readonly optionalDependencies?: Names;
}

/** What is imported and not declared, and what is declared and not imported. */
export function packageMismatches(files: readonly Source[], manifest: File): Finding[] {
  const { dependencies, devDependencies, optionalDependencies }: Manifest = JSON.parse(
    manifest.text,
  );
  const shipped = Object.keys({ ...dependencies, ...optionalDependencies });
  const declared = [...shipped, ...Object.keys(devDependencies ?? {})];
  const imported = new Set<string>();
  const found: Finding[] = [];
  for (const file of files) {
    const ships = isIn(file.path, ['src/', 'hardware/', 'sim/']);
    for (const { at, kind, target } of importsOf(file)) {
      if (kind !== 'package') continue;
      imported.add(target);
      if ((ships ? shipped : declared).includes(target)) continue;
      const place = ships ? 'the dependencies of package.json' : 'package.json';
      found.push(finding(file, at, `imports ${target}, which is not in ${place}`));
    }
  }
  for (const name of declared) {
    if (imported.has(name) || TOOLS.test(name)) continue;
    const at = Math.max(0, manifest.text.indexOf(`"${name}"`));
    found.push(finding(manifest, at, `${name} is imported nowhere: remove it`));
  }
  return found;
}
