import type { Settings } from '../family.ts';

/** What the installation chooses, the default first (README.md, "Settings"). */
export const SETTINGS = {
  /** Whether the adapter lets this program hear its own requests. */
  echo: ['none', 'adapter'],
  /** What is wired to the inputs. */
  inputs: ['doors', 'doors-and-items'],
} as const;

type Choices = typeof SETTINGS;

/** @throws RangeError when the installation chose what there is not. */
export function chosen<Name extends keyof Choices>(
  settings: Settings,
  name: Name,
): Choices[Name][number] {
  const allowed: readonly Choices[Name][number][] = SETTINGS[name];
  const value = settings[name] ?? allowed[0];
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  throw new RangeError(`setting ${name} is "${value}", allowed are ${allowed.join(', ')}`);
}
