import { expect, test } from 'vitest';
import { bannedThings } from './tidy/banned.ts';
import { unreadKeys } from './tidy/config-keys.ts';
import { brokenLinks, machineTraces, nodeCommands } from './tidy/documents.ts';
import { exportsForTests, unusedExports } from './tidy/exports.ts';
import { importCycles, layerBreaks, sharedPackages } from './tidy/layers.ts';
import { packageMismatches } from './tidy/packages.ts';
import { foreignWords, strayBytes, strayPulses, strayQueries, strayTopics } from './tidy/places.ts';
import { longFiles, longFunctions, longLines } from './tidy/sizes.ts';
import { projectFiles, sourcesOf } from './tidy/source.ts';

/** The house, as it stands. That each of these finds what it should is tested in `tidy/`. */

const files = projectFiles();
const sources = sourcesOf(files);

test('the files of the project are read', () => {
  const paths = files.map(({ path }) => path);
  expect(paths).toContain('package.json');
  expect(sources.map(({ path }) => path)).toContain('test/tidy.test.ts');
});

test('the scanner does not lose its way: the brackets of every file match', () => {
  const lost = sources.filter(({ code }) =>
    ['()', '[]', '{}'].some(([open = '', close = '']) => {
      return code.split(open).length !== code.split(close).length;
    }),
  );
  expect(lost.map(({ path }) => path)).toEqual([]);
});

test.each([
  ['each layer imports what the import table allows', layerBreaks],
  ['a package with one importer has no second one', sharedPackages],
  ['imports never go in a circle, types included', importCycles],
  ['files are short', longFiles],
  ['functions are short', longFunctions],
  ['lines are short', longLines],
  ['nothing banned is used', bannedThings],
  ['one file sends pulses and one file unlocks boards', strayPulses],
  ['only the store speaks to the database', strayQueries],
  ['topics have their names in one file', strayTopics],
  ['frames are made in one folder', strayBytes],
  ['the domain knows nothing of how it is reached', foreignWords],
  ['every key of the config file is read', unreadKeys],
  ['every export is used by another file', unusedExports],
  ['nothing is exported for tests alone', exportsForTests],
])('%s', (_name, check) => {
  expect(check(sources)).toEqual([]);
});

test.each([
  ['every link in a document leads somewhere', brokenLinks],
  ['documents give npm scripts, not commands for a runtime', nodeCommands],
  ['nothing names one machine, or a registry', machineTraces],
])('%s', (_name, check) => {
  expect(check(files)).toEqual([]);
});

test('what is imported is declared, and what is declared is imported', () => {
  const manifest = files.find(({ path }) => path === 'package.json');
  expect(manifest && packageMismatches(sources, manifest)).toEqual([]);
});
