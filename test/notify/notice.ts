import type { Notice } from '../../src/control/ports.ts';
import type { Place } from '../../src/notify/compose.ts';

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

export function notice(change: Partial<Notice> = {}): Notice {
  return {
    id: '0190-n1',
    kind: 'STORED',
    channel: 'sms',
    contact: { phone: '+49 170 1234567', email: 'ada@example.org', language: 'en' },
    values: { ref: 'ABC234', code: '1234567', second: '654321' },
    ...change,
  };
}
