import type { Language } from '../../domain/language.ts';
import type { Catalogue } from './catalogue.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';

export const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, es, de };
