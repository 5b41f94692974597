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
export interface Place
  extends Pick<SitePlan, 'name' | 'address' | 'city' | 'timeZone' | 'helpPhone'> {
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
  const spoken = contact.language in BY_LANGUAGE ? (contact.language as Language) : language;
  const { subject, lines } = BY_LANGUAGE[spoken][kind];
  const facts = {
    ...values,
    channel,
    place: `${name}, ${address}, ${city}`,
    helpPhone,
    codes,
    days: values.daysLeft ?? holdDays,
    ...(values.untilWall !== undefined && {
      until: siteTime(values.untilWall, place.timeZone, LOCALES[spoken]),
    }),
  };
  const { grant } = values;
  const text = `${lines(facts).join('\n')}\n`;
  return { id, subject, text, ...(grant !== undefined && { grant }) };
}

/** Day and hour at the site; the name of the zone tells apart the hour that comes twice. */
function siteTime(wallMs: number, timeZone: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    ...{ timeZone, weekday: 'long', day: 'numeric', month: 'long' },
    ...{ hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
  });
  return format.format(wallMs);
}

/** Another language is a file in `messages` and a line in each of these. */
const BY_LANGUAGE: Readonly<Record<Language, Catalogue>> = { en, es, de };
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', es: 'es', de: 'de' };
