import type { recipient as english } from '../en/recipient.ts';

const others = (count: number): string =>
  count === 1
    ? 'Hier liegt noch 1 weiteres Paket für Sie.'
    : `Hier liegen noch ${count} weitere Pakete für Sie.`;

/** What recipients read. */
export const recipient: typeof english = {
  numbers: {
    code: (digits: number) => `Abholcode (${digits} Ziffern)`,
    second: (digits: number) => `Zweite Nummer (${digits} Ziffern)`,
    phoneTail: (digits: number) => `Die letzten ${digits} Ziffern Ihrer Telefonnummer`,
    scan: 'Halten Sie Ihren QR-Code vor den Scanner oder geben Sie die Nummern ein.',
    wrongScan: [
      'Dieser QR-Code wurde nicht angenommen.',
      'Bitte noch einmal versuchen oder die Nummern eingeben. Pakete sind hier sicher.',
    ],
    wrong: [
      'Diese Nummern passen nicht zusammen.',
      'Bitte prüfen Sie beide. Die Pakete hier bleiben sicher.',
    ],
    wait: (minutes: number) => [
      'Hier wurden zu viele falsche Nummern eingegeben. Die Pakete bleiben sicher.',
      minutes === 1
        ? 'Der nächste Versuch ist in 1 Minute möglich.'
        : `Der nächste Versuch ist in ${minutes} Minuten möglich.`,
    ],
    told: {
      pending: ['Dieses Paket ist noch nicht hier.', 'Sie erhalten Nachricht, sobald es da ist.'],
      stored: ['Dieses Paket liegt hier in keinem Fach.', 'Bitte rufen Sie an.'],
      retrieved: ['Dieses Paket wurde schon abgeholt.', 'Stimmt das nicht? Bitte rufen Sie an.'],
      expired: [
        'Die Abholfrist für dieses Paket ist vorbei.',
        'Es ist sicher. Der Zusteller bringt es zum Absender zurück.',
      ],
      cancelled: [
        'Dieses Paket ist storniert.',
        'Liegt es noch hier, nimmt der Zusteller es wieder mit.',
      ],
    },
  },

  collect: {
    title: 'Paket abholen',
    opening: (door: number) => `Fach ${door} wird geöffnet.`,
    others,
    open: (door: number) => `Fach ${door} ist offen.`,
    take: 'Nehmen Sie Ihr Paket und schließen Sie die Tür.',
    saidOpen: (door: number) => `Nehmen Sie Ihr Paket aus Fach ${door} und schließen Sie die Tür.`,
    suspect: 'Der Sensor dieser Tür ist unzuverlässig: Bitte melden Sie, wenn sie zu ist.',
    isClosed: 'Die Tür ist zu',
    staysOpen: 'Die Tür lässt sich nicht schließen',
    didItOpen: (door: number) => `Ist die Tür von Fach ${door} aufgegangen?`,
    cooling: (door: number) => `Das Schloss von Fach ${door} muss ruhen. Ihr Paket ist sicher.`,
    ready: (door: number) => `Fach ${door} ist bereit für einen neuen Versuch.`,
    done: 'Fertig?',
    inGrace: (door: number) => `Sie können Fach ${door} noch einmal öffnen.`,
    reopen: (door: number) => `Fach ${door} noch einmal öffnen`,
    somethingInside: 'Es liegt noch etwas darin',
    leaveIt: 'Ich will es nicht: Es bleibt hier',
    notThere: 'Mein Paket war nicht da',
    refused: (ref: string, door: number) => [
      `Paket ${ref} bleibt in Fach ${door} eingeschlossen. Es ist sicher.`,
      'Der Zusteller bringt es zum Absender zurück; Sie müssen nichts weiter tun.',
      'Liegt es nicht mehr darin, rufen Sie bitte an.',
    ],
    missing: (ref: string) => [
      `Das tut uns leid. Es ist vermerkt, dass Paket ${ref} nicht da war.`,
      'Der Betreiber erfährt es und prüft jede Öffnung dieses Fachs.',
      'Bitte rufen Sie an und nennen Sie das Kennzeichen unten.',
    ],
    youRefused: 'Sie sagten, dass Sie dieses Paket nicht wollen.',
    refusedThen: 'Wenn Sie es nicht genommen haben, bleibt es verschlossen und geht zurück.',
    tookIt: 'Ich habe es doch genommen',
    leftInside: 'Sie sagten, dass noch etwas darin liegt: Öffnen Sie und nehmen Sie es.',
    leftInsideThen: 'Sonst bleibt es für Sie verschlossen: Ihr Code gilt, und jemand sieht nach.',
    another: (door: number) => `Auch Fach ${door} öffnen`,
    thanks: ['Vielen Dank. Auf Wiedersehen!'],
    goneOpen: (door: number) => [
      `Die Tür von Fach ${door} bleibt offen: Der Betreiber weiß Bescheid.`,
      'Bitte nehmen Sie Ihr Paket mit; es gilt als abgeholt.',
    ],
    jammed: (door: number) => [
      `Entschuldigung: Das Schloss von Fach ${door} klemmt.`,
      'Ihr Paket liegt sicher darin und bleibt für Sie dort. Ihr Code gilt weiter.',
      'Der Betreiber weiß Bescheid und meldet sich.',
    ],
    notSeen: (door: number) => [
      `Es war nicht zu erkennen, ob sich die Tür von Fach ${door} bewegt hat.`,
      'Ihr Paket bleibt für Sie dort. Ihr Code gilt weiter.',
      'Bitte versuchen Sie es noch einmal oder rufen Sie an.',
    ],
    stillFull: (door: number) => [
      `In Fach ${door} scheint noch etwas zu liegen.`,
      'Es bleibt für Sie dort. Ihr Code gilt weiter.',
      'Bitte versuchen Sie es noch einmal oder rufen Sie an.',
    ],
    notNow: {
      busy: 'Das Fach wird gerade benutzt: Bitte versuchen Sie es in einer Minute wieder.',
      dark: 'Dieses Fach antwortet nicht: Der Betreiber weiß Bescheid und repariert es.',
      jammed: 'Das Schloss klemmt: Der Betreiber weiß Bescheid und repariert es.',
      unverified: 'Die Anlage wurde repariert: Erst muss jemand in dieses Fach sehen.',
      session_over: 'Bitte beginnen Sie von vorn.',
    },
    safe: 'Ihr Paket liegt sicher darin, und Ihr Code gilt weiter.',
    lockedUntilThen: 'Bis dahin bleibt es verschlossen. Der Betreiber weiß Bescheid.',
  },

  giveBack: {
    title: 'Paket zurückgeben',
    cancelled: (ref: string) => [
      `Paket ${ref} ist storniert.`,
      'Es ist sicher. Der Zusteller bringt es zum Absender zurück.',
      'Der Code gilt nicht mehr.',
    ],
    busy: [
      'Das Fach dieses Pakets wird gerade benutzt; es wurde nichts geändert.',
      'Das Paket ist sicher. Bitte versuchen Sie es in einer Minute wieder.',
    ],
  },

  lostCode: {
    title: 'Code verloren',
    phone: 'Ihre Telefonnummer',
    noted: [
      'Liegt hier ein Paket für dieses Telefon, werden ihm neue Nummern geschickt.',
      'Ihre bisherigen Nummern gelten, bis die neuen abgeschickt sind.',
      'Ein Paket erhält höchstens dreimal am Tag neue Nummern.',
    ],
    cannotSend: [
      'Im Moment können keine neuen Nummern geschickt werden: keine Verbindung.',
      'Es wurde nichts geändert. Die bisherigen Nummern gelten weiter.',
    ],
    wait: (minutes: number) => [
      'Hier wurden zu oft neue Nummern verlangt. Die Pakete bleiben sicher.',
      minutes === 1
        ? 'Der nächste Versuch ist in 1 Minute möglich.'
        : `Der nächste Versuch ist in ${minutes} Minuten möglich.`,
    ],
  },
};
