import type { upkeep as english } from '../en/upkeep.ts';

/** What technicians and admins read: each trouble with its cause and its cure. */
export const upkeep: typeof english = {
  title: 'Technik',
  totp: 'Zahl aus Ihrer App (6 Ziffern)',
  totpWrong: 'Diese Zahl ist falsch oder schon benutzt: Bitte warten Sie auf die nächste.',
  hatch: {
    no_totp: [
      'Für Sie ist keine App eingerichtet.',
      'Öffnen Sie die Wartungsklappe und melden Sie sich noch einmal an.',
    ],
    unsynced: [
      'Die Uhr dieser Anlage ist nicht gestellt: Zahlen aus Apps sind nicht prüfbar.',
      'Öffnen Sie die Wartungsklappe und melden Sie sich noch einmal an.',
    ],
  },

  menu: (outOfService: number) => `Fächer, die keine Pakete annehmen: ${outOfService}`,
  inventory: 'Rundgang: hinter jede Tür sehen',
  troubles: 'Fächer, die keine Pakete annehmen',
  compartment: 'Ein einzelnes Fach',
  unblockStaff: 'Eine gesperrte Personalnummer freigeben',
  number: 'Nummer an der Tür',
  noSuchDoor: 'Kein Fach hat diese Nummer.',
  noTroubles: ['Alle Fächer nehmen Pakete an.'],
  staffNumber: 'Gesperrte Personalnummer (6 Ziffern)',
  unblocked: ['Diese Personalnummer ist wieder frei.'],
  unknownStaff: ['Diese Personalnummer ist hier nicht bekannt.'],
  next: 'Das nächste',

  lockDown: 'Sperrbetrieb beginnen',
  serveAgain: 'Wieder alle bedienen',
  modes: {
    serve: ['Diese Anlage bedient alle.'],
    maintenance: ['Wartung: Nichts wird eingelegt; abgeholt wird wie immer.'],
    lockdown: ['Sperrbetrieb: Nichts wird eingelegt, und keine Tür geht von fern auf.'],
  },
  changeMode: {
    serve: 'Soll sie wieder alle bedienen?',
    maintenance: 'Soll von jetzt an nichts eingelegt werden?',
    lockdown: 'Soll nichts eingelegt werden und keine Tür von fern aufgehen?',
  },

  door: (door: number, belief: string) => `Fach ${door}: ${belief}`,
  belief: {
    empty: 'leer, soweit bekannt',
    full: (ref: string) => `Paket ${ref} liegt darin`,
    reserved: (ref: string) => `freigehalten für Paket ${ref}`,
    unknown: 'niemand weiß, was darin liegt',
    perhaps: (ref: string) => `Paket ${ref} liegt vielleicht darin`,
  },
  board: 'Die Platine antwortet nicht. Abhilfe: Strom, Kabel und Adresse der Platine prüfen.',
  busy: [
    'Gerade ist jemand an diesem Fach: Es wurde nichts geändert.',
    'Versuchen Sie es in einer Minute wieder.',
  ],

  cause: {
    jammed: 'Das Schloss klemmt. Abhilfe: von Hand lösen, dann sagen, was darin liegt.',
    door_open: 'Die Tür stand zu lange offen. Abhilfe: schließen, dann öffnen und nachsehen.',
    sensor: 'Türkontakt und Mensch sagen Verschiedenes. Abhilfe: Kontakt prüfen, nachsehen.',
    blocked: 'Es wurde gesperrt. Abhilfe: zurückgeben, oder öffnen und nachsehen.',
    unknown_outcome: 'Niemand sah, wie der letzte Besuch endete. Abhilfe: öffnen, nachsehen.',
    changed_while_off: 'Es änderte sich bei Stromausfall. Abhilfe: öffnen und nachsehen.',
    forced: 'Die Tür ging ohne Recht auf. Abhilfe: Schloss prüfen, dann öffnen und nachsehen.',
    found_inside: 'Darin liegt etwas Unbekanntes. Abhilfe: öffnen und herausnehmen.',
    dirty: 'Laut Zusteller schmutzig oder defekt. Abhilfe: öffnen, reinigen oder richten.',
    unverified: 'Niemand hat gesagt, was darin liegt. Abhilfe: öffnen und nachsehen.',
    still_full: 'Der Sensor sieht etwas nach der Abholung. Abhilfe: öffnen und nachsehen.',
    brief_open: 'Die Tür war zu kurz offen, um sie zu leeren. Abhilfe: öffnen und nachsehen.',
    closed_late: 'Die Tür ging erst nach dem Besuch zu. Abhilfe: öffnen und nachsehen.',
    restored: 'Die Daten sind die einer Sicherung. Abhilfe: öffnen und nachsehen.',
  },

  open: 'Öffnen',
  block: 'Sperren',
  unblock: 'Zurückgeben',
  sayInside: 'Sagen, was darin liegt',
  why: 'Warum öffnen Sie es?',
  reasons: {
    inspection: 'Um nachzusehen',
    repair: 'Um es zu reparieren',
    cleaning: 'Um es zu reinigen',
    recipient: 'Um einem Empfänger zu helfen',
  },
  blocked: (door: number) => [`Fach ${door} nimmt ab jetzt keine Pakete an.`],
  givenBack: (door: number) => [`Fach ${door} ist zurückgegeben.`],
  inDoubt: (door: number) => [
    `Fach ${door} ist zurückgegeben, aber niemand weiß, was darin liegt.`,
    'Öffnen Sie es und sehen Sie nach.',
  ],
  nothingChanged: ['Es wurde nichts geändert.'],

  giveUp: 'Das Paket stornieren',
  reallyGiveUp: (ref: string) =>
    `Paket ${ref} stornieren? Sein Code endet, und der Zusteller nimmt es zurück.`,
  gaveUp: (ref: string) => [`Paket ${ref} ist storniert.`, 'Wer es erwartet, erfährt es.'],

  opening: (door: number) => `Fach ${door} wird geöffnet.`,
  isOpen: (door: number) => `Fach ${door} ist offen. Schließen Sie es, wenn Sie fertig sind.`,
  whatInside: (door: number) => `Was liegt in Fach ${door}?`,
  nothing: 'Nichts: Es ist leer und sauber',
  theParcel: (ref: string) => `Paket ${ref} und sonst nichts`,
  other: 'Etwas anderes: gesperrt lassen',
  lookAgain: 'Noch einmal öffnen',
  reallyEmpty: (ref: string) => `Hier ist Paket ${ref} gebucht. Liegt es wirklich nicht darin?`,
  noted: (door: number) => [`Fach ${door} ist so gebucht, wie Sie gesagt haben.`],
  kept: (door: number) => [
    `Fach ${door} bleibt gesperrt: Jemand muss es leeren.`,
    'Der Fund steht im Protokoll.',
  ],
  refused: (door: number) => [
    `Fach ${door} lässt sich so nicht buchen: Die Tür muss zu sein.`,
    'Schließen Sie die Tür und sagen Sie es noch einmal.',
  ],
  notMoved: (door: number) => [
    `Die Tür von Fach ${door} hat sich nicht bewegt: Das Schloss klemmt.`,
    'Lösen Sie es von Hand, sehen Sie hinein, und sagen Sie, was da ist.',
  ],
  staysOpen: (door: number) => [
    `Die Tür von Fach ${door} bleibt offen: Es ist gesperrt.`,
    'Schließen Sie sie, öffnen Sie noch einmal, und sagen Sie, was da ist.',
  ],
  dark: (door: number) => [
    `Die Platine von Fach ${door} antwortet nicht.`,
    'Prüfen Sie Strom, Kabel und Adresse.',
  ],

  round: (at: number, of: number) => `Tür ${at} von ${of}`,
  skip: 'Diese Tür auslassen',
  endRound: 'Rundgang beenden',
  roundDone: (looked: number, skipped: number) => [
    `${looked} Fächer angesehen, ${skipped} ausgelassen.`,
    'Jede Abweichung steht im Protokoll.',
  ],
};
