import { limits } from './en/limits.ts';
import { recipient } from './en/recipient.ts';
import { shared } from './en/shared.ts';
import { staff } from './en/staff.ts';
import { upkeep } from './en/upkeep.ts';

/** English. No sentence says of a door more than its sensor, or the person, has said (R5). */
export const en = { ...shared, ...recipient, ...staff, limits, upkeep };
