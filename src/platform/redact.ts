/** Deeper than this nothing is logged, and of a list not more items than this. */
const DEPTH_MAX = 8;
const ITEMS_MAX = 100;
const HIDDEN = '[hidden]';

/** Without `seconds`, which is a unit. */
const SECRET_WORDS: ReadonlySet<string> = new Set(
  'code codes second pin pins phone phones email emails mail staff name names'.split(' '),
);

/**
 * The value as it may stand in a log (I10): what has a secret word in its key is hidden at every
 * depth, be it `code`, `pickupCode` or `phone_hash`; what cannot be written as JSON is made fit.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEPTH_MAX) return '[too deep]';
  if (value instanceof Date) return value.toJSON();
  if (value instanceof Error) return ofError(value, depth);
  if (value instanceof Map || ArrayBuffer.isView(value)) return `[${value.constructor.name}]`;
  if (value instanceof Set) return redact([...value], depth);
  if (Array.isArray(value)) {
    const items = value.slice(0, ITEMS_MAX).map((item) => redact(item, depth + 1));
    const rest = value.length - items.length;
    return rest > 0 ? [...items, `and ${rest} more`] : items;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      return [key, isSecret(key) ? HIDDEN : redact(member, depth + 1)];
    }),
  );
}

/** An error's own fields may hold anything; its kind, message and stack are what a reader needs. */
function ofError(error: Error, depth: number): unknown {
  const { name: kind, message, stack, cause } = error;
  return { kind, message, stack, ...(cause !== undefined && { cause: redact(cause, depth + 1) }) };
}

/** `pickupCode`, `pickup_code` and `PICKUP-CODE` are all the words `pickup` and `code`. */
function isSecret(key: string): boolean {
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.some((word) => SECRET_WORDS.has(word));
}
