import type { Catalogue } from './catalogue.ts';
import { limits } from './de/limits.ts';
import { recipient } from './de/recipient.ts';
import { shared } from './de/shared.ts';
import { staff } from './de/staff.ts';
import { upkeep } from './de/upkeep.ts';

/** German. */
export const de: Catalogue = { ...shared, ...recipient, ...staff, limits, upkeep };
