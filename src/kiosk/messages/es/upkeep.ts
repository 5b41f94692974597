import type { upkeep as english } from '../en/upkeep.ts';

/** What technicians and admins read: each trouble with its cause and its cure. */
export const upkeep: typeof english = {
  title: 'Técnico',
  totp: 'Número de su aplicación (6 cifras)',
  totpWrong: 'Este número es erróneo o ya se ha usado: espere al siguiente, por favor.',
  hatch: {
    no_totp: [
      'No hay ninguna aplicación registrada para usted.',
      'Abra la trampilla de servicio e identifíquese otra vez.',
    ],
    unsynced: [
      'El reloj de esta máquina no está en hora: no se pueden comprobar los números.',
      'Abra la trampilla de servicio e identifíquese otra vez.',
    ],
  },

  menu: (outOfService: number) => `Casilleros que no admiten paquetes: ${outOfService}`,
  inventory: 'Inventario: mirar detrás de cada puerta',
  troubles: 'Casilleros que no admiten paquetes',
  compartment: 'Un solo casillero',
  unblockStaff: 'Desbloquear un número de personal',
  number: 'Número de la puerta',
  noSuchDoor: 'Ningún casillero tiene este número.',
  noTroubles: ['Todos los casilleros admiten paquetes.'],
  staffNumber: 'Número de personal bloqueado (6 cifras)',
  unblocked: ['Este número de personal puede intentarlo de nuevo.'],
  unknownStaff: ['Aquí no se conoce ese número de personal.'],
  next: 'El siguiente',

  lockDown: 'Empezar un bloqueo',
  serveAgain: 'Volver a atender a todos',
  modes: {
    serve: ['Esta máquina atiende a todos.'],
    maintenance: ['Mantenimiento: no se depositan paquetes; se recogen como siempre.'],
    lockdown: ['Bloqueo: no se depositan paquetes ni se abre nada a distancia.'],
  },
  changeMode: {
    serve: '¿Debe volver a atender a todos?',
    maintenance: '¿No debe depositarse nada desde ahora?',
    lockdown: '¿No debe depositarse ni abrirse nada a distancia?',
  },

  door: (door: number, belief: string) => `Casillero ${door}: ${belief}`,
  belief: {
    empty: 'vacío, que se sepa',
    full: (ref: string) => `el paquete ${ref} está dentro`,
    reserved: (ref: string) => `reservado para el paquete ${ref}`,
    unknown: 'nadie sabe qué hay dentro',
    perhaps: (ref: string) => `el paquete ${ref} puede estar dentro`,
  },
  board: 'Su placa no responde. Remedio: revise la corriente, el cable y la dirección.',
  busy: [
    'Ahora hay alguien en este casillero: no se ha cambiado nada.',
    'Inténtelo otra vez dentro de un minuto.',
  ],

  cause: {
    jammed: 'La cerradura no se movió. Remedio: libérela a mano y diga qué hay dentro.',
    door_open: 'La puerta quedó abierta. Remedio: ciérrela, ábrala otra vez y mire dentro.',
    sensor: 'El contacto y la gente no coinciden. Remedio: revise el contacto y mire dentro.',
    blocked: 'Se puso fuera de servicio. Remedio: devuélvalo, o ábralo y mire dentro.',
    unknown_outcome: 'Nadie vio cómo acabó la última visita. Remedio: ábralo y mire dentro.',
    changed_while_off: 'Cambió mientras no había corriente. Remedio: ábralo y mire dentro.',
    forced: 'La puerta se movió sin derecho. Remedio: revise la cerradura y mire dentro.',
    found_inside: 'Dentro hay algo que no está anotado. Remedio: ábralo y sáquelo.',
    dirty: 'Un repartidor dice que está sucio o roto. Remedio: límpielo o arréglelo.',
    unverified: 'Nadie ha dicho qué hay dentro. Remedio: ábralo y mire dentro.',
    still_full: 'El sensor ve algo después de una recogida. Remedio: ábralo y mire dentro.',
    brief_open: 'Estuvo abierto demasiado poco para vaciarlo. Remedio: ábralo y mire dentro.',
    closed_late: 'La puerta se cerró después de la visita. Remedio: ábralo y mire dentro.',
    restored: 'Los datos son de una copia de seguridad. Remedio: ábralo y mire dentro.',
  },

  open: 'Abrirlo',
  block: 'Ponerlo fuera de servicio',
  unblock: 'Devolverlo al servicio',
  sayInside: 'Decir qué hay dentro',
  why: '¿Por qué lo abre?',
  reasons: {
    inspection: 'Para mirar dentro',
    repair: 'Para repararlo',
    cleaning: 'Para limpiarlo',
    recipient: 'Para ayudar a un destinatario',
  },
  blocked: (door: number) => [`Desde ahora el casillero ${door} no admite paquetes.`],
  givenBack: (door: number) => [`El casillero ${door} vuelve al servicio.`],
  inDoubt: (door: number) => [
    `El casillero ${door} ya no está bloqueado, pero nadie sabe qué hay dentro.`,
    'Ábralo y mire dentro.',
  ],
  nothingChanged: ['No se ha cambiado nada.'],

  giveUp: 'Anular el paquete',
  reallyGiveUp: (ref: string) =>
    `¿Anular el paquete ${ref}? Su código termina y el repartidor se lo lleva.`,
  gaveUp: (ref: string) => [`El paquete ${ref} está anulado.`, 'Se avisa a su destinatario.'],

  opening: (door: number) => `Se está abriendo el casillero ${door}.`,
  isOpen: (door: number) => `El casillero ${door} está abierto. Ciérrelo cuando termine.`,
  whatInside: (door: number) => `¿Qué hay dentro del casillero ${door}?`,
  nothing: 'Nada: está vacío y limpio',
  theParcel: (ref: string) => `El paquete ${ref} y nada más`,
  other: 'Otra cosa: dejarlo fuera de servicio',
  lookAgain: 'Abrirlo otra vez',
  reallyEmpty: (ref: string) => `Aquí consta el paquete ${ref}. ¿De verdad no está dentro?`,
  noted: (door: number) => [`El casillero ${door} queda anotado como usted ha dicho.`],
  kept: (door: number) => [
    `El casillero ${door} sigue fuera de servicio: alguien tiene que vaciarlo.`,
    'El hallazgo está en el registro.',
  ],
  refused: (door: number) => [
    `El casillero ${door} no se puede anotar así: la puerta debe estar cerrada.`,
    'Cierre la puerta y dígalo otra vez.',
  ],
  notMoved: (door: number) => [
    `La puerta del casillero ${door} no se movió: la cerradura está atascada.`,
    'Libérela a mano, mire dentro y diga qué hay.',
  ],
  staysOpen: (door: number) => [
    `La puerta del casillero ${door} sigue abierta: está fuera de servicio.`,
    'Ciérrela, ábrala otra vez y diga qué hay dentro.',
  ],
  dark: (door: number) => [
    `La placa del casillero ${door} no responde.`,
    'Revise la corriente, el cable y la dirección.',
  ],

  round: (at: number, of: number) => `Puerta ${at} de ${of}`,
  skip: 'Saltarse esta puerta',
  endRound: 'Terminar el inventario',
  roundDone: (looked: number, skipped: number) => [
    `Casilleros mirados: ${looked}; saltados: ${skipped}.`,
    'Cada diferencia está en el registro.',
  ],
};
