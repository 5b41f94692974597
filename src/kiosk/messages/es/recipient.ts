import type { recipient as english } from '../en/recipient.ts';

const others = (count: number): string =>
  count === 1 ? 'Aquí hay 1 paquete más para usted.' : `Aquí hay ${count} paquetes más para usted.`;

/** What recipients read. */
export const recipient: typeof english = {
  numbers: {
    code: (digits: number) => `Código de recogida (${digits} cifras)`,
    second: (digits: number) => `Segundo número (${digits} cifras)`,
    phoneTail: (digits: number) => `Últimas ${digits} cifras de su número de teléfono`,
    scan: 'Acerque su código QR al lector o teclee sus números.',
    wrongScan: [
      'Este código QR no se ha aceptado.',
      'Inténtelo de nuevo o teclee sus números. Los paquetes siguen seguros.',
    ],
    wrong: [
      'Estos números no corresponden entre sí.',
      'Compruebe los dos, por favor. Los paquetes de aquí siguen seguros.',
    ],
    wait: (minutes: number) => [
      'Aquí se han escrito demasiados números erróneos. Los paquetes siguen seguros.',
      minutes === 1
        ? 'Podrá intentarlo de nuevo dentro de 1 minuto.'
        : `Podrá intentarlo de nuevo dentro de ${minutes} minutos.`,
    ],
    told: {
      pending: ['Este paquete todavía no está aquí.', 'Le avisaremos cuando llegue.'],
      stored: ['Este paquete no está en ningún casillero de aquí.', 'Llame, por favor.'],
      retrieved: ['Este paquete ya se ha recogido.', '¿No es así? Llame, por favor.'],
      expired: [
        'El plazo para recoger este paquete ha terminado.',
        'Está seguro. El repartidor lo devuelve al remitente.',
      ],
      cancelled: [
        'Este paquete está cancelado.',
        'Si todavía está aquí, el repartidor se lo lleva.',
      ],
    },
  },

  collect: {
    title: 'Recoger un paquete',
    opening: (door: number) => `Se está abriendo el casillero ${door}.`,
    others,
    open: (door: number) => `El casillero ${door} está abierto.`,
    take: 'Tome su paquete y cierre la puerta.',
    saidOpen: (door: number) => `Tome su paquete del casillero ${door} y cierre la puerta.`,
    suspect: 'El sensor de esta puerta no es fiable: avísenos aquí cuando esté cerrada.',
    isClosed: 'La puerta está cerrada',
    staysOpen: 'Hay un problema: la puerta no se cierra',
    didItOpen: (door: number) => `¿Se ha abierto la puerta del casillero ${door}?`,
    cooling: (door: number) =>
      `La cerradura del casillero ${door} debe descansar. Su paquete está seguro.`,
    ready: (door: number) => `El casillero ${door} está listo para otro intento.`,
    done: '¿Ha terminado?',
    inGrace: (door: number) => `Todavía puede abrir otra vez el casillero ${door}.`,
    reopen: (door: number) => `Abrir otra vez el casillero ${door}`,
    somethingInside: 'Todavía queda algo dentro',
    leaveIt: 'No lo quiero: se queda aquí',
    notThere: 'Mi paquete no estaba',
    refused: (ref: string, door: number) => [
      `El paquete ${ref} queda bajo llave en el casillero ${door}. Está seguro.`,
      'El repartidor lo devuelve al remitente; no tiene que hacer nada más.',
      'Si ya no está dentro, llame, por favor.',
    ],
    missing: (ref: string) => [
      `Lo sentimos. Queda anotado que el paquete ${ref} no estaba.`,
      'Se avisa al operador, que revisa cada apertura de este casillero.',
      'Llame, por favor, e indique la referencia de abajo.',
    ],
    youRefused: 'Ha dicho que no quiere este paquete.',
    refusedThen: 'Si no lo ha tomado, queda bajo llave y el repartidor se lo lleva.',
    tookIt: 'Al final lo he tomado',
    leftInside: 'Ha dicho que queda algo dentro: ábralo otra vez y tómelo.',
    leftInsideThen: 'Si no, se le guarda bajo llave: su código vale, y alguien vendrá a mirar.',
    another: (door: number) => `Abrir también el casillero ${door}`,
    thanks: ['Gracias. ¡Hasta pronto!'],
    goneOpen: (door: number) => [
      `La puerta del casillero ${door} queda abierta: el operador está avisado.`,
      'Llévese su paquete, por favor; cuenta como recogido.',
    ],
    jammed: (door: number) => [
      `Lo sentimos: la cerradura del casillero ${door} está atascada.`,
      'Su paquete está seguro dentro y se le guarda. Su código sigue siendo válido.',
      'El operador está avisado y se pondrá en contacto con usted.',
    ],
    notSeen: (door: number) => [
      `No se ha visto moverse la puerta del casillero ${door}.`,
      'Su paquete se le guarda. Su código sigue siendo válido.',
      'Inténtelo de nuevo, por favor, o llame para pedir ayuda.',
    ],
    stillFull: (door: number) => [
      `Parece que todavía hay algo en el casillero ${door}.`,
      'Se le guarda. Su código sigue siendo válido.',
      'Inténtelo de nuevo, por favor, o llame para pedir ayuda.',
    ],
    notNow: {
      busy: 'El casillero está en uso: inténtelo de nuevo dentro de un minuto.',
      dark: 'Este casillero no responde: el operador está avisado y lo repara.',
      jammed: 'La cerradura está atascada: el operador está avisado y la repara.',
      unverified: 'El armario fue reparado: primero alguien debe mirar en este compartimento.',
      session_over: 'Empiece de nuevo desde el principio, por favor.',
    },
    safe: 'Su paquete está seguro dentro y su código sigue siendo válido.',
    lockedUntilThen: 'Hasta entonces queda cerrado. El operador está avisado.',
  },

  giveBack: {
    title: 'Devolver un paquete',
    cancelled: (ref: string) => [
      `El paquete ${ref} está cancelado.`,
      'Está seguro. El repartidor lo devuelve al remitente.',
      'El código ya no es válido.',
    ],
    busy: [
      'El casillero de este paquete está en uso; no se ha cambiado nada.',
      'El paquete está seguro. Inténtelo de nuevo dentro de un minuto.',
    ],
  },

  lostCode: {
    title: 'Código perdido',
    phone: 'Su número de teléfono',
    noted: [
      'Si aquí hay un paquete para este teléfono, se le envían números nuevos.',
      'Los números que tiene siguen siendo válidos hasta que se envíen los nuevos.',
      'Un paquete recibe números nuevos como máximo tres veces al día.',
    ],
    cannotSend: [
      'Ahora no se pueden enviar números nuevos: no hay conexión.',
      'No se ha cambiado nada. Los números enviados antes siguen siendo válidos.',
    ],
    wait: (minutes: number) => [
      'Aquí se han pedido números nuevos demasiadas veces. Los paquetes siguen seguros.',
      minutes === 1
        ? 'Podrá intentarlo de nuevo dentro de 1 minuto.'
        : `Podrá intentarlo de nuevo dentro de ${minutes} minutos.`,
    ],
  },
};
