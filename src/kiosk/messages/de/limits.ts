import type { Catalogue } from '../catalogue.ts';

export const limits: Catalogue['limits'] = {
  kilos: (kilos) => `bis ${String(kilos).replace('.', ',')} kg`,
  sides: (sides) => `bis ${sides} cm`,
  none: 'Es ist größer oder schwerer',
  TOO_HEAVY: ['Dieses Paket ist zu schwer für die Fächer hier.', 'Bitte nehmen Sie es wieder mit.'],
  TOO_LARGE: ['Dieses Paket ist zu groß für die Fächer hier.', 'Bitte nehmen Sie es wieder mit.'],
  over: ['Kein Fach hier nimmt ein solches Paket auf.', 'Bitte nehmen Sie es wieder mit.'],
};
