import type { Notice } from '../../src/control/ports.ts';
import type { compose, Place } from '../../src/notify/compose.ts';

export const PLACE: Place = {
  name: 'Market Square',
  address: 'Market Square 5',
  city: 'Lindau',
  timeZone: 'Europe/Berlin',
  helpPhone: '+49 8382 123456',
  holdDays: 5,
  codes: 'code+otp',
  qr: 'replaces-code',
  openingHours: [],
  language: 'en',
};

/** A notice for a channel of the kiosk's own. */
type Own = Notice & Parameters<typeof compose>[0];

export function notice(change: Partial<Own> = {}): Own {
  return {
    id: '0190-n1',
    kind: 'STORED',
    channel: 'sms',
    recipient: 'c_ada',
    parcel: 'p_1',
    contact: { phone: '+49 170 1234567', email: 'ada@example.org', language: 'en' },
    values: { ref: 'ABC234', code: '1234567', second: '654321' },
    ...change,
  };
}
