import { sizeNames } from '../size-names.ts';

/** What everybody reads. */
export const shared = {
  common: {
    language: 'English',
    yes: 'Yes',
    no: 'No',
    back: 'Back',
    remove: 'Delete / back',
    confirm: 'Confirm',
    goOn: 'Continue',
    again: 'Try again',
    finish: 'Finish',
    reference: 'Reference',
    checking: 'Checking…',
    moment: 'One moment, please…',
    checkNumber: 'Please check the number and type it again.',
    endsSoon: 'This page is about to end.',
    keysLost: 'The keys of this machine do not answer just now.',
    scannerLost: 'The scanner does not answer just now: please type.',
    help: (phone: string) => `Help: ${phone}`,
    size: sizeNames('small', 'medium', 'large'),
  },

  idle: {
    lines: ['What would you like to do?'],
    collect: 'Collect a parcel',
    courier: 'Courier',
    giveBack: 'Give a parcel back (cancel)',
    lostCode: 'I have lost my code',
    moreTime: 'More time for every step',
    normalTime: 'Normal time for every step',
    hasMoreTime: 'You have twice the time for every step.',
  },

  closing: {
    please: 'Please close the door now.',
    ask: (door: number) => `Does the door of compartment ${door} not close?`,
    consequence: 'Then please take your parcel along: the compartment goes out of service.',
    doesNotClose: 'It does not close',
    backToDoor: 'Back: I will close it',
  },

  fault: {
    lines: [
      'Sorry: something went wrong in this machine.',
      'Parcels inside stay safe, and codes stay valid.',
      'Please start again, or call for help.',
    ],
  },
};
