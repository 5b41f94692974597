import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Scan, scan } from './scan.ts';

/** A file of the project: its path from the top, with slashes, and what is in it. */
export interface File {
  readonly path: string;
  readonly text: string;
}

/** A file of TypeScript, told apart into code, strings and comments. */
export interface Source extends File, Scan {}

/** Something that is not as the house wants it: `path:line what, and what to do instead`. */
export type Finding = string;

const TOP = join(import.meta.dirname, '..', '..');
const SOURCES = /^(src|hardware|sim|test|bench)\/.*\.ts$/;

/** Every text file that git tracks or would track. */
export function projectFiles(): File[] {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const paths = execFileSync('git', list, { cwd: TOP, encoding: 'utf8' }).split('\0');
  return paths
    .filter((path) => path !== '' && existsSync(join(TOP, path)))
    .map((path) => ({ path, text: readFileSync(join(TOP, path), 'utf8') }))
    .filter(({ text }) => !text.includes('\0'));
}

export function sourcesOf(files: readonly File[]): Source[] {
  return files.filter(({ path }) => SOURCES.test(path)).map(({ path, text }) => source(path, text));
}

export function source(path: string, text: string): Source {
  return { path, text, ...scan(text) };
}

export function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}

export function finding(file: File, at: number, what: string): Finding {
  return `${file.path}:${lineAt(file.text, at)} ${what}`;
}

/** Whether the path is one of these files, or lies in one of these folders (ending in a slash). */
export function isIn(path: string, places: readonly string[]): boolean {
  return places.some((place) => (place.endsWith('/') ? path.startsWith(place) : path === place));
}
