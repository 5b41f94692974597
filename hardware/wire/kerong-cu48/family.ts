import type { Family } from '../family.ts';
import { KerongDialect } from '../kerong/dialect.ts';
import { KERONG, UNLOCK_ANSWER } from '../kerong/limits.ts';
import { CU48, READING_BYTES } from './frames.ts';

/** Kerong CU48 (README.md beside this file). */
export const kerongCu48Family: Family = {
  ...KERONG,
  name: 'kerong-cu48',
  // Assumed: no document gives the CU48's rate, and this is the factory's for the CU16.
  baud: 19_200,
  channelsMax: CU48.channelsMax,
  probe: ['status'],
  settings: { unlockAnswer: UNLOCK_ANSWER, items: ['off', 'ir'], code77: ['ignore', 'report'] },
  limitsWith: ({ items }) => ({ channelsMax: CU48.channelsMax, occupancy: items === 'ir' }),
  replyBytesMax: () => READING_BYTES,
  dialect: () => new KerongDialect(CU48),
};
