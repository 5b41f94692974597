import { failureOf, type StoreFailed } from './errors.ts';

/**
 * The same tables, where a call that meets a failing disk does not merely throw: `failed` is told
 * first, whoever would catch the error.
 */
export function guarded<T extends object>(tables: T, failed: (error: StoreFailed) => void): T {
  const guardedOne = (value: unknown): unknown => {
    if (typeof value === 'function') return guardedCall(value as Call, failed);
    return typeof value === 'object' && value !== null ? guarded(value, failed) : value;
  };
  const all = Object.entries(tables).map(([name, value]) => [name, guardedOne(value)]);
  return Object.fromEntries(all) as T;
}

type Call = (...values: readonly unknown[]) => unknown;

function guardedCall(call: Call, failed: (error: StoreFailed) => void): Call {
  return (...values) => {
    try {
      return call(...values);
    } catch (error) {
      const failure = failureOf(error);
      if (failure === null) throw error;
      failed(failure);
      throw failure;
    }
  };
}
