import type { Notice } from '../control/ports.ts';
import type { CodePolicy } from '../domain/code-policy.ts';
import type { Language } from '../domain/language.ts';
import type { SitePlan } from '../domain/site.ts';
import type { Message } from './message.ts';
import type { Catalogue } from './messages/catalogue.ts';
import { de } from './messages/de.ts';
import { en } from './messages/en.ts';
import { es } from './messages/es.ts';

/** What the messages say of the kiosk. */
export interface Place extends Pick<SitePlan, 'name' | 'address' | 'city' | 'helpPhone'> {
  readonly holdDays: number;
  /** What the keypad asks for (M8). */
  readonly codes: CodePolicy;
  /** For whoever asks for a language that is not here. */
  readonly language: Language;
}

/** The message of a notice in its recipient's language, or in that of the site. */
export function compose(notice: Notice, place: Place): Message {
  const { id, kind, channel, contact, values } = notice;
  const { name, address, city, helpPhone, holdDays, codes, language } = place;
  const catalogue = CATALOGUES.get(contact.language) ?? BY_LANGUAGE[language];
  const { subject, lines } = catalogue[kind];
  const facts = {
    ...values,
    channel,
    place: `${name}, ${address}, ${city}`,
    helpPhone,
    codes,
    days: values.daysLeft ?? holdDays,
  };
  return { id, subject, text: `${lines(facts).join('\n')}\n` };
}

/** Another language is a file in `messages` and a line here. */
const BY_LANGUAGE: Readonly<Record<Language, Catalogue>> = { en, es, de };
const CATALOGUES: ReadonlyMap<string, Catalogue> = new Map(Object.entries(BY_LANGUAGE));
