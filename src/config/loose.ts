import type { Path } from './paths.ts';

/**
 * A value of which parts are missing. What is wrong in the file is cut out before keys are held
 * against each other, so that one run tells of everything: every check passes over what is gone.
 */
export type Loose<T> = T extends readonly (infer Item)[]
  ? readonly (Loose<Item> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Loose<T[Key]> | undefined }
    : T;

/** The same value with `undefined` at the path; lists keep their length. */
export function without(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined) return undefined;
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === key ? without(item, rest) : item));
  }
  if (typeof value !== 'object' || value === null) return undefined;
  return { ...value, [key]: without(Reflect.get(value, key), rest) };
}
