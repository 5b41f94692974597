/** Where a value stands in the config file, from the root. */
export type Path = readonly PropertyKey[];

/** `lockers[0].slots[3].channel` */
export function textOf(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

/** The value at the path, or undefined. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => {
    const isTable = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
    return isTable ? Reflect.get(value, key) : undefined;
  }, root);
}
