import type { staff as english } from '../en/staff.ts';

/** What staff read. */
export const staff: typeof english = {
  courier: {
    title: 'Zusteller',
    staff: (digits: number) => `Personalnummer (${digits} Ziffern)`,
    pin: 'PIN',
    wrong: ['Personalnummer und PIN passen nicht zusammen.'],
    wait: (minutes: number) => [
      'Hier wurden zu viele falsche Eingaben gemacht.',
      minutes === 1
        ? 'Der nächste Versuch ist in 1 Minute möglich.'
        : `Der nächste Versuch ist in ${minutes} Minuten möglich.`,
    ],
    menu: ['Was möchten Sie tun?'],
    drop: 'Paket einlegen',
    recall: (count: number) => `Pakete zurückholen (${count})`,
    leave: 'Abmelden',
    toMenu: 'Menü',
  },

  drop: {
    title: 'Paket einlegen',
    scan: 'Scannen Sie das Etikett oder geben Sie seine letzten Ziffern ein.',
    label: (digits: number) => `Die letzten ${digits} Ziffern des Etiketts, ohne Buchstaben`,
    found: (label: string, size: string) => `Etikett ${label}, Größe ${size}. Stimmt das?`,
    several: 'Welches Paket ist es?',
    entry: (label: string, size: string) => `${label}, Größe ${size}`,
    noneOfThese: 'Keines davon',
    unannounced: 'Dieses Paket ist nicht angekündigt.',
    phone: 'Telefonnummer des Empfängers',
    phoneAgain: 'Telefonnummer des Empfängers noch einmal',
    phonesDiffer: 'Die beiden Nummern sind verschieden: Bitte geben Sie sie noch einmal ein.',
    size: 'Wie groß ist das Paket?',
    opening: (door: number) => `Fach ${door} wird geöffnet.`,
    insteadOf: (door: number) => `Anstelle von Fach ${door}:`,
    put: (ref: string, door: number) =>
      `Fach ${door} ist offen: Legen Sie Paket ${ref} hinein und schließen Sie die Tür.`,
    tooBig: 'Das Paket ist zu groß',
    notEmpty: 'Das Fach ist nicht leer',
    dirty: 'Es ist schmutzig oder beschädigt',
    changedMind: 'Doch nicht einlegen',
    staysOpen: 'Die Tür lässt sich nicht schließen',
    takeAlong: {
      too_big: 'Nehmen Sie das Paket heraus, schließen Sie die Tür: Ein größeres Fach folgt.',
      not_empty: 'Lassen Sie den Inhalt, behalten Sie Ihr Paket, schließen Sie: Ein anderes folgt.',
      dirty: 'Behalten Sie Ihr Paket und schließen Sie die Tür: Ein anderes Fach folgt.',
      changed_mind: 'Nehmen Sie das Paket heraus und schließen Sie die Tür.',
    },
    afterAll: 'Ich habe es doch eingelegt',
    leftIt: (door: number) => `Liegt es in Fach ${door}?`,
    looksEmpty: 'Der Sensor sieht nichts darin.',
    isEmpty: (door: number) => `Ist Fach ${door} leer?`,
    reopen: 'Noch einmal öffnen',
    receipt: (ref: string, door: number) => [`Erledigt. Paket ${ref} liegt in Fach ${door}.`],
    nextParcel: 'Nächstes Paket',
    nothingStored: (ref: string) => [
      `Nichts ist eingelegt. Paket ${ref} bleibt bei Ihnen.`,
      'Sie können es jederzeit einlegen.',
    ],
    full: ['Kein passendes Fach ist frei.', 'Bitte nehmen Sie das Paket mit.'],
    roomAt: (name: string, address: string) => [`Platz gibt es bei ${name}, ${address}.`],
    noRoom: [
      'Diese Anlage nimmt gerade keine Pakete an: Ihr Speicher ist voll.',
      'Bitte nehmen Sie das Paket mit. Der Betreiber weiß Bescheid.',
    ],
    notNow: [
      'Im Moment kann kein Fach benutzt werden.',
      'Bitte behalten Sie das Paket und versuchen Sie es später, oder nehmen Sie es mit.',
    ],
    moved: (door: number) => [
      `Auch Fach ${door} kann nicht benutzt werden.`,
      'Bitte behalten Sie das Paket. Sollen wir ein weiteres Fach versuchen?',
    ],
    another: 'Ein anderes Fach',
    unseen: (door: number) => [
      `Es ist nicht bekannt, ob Fach ${door} aufging; es bleibt gesperrt, bis jemand nachsieht.`,
      'Haben Sie das Paket noch?',
    ],
    haveIt: 'Ja: ein anderes Fach',
    doNotHaveIt: 'Nein',
    held: (door: number) => [
      `Fach ${door} bleibt gesperrt, bis jemand hineinsieht.`,
      'Das Paket ist nicht als zugestellt gebucht; liegt es darin, ist es sicher verschlossen.',
      'Der Betreiber weiß Bescheid.',
    ],
    leftOpen: (door: number) => [
      `Die Tür von Fach ${door} bleibt offen: Der Betreiber weiß Bescheid.`,
      'Das Paket ist nicht als zugestellt gebucht: Bitte nehmen Sie es mit.',
    ],
  },

  recall: {
    title: 'Pakete zurückholen',
    none: ['Es gibt nichts zurückzuholen.'],
    item: (ref: string, door: number) => `Paket ${ref} liegt in Fach ${door}.`,
    left: (count: number) => `Zurückzuholen: ${count}`,
    open: (door: number) => `Fach ${door} öffnen`,
    skip: 'Überspringen',
    opening: (door: number) => `Fach ${door} wird geöffnet.`,
    take: (ref: string, door: number) =>
      `Fach ${door} ist offen: Nehmen Sie Paket ${ref} heraus und schließen Sie die Tür.`,
    tookIt: (ref: string) => `Haben Sie Paket ${ref} herausgenommen, und ist das Fach leer?`,
    reopen: 'Noch einmal öffnen',
    inside: 'Sie sagten, dass etwas darin liegt: Bitte öffnen Sie und nehmen Sie es.',
    taken: (ref: string) => [`Paket ${ref} ist zurückgeholt.`],
    leftOpen: (ref: string, door: number) => [
      `Die Tür von Fach ${door} bleibt offen: Der Betreiber weiß Bescheid.`,
      `Paket ${ref} gilt als zurückgeholt: Bitte nehmen Sie es mit.`,
    ],
    notFetched: (ref: string, door: number) => [
      `Es war nicht zu erkennen, ob die Tür von Fach ${door} auf- und zuging.`,
      `Paket ${ref} ist nicht als zurückgeholt gebucht; das Fach bleibt gesperrt.`,
    ],
  },
};
