import type { Connection } from './database.ts';

/** A table whose records are JSON in `body`, under an `id`. */
export interface Bodies<T> {
  get(id: string): T | null;
  put(id: string, record: T): void;
  /** Records by one condition on the table's columns, e.g. `status = ?`. */
  where(condition: string): (...values: readonly unknown[]) => T[];
  one(condition: string): (...values: readonly unknown[]) => T | null;
}

interface Row {
  readonly body: string;
}

/** `key` names the primary key; table and conditions are constants of this layer, never input. */
export function bodies<T>(database: Connection, table: string, key = 'id'): Bodies<T> {
  const parse = (row: unknown): T => JSON.parse((row as Row).body) as T;
  const upsert = database.prepare(
    `INSERT INTO ${table} (${key}, body) VALUES (?, ?)
     ON CONFLICT (${key}) DO UPDATE SET body = excluded.body`,
  );
  const where = (condition: string) => {
    const query = database.prepare(`SELECT body FROM ${table} WHERE ${condition}`);
    return (...values: readonly unknown[]) => query.all(...values).map(parse);
  };
  const one = (condition: string) => {
    const query = database.prepare(`SELECT body FROM ${table} WHERE ${condition} LIMIT 1`);
    return (...values: readonly unknown[]) => {
      const row = query.get(...values);
      return row === undefined ? null : parse(row);
    };
  };
  const get = one(`${key} = ?`);
  return {
    get,
    put: (id, record) => void upsert.run(id, JSON.stringify(record)),
    where,
    one,
  };
}
