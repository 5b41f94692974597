import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** A file of JSON with a checksum over what it says, written as a whole or not at all. */

/** SHA-256, in hex, over the value as JSON with sorted keys and no blanks. */
export function fingerprint(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}

/** @throws when the disk refuses; the file is then what it was before. */
export function writeSealed(path: string, content: object): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.new`;
  const sealed = { ...content, checksum: fingerprint(content) };
  const file = openSync(draft, 'w');
  writeSync(file, `${JSON.stringify(sealed, null, 2)}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, path);
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/** What a sealed file says, or why that cannot be told. */
export function readSealed(path: string): { readonly content: unknown } | { readonly why: string } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
  try {
    const { checksum, ...content } = JSON.parse(text);
    if (checksum === fingerprint(content)) return { content };
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
  }
  return { why: 'its checksum is wrong: it was changed, or cut short' };
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}
