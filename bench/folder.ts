import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join('var', 'bench');

/** Path of a thing that a bench leaves behind, in the one folder for all of them. */
export function benchPath(name: string): string {
  mkdirSync(FOLDER, { recursive: true });
  return join(FOLDER, name);
}

/** An empty folder of this name, whatever an earlier run left there. */
export function freshFolder(name: string): string {
  const path = benchPath(name);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path);
  return path;
}
