const SIZES: Readonly<Record<string, string>> = {
  S: 'small',
  M: 'medium',
  L: 'large',
  SMALL: 'small',
  MEDIUM: 'medium',
  LARGE: 'large',
};

const others = (count: number): string =>
  count === 1 ? '1 more parcel for you is here.' : `${count} more parcels for you are here.`;

/** English. No sentence says of a door more than its sensor, or the person, has said (R5). */
export const en = {
  common: {
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
    help: (phone: string) => `Help: ${phone}`,
    size: (name: string) => SIZES[name] ?? name.toLowerCase(),
  },

  idle: {
    lines: ['What would you like to do?'],
    collect: 'Collect a parcel',
    courier: 'Courier',
    giveBack: 'Give a parcel back (cancel)',
    moreTime: 'More time for every step',
    normalTime: 'Normal time for every step',
    hasMoreTime: 'You have twice the time for every step.',
  },

  numbers: {
    code: (digits: number) => `Pickup code (${digits} digits)`,
    second: (digits: number) => `Second number (${digits} digits)`,
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
    leftInside: 'You said that something is still inside: open it again and take it.',
    leftInsideThen: 'Otherwise somebody will come and look.',
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
      session_over: 'Please start again from the beginning.',
    },
    safe: 'Your parcel is safe inside and your code stays valid.',
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

  closing: {
    please: 'Please close the door now.',
    ask: (door: number) => `Does the door of compartment ${door} not close?`,
    consequence: 'Then please take your parcel along: the compartment goes out of service.',
    doesNotClose: 'It does not close',
    backToDoor: 'Back: I will close it',
  },

  courier: {
    title: 'Courier',
    staff: (digits: number) => `Staff number (${digits} digits)`,
    pin: 'PIN',
    wrong: ['Staff number and PIN do not fit together.'],
    wait: (minutes: number) => [
      'Too many wrong entries were typed here.',
      minutes === 1 ? 'The next try is in 1 minute.' : `The next try is in ${minutes} minutes.`,
    ],
    menu: ['What would you like to do?'],
    drop: 'Drop a parcel',
    recall: (count: number) => `Fetch back parcels (${count})`,
    leave: 'Leave',
    toMenu: 'Menu',
  },

  drop: {
    title: 'Drop a parcel',
    label: (digits: number) => `Last ${digits} digits of the label, without letters`,
    found: (label: string, size: string) => `Label ${label}, size ${size}. Is that right?`,
    several: 'Which parcel is it?',
    entry: (label: string, size: string) => `${label}, size ${size}`,
    noneOfThese: 'None of these',
    unannounced: 'This parcel is not announced.',
    phone: "Recipient's phone number",
    phoneAgain: "Recipient's phone number once more",
    phonesDiffer: 'The two numbers differ: please type them again.',
    size: 'How large is the parcel?',
    opening: (door: number) => `Compartment ${door} is being opened.`,
    insteadOf: (door: number) => `Instead of compartment ${door}:`,
    put: (ref: string, door: number) =>
      `Compartment ${door} is open: put parcel ${ref} in and close the door.`,
    tooBig: 'The parcel is too big',
    notEmpty: 'The compartment is not empty',
    dirty: 'It is dirty or broken',
    changedMind: 'I changed my mind',
    staysOpen: 'The door does not close',
    takeAlong: {
      too_big: 'Take the parcel out and close the door: a larger compartment follows.',
      not_empty: 'Leave what is inside, keep your parcel and close the door: another follows.',
      dirty: 'Keep your parcel and close the door: another compartment follows.',
      changed_mind: 'Take the parcel out and close the door.',
    },
    afterAll: 'I put it in after all',
    leftIt: (door: number) => `Left it in compartment ${door}?`,
    looksEmpty: 'The sensor sees nothing inside.',
    isEmpty: (door: number) => `Is compartment ${door} empty?`,
    reopen: 'Open it again',
    receipt: (ref: string, door: number) => [`Done. Parcel ${ref} is in compartment ${door}.`],
    nextParcel: 'Next parcel',
    nothingStored: (ref: string) => [
      `Nothing is stored. Parcel ${ref} stays with you.`,
      'It can be dropped at any time.',
    ],
    full: ['No compartment that takes this parcel is free.', 'Please take the parcel along.'],
    notNow: [
      'No compartment can be used just now.',
      'Please keep the parcel and try again, or take it along.',
    ],
    moved: (door: number) => [
      `Compartment ${door} cannot be used either.`,
      'Please keep the parcel. Shall we try another one?',
    ],
    another: 'Another compartment',
    unseen: (door: number) => [
      `It is not known whether compartment ${door} moved; it is held until somebody looks.`,
      'Do you still have the parcel?',
    ],
    haveIt: 'Yes: another compartment',
    doNotHaveIt: 'No',
    held: (door: number) => [
      `Compartment ${door} is held until somebody looks inside.`,
      'The parcel is not booked as delivered; if it is inside, it is locked in and safe.',
      'The operator is told.',
    ],
    leftOpen: (door: number) => [
      `The door of compartment ${door} stays open: the operator is told.`,
      'The parcel is not booked as delivered: please take it along.',
    ],
  },

  recall: {
    title: 'Fetch back parcels',
    none: ['There is nothing to fetch.'],
    item: (ref: string, door: number) => `Parcel ${ref} is in compartment ${door}.`,
    left: (count: number) => `To fetch: ${count}`,
    open: (door: number) => `Open compartment ${door}`,
    skip: 'Skip it',
    opening: (door: number) => `Compartment ${door} is being opened.`,
    take: (ref: string, door: number) =>
      `Compartment ${door} is open: take parcel ${ref} out and close the door.`,
    tookIt: (ref: string) => `Did you take parcel ${ref} out, and is nothing else inside?`,
    reopen: 'Open it again',
    inside: 'You said that something is inside: please open it again and take it.',
    taken: (ref: string) => [`Parcel ${ref} is fetched.`],
    leftOpen: (ref: string, door: number) => [
      `The door of compartment ${door} stays open: the operator is told.`,
      `Parcel ${ref} counts as fetched: please take it along.`,
    ],
    notFetched: (ref: string, door: number) => [
      `The door of compartment ${door} was not seen to open and close.`,
      `Parcel ${ref} is not booked as fetched; the compartment is held.`,
    ],
  },

  fault: {
    lines: [
      'Sorry: something went wrong in this machine.',
      'Parcels inside stay safe, and codes stay valid.',
      'Please start again, or call for help.',
    ],
  },
};
