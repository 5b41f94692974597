import type { shared as english } from '../en/shared.ts';
import { sizeNames } from '../size-names.ts';

/** What everybody reads. */
export const shared: typeof english = {
  common: {
    language: 'Deutsch',
    yes: 'Ja',
    no: 'Nein',
    back: 'Zurück',
    remove: 'Löschen / zurück',
    confirm: 'Bestätigen',
    goOn: 'Weiter',
    again: 'Noch einmal versuchen',
    finish: 'Beenden',
    reference: 'Kennzeichen',
    checking: 'Wird geprüft …',
    moment: 'Einen Moment, bitte …',
    checkNumber: 'Bitte prüfen Sie die Nummer und geben Sie sie noch einmal ein.',
    endsSoon: 'Diese Seite schließt sich gleich.',
    keysLost: 'Die Tasten dieses Automaten antworten gerade nicht.',
    scannerLost: 'Der Scanner antwortet gerade nicht: bitte tippen Sie.',
    help: (phone: string) => `Hilfe: ${phone}`,
    size: sizeNames('klein', 'mittel', 'groß'),
  },

  idle: {
    lines: ['Was möchten Sie tun?'],
    collect: 'Paket abholen',
    courier: 'Zusteller',
    giveBack: 'Paket zurückgeben (stornieren)',
    lostCode: 'Ich habe meinen Code verloren',
    moreTime: 'Mehr Zeit für jeden Schritt',
    normalTime: 'Normale Zeit für jeden Schritt',
    hasMoreTime: 'Sie haben für jeden Schritt doppelt so viel Zeit.',
  },

  closing: {
    please: 'Bitte schließen Sie jetzt die Tür.',
    ask: (door: number) => `Lässt sich die Tür von Fach ${door} nicht schließen?`,
    consequence: 'Dann nehmen Sie Ihr Paket bitte mit: Das Fach wird gesperrt.',
    doesNotClose: 'Sie lässt sich nicht schließen',
    backToDoor: 'Zurück: Ich schließe sie',
  },

  fault: {
    lines: [
      'Entschuldigung: In dieser Anlage ist ein Fehler aufgetreten.',
      'Die Pakete darin bleiben sicher, und die Codes gelten weiter.',
      'Bitte beginnen Sie von vorn oder rufen Sie an.',
    ],
  },
};
