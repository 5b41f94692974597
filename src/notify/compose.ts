import type { Notice, OwnChannel } from '../control/ports.ts';
import type { CodePolicy } from '../domain/code-policy.ts';
import type { Language } from '../domain/language.ts';
import type { Contact } from '../domain/person.ts';
import type { SitePlan } from '../domain/site.ts';
import { hoursText } from './hours.ts';
import { htmlOf } from './html.ts';
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
  /** What a scanned QR code stands for. */
  readonly qr: 'replaces-code' | 'replaces-both' | 'off';
  /** Days and hours such as `mo-fr 06:00-22:00`; always without any. */
  readonly openingHours: readonly string[];
  /** For whoever asks for a language that is not here. */
  readonly language: Language;
}

/** A notice for a channel of the kiosk's own. */
export interface OwnNotice extends Omit<Notice, 'recipient' | 'parcel'> {
  readonly channel: OwnChannel;
  readonly contact: Contact;
}

/** The message of a notice in its recipient's language, or in that of the site. */
export function compose(notice: OwnNotice, place: Place): Message {
  const { id, kind, channel, contact, values } = notice;
  const { language, openingHours, timeZone } = place;
  const isKnown = Object.hasOwn(BY_LANGUAGE, contact.language);
  const spoken = isKnown ? (contact.language as Language) : language;
  const { subject, lines } = BY_LANGUAGE[spoken][kind];
  const { untilWall, grant, code, second } = values;
  const locale = LOCALES[spoken];
  const hasPicture = grant !== undefined && channel === 'email' && place.qr !== 'off';
  const said = lines({
    ref: '',
    ...values,
    channel,
    place: `${place.name}, ${place.address}, ${place.city}`,
    helpPhone: place.helpPhone,
    codes: place.codes,
    days: values.daysLeft ?? place.holdDays,
    ...(untilWall !== undefined && { until: siteTime(untilWall, timeZone, locale) }),
    ...(openingHours.length > 0 && { hours: hoursText(openingHours, locale) }),
    ...(hasPicture && { qr: place.qr === 'replaces-both' ? 'both' : 'code' }),
  });
  const page = { language: spoken, subject, lines: said, numbers: [code, second], hasPicture };
  return {
    ...{ id, subject, text: `${said.join('\n')}\n` },
    ...(channel === 'email' && { html: htmlOf(page) }),
    ...(grant !== undefined && { grant }),
  };
}

/** Day and hour at the site; the name of the zone tells apart the hour that comes twice. */
function siteTime(wallMs: number, timeZone: string, locale: string): string {
  const name = `${locale} ${timeZone}`;
  const format =
    FORMATS.get(name) ??
    new Intl.DateTimeFormat(locale, {
      ...{ timeZone, weekday: 'long', day: 'numeric', month: 'long' },
      ...{ hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
    });
  FORMATS.set(name, format);
  return format.format(wallMs);
}

/** To make one takes longer than all else of a message: one for each language of the site. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** Another language is a file in `messages` and a line in each of these. */
const BY_LANGUAGE: Readonly<Record<Language, Catalogue>> = { en, es, de };
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', es: 'es', de: 'de' };
