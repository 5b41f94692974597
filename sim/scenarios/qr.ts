import { takesOut } from '../demo/cast.ts';
import { lies } from './given.ts';
import type { Scenario } from './scenario.ts';

export const qrPickup: Scenario = {
  title: 'Collect with a QR code',
  about: [
    'Ana holds the QR code of her text message in front of the scanner instead of typing the',
    'pickup code. The second number is asked for all the same.',
  ],
  site: (config) => ({
    ...config,
    scanner: { ...config.scanner, port: 'scanner' },
    policy: { ...config.policy, qr: 'replaces-code' },
  }),
  play: async (cast) => {
    const { stage } = cast;
    const { kiosk } = stage;
    const print = { to: 'ana', label: 'ACME-00170001', thing: 'a print' } as const;
    const { slot, second } = await lies(cast, print);
    const grant = kiosk.phone.find((message) => message.grant !== undefined)?.grant ?? '';
    stage.type('1');
    stage.say('Ana holds her phone in front of the scanner');
    kiosk.scanner.shows(grant);
    stage.shows('Second number');
    stage.type(second);
    stage.shows('is open');
    takesOut(cast, slot);
    stage.shows('Done?');
    stage.type('#');
  },
};
