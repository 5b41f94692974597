import type { Notice } from '../control/ports.ts';
import type { SitePlan } from '../domain/site.ts';
import { type Catalogue, english } from './english.ts';
import type { Message } from './message.ts';

/** What the messages say of the kiosk. */
export interface Place extends Pick<SitePlan, 'name' | 'address' | 'city' | 'helpPhone'> {
  readonly holdDays: number;
}

/** The message of a notice in its recipient's language, or in English. */
export function compose(notice: Notice, { name, address, city, helpPhone, holdDays }: Place) {
  const { id, kind, channel, contact, values } = notice;
  const { subject, lines } = (CATALOGUES.get(contact.language) ?? english)[kind];
  const facts = {
    ...values,
    channel,
    place: `${name}, ${address}, ${city}`,
    helpPhone,
    days: values.daysLeft ?? holdDays,
  };
  return { id, subject, text: `${lines(facts).join('\n')}\n` } satisfies Message;
}

/** By the language of a contact; another one is a file like `english.ts` and a line here. */
const CATALOGUES: ReadonlyMap<string, Catalogue> = new Map([['en', english]]);
