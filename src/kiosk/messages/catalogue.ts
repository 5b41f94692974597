import type { en } from './en.ts';

/** Everything people read at the keypad; another language is an object of this type. */
export type Catalogue = typeof en;
