import type { Store } from '../control/store-port.ts';
import type { Connection } from './database.ts';

/** Which pickup grants were used: each opens its parcel's door once (M17, R10). */
export function grantTable(database: Connection): Store['grants'] {
  const bind = database.prepare(
    `INSERT INTO grants (parcel, gen, nonce, intent, spent) VALUES (?, ?, ?, ?, 0)
     ON CONFLICT (parcel, gen, nonce) DO UPDATE SET intent = excluded.intent`,
  );
  const spend = database.prepare('UPDATE grants SET spent = 1 WHERE parcel = ?');
  const spent = database.prepare(
    'SELECT spent FROM grants WHERE parcel = ? AND gen = ? AND nonce = ?',
  );
  return {
    bind: (parcel, gen, nonce, intent) => void bind.run(parcel, gen, nonce, intent),
    spend: (parcel) => void spend.run(parcel),
    isSpent: (parcel, gen, nonce) => {
      const row = spent.get(parcel, gen, nonce) as { spent: number } | undefined;
      return row?.spent === 1;
    },
  };
}
