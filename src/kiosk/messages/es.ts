import type { Catalogue } from './catalogue.ts';
import { limits } from './es/limits.ts';
import { recipient } from './es/recipient.ts';
import { shared } from './es/shared.ts';
import { staff } from './es/staff.ts';
import { upkeep } from './es/upkeep.ts';

/** Spanish. */
export const es: Catalogue = { ...shared, ...recipient, ...staff, limits, upkeep };
