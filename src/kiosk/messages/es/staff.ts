import type { staff as english } from '../en/staff.ts';

/** What staff read. */
export const staff: typeof english = {
  courier: {
    title: 'Repartidor',
    staff: (digits: number) => `Número de personal (${digits} cifras)`,
    pin: 'PIN',
    wrong: ['El número de personal y el PIN no corresponden entre sí.'],
    wait: (minutes: number) => [
      'Aquí se han escrito demasiados datos erróneos.',
      minutes === 1
        ? 'Podrá intentarlo de nuevo dentro de 1 minuto.'
        : `Podrá intentarlo de nuevo dentro de ${minutes} minutos.`,
    ],
    menu: ['¿Qué desea hacer?'],
    drop: 'Dejar un paquete',
    recall: (count: number) => `Retirar paquetes (${count})`,
    leave: 'Salir',
    toMenu: 'Menú',
  },

  drop: {
    title: 'Dejar un paquete',
    scan: 'Escanee la etiqueta o teclee sus últimas cifras.',
    label: (digits: number) => `Últimas ${digits} cifras de la etiqueta, sin letras`,
    found: (label: string, size: string) => `Etiqueta ${label}, tamaño ${size}. ¿Es correcto?`,
    several: '¿Qué paquete es?',
    entry: (label: string, size: string) => `${label}, tamaño ${size}`,
    noneOfThese: 'Ninguno de estos',
    unannounced: 'Este paquete no está anunciado.',
    phone: 'Número de teléfono del destinatario',
    phoneAgain: 'Número de teléfono del destinatario otra vez',
    phonesDiffer: 'Los dos números son distintos: escríbalos otra vez, por favor.',
    size: '¿Qué tamaño tiene el paquete?',
    opening: (door: number) => `Se está abriendo el casillero ${door}.`,
    insteadOf: (door: number) => `En lugar del casillero ${door}:`,
    put: (ref: string, door: number) =>
      `El casillero ${door} está abierto: deje el paquete ${ref} y cierre la puerta.`,
    tooBig: 'El paquete es demasiado grande',
    notEmpty: 'El casillero no está vacío',
    dirty: 'Está sucio o roto',
    changedMind: 'He cambiado de idea',
    staysOpen: 'La puerta no se cierra',
    takeAlong: {
      too_big: 'Saque el paquete y cierre la puerta: después se abre un casillero más grande.',
      not_empty: 'Deje lo que hay dentro, guarde su paquete y cierre: después se abre otro.',
      dirty: 'Guarde su paquete y cierre la puerta: después se abre otro casillero.',
      changed_mind: 'Saque el paquete y cierre la puerta.',
    },
    afterAll: 'Al final lo he dejado dentro',
    leftIt: (door: number) => `¿Lo ha dejado en el casillero ${door}?`,
    looksEmpty: 'El sensor no ve nada dentro.',
    isEmpty: (door: number) => `¿Está vacío el casillero ${door}?`,
    reopen: 'Abrirlo otra vez',
    receipt: (ref: string, door: number) => [
      `Hecho. El paquete ${ref} está en el casillero ${door}.`,
    ],
    nextParcel: 'Siguiente paquete',
    nothingStored: (ref: string) => [
      `No se ha dejado nada. El paquete ${ref} sigue con usted.`,
      'Puede dejarlo en cualquier momento.',
    ],
    full: ['No hay ningún casillero libre para este paquete.', 'Llévese el paquete, por favor.'],
    roomAt: (name: string, address: string) => [`Hay sitio en ${name}, ${address}.`],
    noRoom: [
      'Este armario no admite paquetes ahora: su memoria está llena.',
      'Llévese el paquete, por favor. El operador está avisado.',
    ],
    notNow: [
      'Ahora mismo no se puede usar ningún casillero.',
      'Guarde el paquete e inténtelo de nuevo, o lléveselo, por favor.',
    ],
    moved: (door: number) => [
      `El casillero ${door} tampoco se puede usar.`,
      'Guarde el paquete, por favor. ¿Probamos con otro?',
    ],
    another: 'Otro casillero',
    unseen: (door: number) => [
      `No se sabe si el casillero ${door} se movió; queda retenido hasta que alguien mire.`,
      '¿Tiene todavía el paquete?',
    ],
    haveIt: 'Sí: otro casillero',
    doNotHaveIt: 'No',
    held: (door: number) => [
      `El casillero ${door} queda retenido hasta que alguien mire dentro.`,
      'El paquete no consta como entregado; si está dentro, está seguro bajo llave.',
      'El operador está avisado.',
    ],
    leftOpen: (door: number) => [
      `La puerta del casillero ${door} queda abierta: el operador está avisado.`,
      'El paquete no consta como entregado: lléveselo, por favor.',
    ],
  },

  recall: {
    title: 'Retirar paquetes',
    none: ['No hay nada que retirar.'],
    item: (ref: string, door: number) => `El paquete ${ref} está en el casillero ${door}.`,
    left: (count: number) => `Por retirar: ${count}`,
    open: (door: number) => `Abrir el casillero ${door}`,
    skip: 'Saltarlo',
    opening: (door: number) => `Se está abriendo el casillero ${door}.`,
    take: (ref: string, door: number) =>
      `El casillero ${door} está abierto: saque el paquete ${ref} y cierre la puerta.`,
    tookIt: (ref: string) => `¿Ha sacado el paquete ${ref}, y no queda nada más dentro?`,
    reopen: 'Abrirlo otra vez',
    inside: 'Ha dicho que queda algo dentro: ábralo otra vez y sáquelo, por favor.',
    taken: (ref: string) => [`El paquete ${ref} está retirado.`],
    leftOpen: (ref: string, door: number) => [
      `La puerta del casillero ${door} queda abierta: el operador está avisado.`,
      `El paquete ${ref} cuenta como retirado: lléveselo, por favor.`,
    ],
    notFetched: (ref: string, door: number) => [
      `No se ha visto abrirse y cerrarse la puerta del casillero ${door}.`,
      `El paquete ${ref} no consta como retirado; el casillero queda retenido.`,
    ],
  },
};
