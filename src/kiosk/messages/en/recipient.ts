const others = (count: number): string =>
  count === 1 ? '1 more parcel for you is here.' : `${count} more parcels for you are here.`;

/** What recipients read. */
export const recipient = {
  numbers: {
    code: (digits: number) => `Pickup code (${digits} digits)`,
    second: (digits: number) => `Second number (${digits} digits)`,
    phoneTail: (digits: number) => `Last ${digits} digits of your phone number`,
    scan: 'Hold your QR code to the scanner, or type your numbers.',
    wrongScan: [
      'This QR code was not accepted.',
      'Please try again, or type your numbers. Parcels here stay safe.',
    ],
    wrong: [
      'These numbers do not fit together.',
      'Please check both and try again. Parcels here stay safe.',
    ],
    wait: (minutes: number) => [
      'Too many wrong numbers were typed here. Parcels here stay safe.',
      minutes === 1 ? 'The next try is in 1 minute.' : `The next try is in ${minutes} minutes.`,
    ],
    told: {
      pending: ['This parcel is not here yet.', 'You will be told when it is.'],
      stored: ['This parcel is not in a compartment here.', 'Please call for help.'],
      retrieved: ['This parcel has already been collected.', 'Is that not right? Please call.'],
      expired: [
        'The time to collect this parcel is over.',
        'It is safe. The courier takes it back to the sender.',
      ],
      cancelled: ['This parcel is cancelled.', 'If it is still here, the courier takes it back.'],
    },
  },

  collect: {
    title: 'Collect a parcel',
    opening: (door: number) => `Compartment ${door} is being opened.`,
    others,
    open: (door: number) => `Compartment ${door} is open.`,
    take: 'Take your parcel and close the door.',
    saidOpen: (door: number) => `Take your parcel from compartment ${door} and close the door.`,
    suspect: 'The sensor of this door cannot be relied on: please tell us when it is closed.',
    isClosed: 'The door is closed',
    staysOpen: 'Something is wrong: the door does not close',
    didItOpen: (door: number) => `Did the door of compartment ${door} open?`,
    cooling: (door: number) => `The lock of compartment ${door} must rest. Your parcel is safe.`,
    ready: (door: number) => `Compartment ${door} is ready for another try.`,
    done: 'Done?',
    inGrace: (door: number) => `You can still open compartment ${door} again.`,
    reopen: (door: number) => `Open compartment ${door} again`,
    somethingInside: 'Something is still inside',
    leaveIt: 'I do not want it: leave it here',
    notThere: 'My parcel was not there',
    refused: (ref: string, door: number) => [
      `Parcel ${ref} stays locked in compartment ${door}. It is safe.`,
      'The courier takes it back to the sender; you need do nothing more.',
      'If it is not inside any more, please call.',
    ],
    missing: (ref: string) => [
      `We are sorry. It is noted that parcel ${ref} was not there.`,
      'The operator is told and looks into every opening of this compartment.',
      'Please call and give the reference below.',
    ],
    youRefused: 'You said that you do not want this parcel.',
    refusedThen: 'Unless you have taken it, it stays locked in, and its courier takes it back.',
    tookIt: 'I have taken it after all',
    leftInside: 'You said that something is still inside: open it again and take it.',
    leftInsideThen:
      'Otherwise it stays locked in for you: your code works, and somebody will look.',
    another: (door: number) => `Open compartment ${door} as well`,
    thanks: ['Thank you. Goodbye!'],
    goneOpen: (door: number) => [
      `The door of compartment ${door} stays open: the operator is told.`,
      'Please take your parcel with you; it counts as collected.',
    ],
    jammed: (door: number) => [
      `Sorry: the lock of compartment ${door} is stuck.`,
      'Your parcel is safe inside and is held for you. Your code stays valid.',
      'The operator is told and will get in touch.',
    ],
    notSeen: (door: number) => [
      `The door of compartment ${door} was not seen to open.`,
      'Your parcel is held for you. Your code stays valid.',
      'Please try again, or call for help.',
    ],
    stillFull: (door: number) => [
      `Compartment ${door} still seems to be full.`,
      'It is held for you. Your code stays valid.',
      'Please try again, or call for help.',
    ],
    notNow: {
      busy: 'Compartment in use: please try again in a minute.',
      dark: 'This compartment does not answer: the operator is told and repairs it.',
      jammed: 'The lock is stuck: the operator is told and repairs it.',
      unverified: 'The kiosk was repaired: somebody must look into this compartment first.',
      session_over: 'Please start again from the beginning.',
    },
    safe: 'Your parcel is safe inside and your code stays valid.',
    lockedUntilThen: 'It stays locked until then. The operator is told.',
  },

  giveBack: {
    title: 'Give a parcel back',
    cancelled: (ref: string) => [
      `Parcel ${ref} is cancelled.`,
      'It is safe. The courier takes it back to the sender.',
      'The code no longer works.',
    ],
    busy: [
      'The compartment of this parcel is in use; nothing was changed.',
      'The parcel is safe. Please try again in a minute.',
    ],
  },

  lostCode: {
    title: 'Code lost',
    phone: 'Your phone number',
    noted: [
      'If a parcel for this phone is here, new numbers are being sent to it.',
      'The numbers you have still work until the new ones have been sent.',
      'A parcel gets new numbers at most three times a day.',
    ],
    cannotSend: [
      'New numbers cannot be sent now: there is no connection.',
      'Nothing has changed. Numbers that were sent before still work.',
    ],
    wait: (minutes: number) => [
      'New numbers were asked for too often here. Parcels here stay safe.',
      minutes === 1 ? 'The next try is in 1 minute.' : `The next try is in ${minutes} minutes.`,
    ],
  },
};
