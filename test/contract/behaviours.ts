import type { Behaviour } from './behaviour.ts';
import { READINGS } from './readings.ts';
import { RETURNS } from './returns.ts';
import { UNLOCKS } from './unlocks.ts';

/** What every family must do, in the order of the document. */
export const BEHAVIOURS: readonly Behaviour[] = [...READINGS, ...UNLOCKS, ...RETURNS];
