import { posix } from 'node:path';
import { type File, type Finding, finding } from './source.ts';

function documentsOf(files: readonly File[]): File[] {
  return files.filter(({ path }) => path.endsWith('.md'));
}

const FENCE = /^([ \t]*)(```|~~~).*\n([\s\S]*?)^[ \t]*\2[ \t]*$/gm;
const SPAN = /(?<!`)(`+)(?!`)([\s\S]*?[^`])\1(?!`)/g;

/** The document with its code blanked, and the code: fenced blocks and spans. */
function partsOf(document: File): { prose: string; code: { at: number; text: string }[] } {
  const code: { at: number; text: string }[] = [];
  const blank = (text: string) => text.replace(/[^\n]/g, ' ');
  const take = (whole: string, text: string, at: number): string => {
    code.push({ at: at + whole.indexOf(text), text });
    return blank(whole);
  };
  const unfenced = document.text.replace(FENCE, (whole, _indent, _mark, text, at) =>
    take(whole, text, at),
  );
  const prose = unfenced.replace(SPAN, (whole, _ticks, text, at) => take(whole, text, at));
  return { prose, code };
}

const LINK = /\]\(\s*<?([^\s)>]+)>?(?:\s+["'(][^)]*)?\)/g;
const REFERENCE = /^ {0,3}\[[^\]]+\]:\s*<?([^\s>]+)>?/gm;

/** Links to files of the project, and to headings in them, that lead nowhere. */
export function brokenLinks(files: readonly File[]): Finding[] {
  const paths = new Set(files.map(({ path }) => path));
  const folders = new Set(files.flatMap(({ path }) => foldersOf(path)));
  const anchors = new Map(documentsOf(files).map((one) => [one.path, anchorsOf(one)]));
  return documentsOf(files).flatMap((document) => {
    const { prose } = partsOf(document);
    const links = [...prose.matchAll(LINK), ...prose.matchAll(REFERENCE)];
    return links.flatMap(({ 1: link = '', index }) => {
      if (/^[a-z][a-z+.-]*:/i.test(link)) return [];
      const [file = '', anchor] = decodeURI(link).split('#');
      const folder = posix.dirname(document.path);
      const target = file === '' ? document.path : posix.join(folder, file).replace(/\/$/, '');
      if (!paths.has(target) && !folders.has(target)) {
        return [finding(document, index, `links to ${link}: there is no ${target}`)];
      }
      const isThere = anchor === undefined || anchors.get(target)?.has(anchor) !== false;
      return isThere ? [] : [finding(document, index, `links to ${link}: no such heading`)];
    });
  });
}

function foldersOf(path: string): string[] {
  const parts = path.split('/');
  return ['.', ...parts.map((_, index) => parts.slice(0, index).join('/')).slice(1)];
}

/** What a heading is called in a link, as the usual hosts of repositories make it. */
function anchorsOf(document: File): Set<string> {
  const anchors = new Set<string>();
  const counts = new Map<string, number>();
  const text = document.text.replace(FENCE, '');
  for (const [, heading = ''] of text.matchAll(/^#{1,6}[ \t]+(.+?)[ \t]*#*$/gm)) {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = plain.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
    const count = counts.get(slug) ?? 0;
    counts.set(slug, count + 1);
    anchors.add(count === 0 ? slug : `${slug}-${count}`);
  }
  for (const [, id = ''] of text.matchAll(/<a\s+(?:id|name)="([^"]+)"/g)) anchors.add(id);
  return anchors;
}

const NODE_COMMAND = /(?:^|[;&|(]|\$ |\bsudo |\bexec )[ \t]*(?:[A-Z_]+=\S+ +)*(node +[^\s|].*)/gm;

/** The kiosk's own runtime is found by npm scripts; another one may crash (package.json). */
export function nodeCommands(files: readonly File[]): Finding[] {
  return documentsOf(files).flatMap((document) =>
    partsOf(document).code.flatMap(({ at, text }) =>
      [...text.matchAll(NODE_COMMAND)].map(({ 1: command, index }) =>
        finding(document, at + index, `says '${command}': give an npm script instead`),
      ),
    ),
  );
}

const MACHINE_PATH = /(?<![\w.~-])\/(?:work|root|home\/[a-z_][\w-]*|Users\/\w+)\/[\w.]/g;
const REGISTRY = /\bregistry\.(?:[\w-]+\.)+\w+|\b(?:npmjs|yarnpkg|npmmirror)\.(?:com|org)\b/gi;
const OWN_REGISTRY = /^\s*(?:@[\w-]+:)?registry\s*=|_auth(?:Token)|\/(?:artifactory|nexus)\//gm;

/** What is true on one developer's machine only. */
export function machineTraces(files: readonly File[]): Finding[] {
  const patterns = [
    { pattern: MACHINE_PATH, what: 'a path of one machine' },
    { pattern: REGISTRY, what: 'the host of a registry' },
    { pattern: OWN_REGISTRY, what: 'a registry of its own' },
  ];
  return files.flatMap((file) => [
    ...patterns.flatMap(({ pattern, what }) =>
      [...file.text.matchAll(pattern)].map(({ 0: text, index }) =>
        finding(file, index, `${what}: ${text.trim()}`),
      ),
    ),
    ...lockedHosts(file),
  ]);
}

function lockedHosts(file: File): Finding[] {
  if (file.path !== 'package-lock.json') return [];
  return [...file.text.matchAll(/"resolved":\s*"https?:[^"]*"/g)].map(({ 0: text, index }) =>
    finding(file, index, `${text}: remove it, npm asks the registry that is set up`),
  );
}
