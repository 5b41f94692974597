import type { Family } from '../family.ts';
import { KerongDialect } from '../kerong/dialect.ts';
import { KERONG, UNLOCK_ANSWER } from '../kerong/limits.ts';
import { CU16, READING_BYTES } from './frames.ts';

/** Kerong CU12, CU16 and their like (README.md beside this file). */
export const kerongCu16Family: Family = {
  ...KERONG,
  name: 'kerong-cu16',
  baud: 19_200,
  channelsMax: CU16.channelsMax,
  probe: ['status'],
  probeWith: ({ pulseTime }) =>
    pulseTime === 'set' ? ['status', 'prepare', 'status'] : ['status'],
  settings: { unlockAnswer: UNLOCK_ANSWER, pulseTime: ['board', 'set'] },
  replyBytesMax: () => READING_BYTES,
  dialect: () => new KerongDialect(CU16),
};
