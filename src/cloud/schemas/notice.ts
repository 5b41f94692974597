import { z } from 'zod';
import { CONTACT, PHONE } from './people.ts';
import { count, text, time } from './values.ts';

/** What is sealed to the operator's notify key, where the cloud tells people. */

const DIGITS_MAX = 16;
const GRANT_CHARS_MAX = 400;

const digits = z.string().regex(/^\d+$/).max(DIGITS_MAX);

/** Of a notice. */
export const NOTICE_SAID = z.object({
  contact: CONTACT.nullable().describe('null: the cloud itself knows how to reach them'),
  ref: text.exactOptional().describe('of the parcel, as people quote it'),
  code: digits.exactOptional(),
  second: digits.exactOptional(),
  grant: z.string().max(GRANT_CHARS_MAX).exactOptional().describe('text of a QR code'),
  tooHigh: z.boolean().exactOptional(),
  daysLeft: count.exactOptional(),
  until: time.exactOptional().describe('end of the hold'),
  isGone: z.boolean().exactOptional().describe('its carrier has taken it back'),
  about: text.exactOptional().describe('door or channel that the operator is told of'),
  trouble: text.exactOptional(),
});

/** Of somebody who asks at the keypad for numbers that they have lost. */
export const PHONE_SAID = z.object({ phone: PHONE });
