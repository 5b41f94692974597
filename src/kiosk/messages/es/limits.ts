import type { Catalogue } from '../catalogue.ts';

export const limits: Catalogue['limits'] = {
  kilos: (kilos) => `hasta ${String(kilos).replace('.', ',')} kg`,
  sides: (sides) => `hasta ${sides} cm`,
  none: 'Es más grande o más pesado',
  TOO_HEAVY: ['Este paquete pesa demasiado para los casilleros de aquí.', 'Lléveselo, por favor.'],
  TOO_LARGE: [
    'Este paquete es demasiado grande para los casilleros de aquí.',
    'Lléveselo, por favor.',
  ],
  over: ['Ningún casillero de aquí admite un paquete así.', 'Lléveselo, por favor.'],
};
