import type { shared as english } from '../en/shared.ts';
import { sizeNames } from '../size-names.ts';

/** What everybody reads. */
export const shared: typeof english = {
  common: {
    language: 'Español',
    yes: 'Sí',
    no: 'No',
    back: 'Atrás',
    remove: 'Borrar / atrás',
    confirm: 'Confirmar',
    goOn: 'Continuar',
    again: 'Intentarlo de nuevo',
    finish: 'Terminar',
    reference: 'Referencia',
    checking: 'Comprobando…',
    moment: 'Un momento, por favor…',
    checkNumber: 'Compruebe el número y escríbalo otra vez, por favor.',
    endsSoon: 'Esta página está a punto de cerrarse.',
    keysLost: 'Las teclas de esta máquina no responden ahora.',
    scannerLost: 'El lector no responde ahora: escriba, por favor.',
    help: (phone: string) => `Ayuda: ${phone}`,
    size: sizeNames('pequeño', 'mediano', 'grande'),
  },

  idle: {
    lines: ['¿Qué desea hacer?'],
    collect: 'Recoger un paquete',
    courier: 'Repartidor',
    giveBack: 'Devolver un paquete (cancelar)',
    lostCode: 'He perdido mi código',
    moreTime: 'Más tiempo para cada paso',
    normalTime: 'Tiempo normal para cada paso',
    hasMoreTime: 'Tiene el doble de tiempo para cada paso.',
  },

  closing: {
    please: 'Cierre la puerta ahora, por favor.',
    ask: (door: number) => `¿La puerta del casillero ${door} no se cierra?`,
    consequence: 'Entonces llévese su paquete, por favor: el casillero queda fuera de servicio.',
    doesNotClose: 'No se cierra',
    backToDoor: 'Atrás: voy a cerrarla',
  },

  fault: {
    lines: [
      'Lo sentimos: algo ha fallado en esta máquina.',
      'Los paquetes siguen seguros dentro y los códigos siguen siendo válidos.',
      'Empiece de nuevo, por favor, o llame para pedir ayuda.',
    ],
  },
};
