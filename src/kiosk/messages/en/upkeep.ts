/** What technicians and admins read: each trouble with its cause and its cure. */
export const upkeep = {
  title: 'Technician',
  totp: 'Number from your app (6 digits)',
  totpWrong: 'This number is wrong, or was used before: please wait for the next one.',
  hatch: {
    no_totp: ['No app is registered for you.', 'Open the service hatch, then sign in again.'],
    unsynced: [
      'The clock of this machine is not set, so numbers of apps cannot be checked.',
      'Open the service hatch, then sign in again.',
    ],
  },

  menu: (outOfService: number) => `Compartments that take no parcels: ${outOfService}`,
  inventory: 'Inventory round: look behind every door',
  troubles: 'Compartments that take no parcels',
  compartment: 'One compartment',
  unblockStaff: 'Let a blocked staff number try again',
  number: 'Number on the door',
  noSuchDoor: 'No compartment has this number.',
  noTroubles: ['Every compartment can take parcels.'],
  staffNumber: 'Blocked staff number (6 digits)',
  unblocked: ['This staff number may try again.'],
  unknownStaff: ['No such staff number is known here.'],
  next: 'The next one',

  lockDown: 'Begin a lockdown',
  serveAgain: 'Serve everybody again',
  modes: {
    serve: ['This kiosk serves everybody.'],
    maintenance: ['Maintenance: nothing is dropped; parcels are collected as always.'],
    lockdown: ['Lockdown: nothing is dropped, and no door opens from afar.'],
  },
  changeMode: {
    serve: 'Shall it serve everybody again?',
    maintenance: 'Shall nothing be dropped from now on?',
    lockdown: 'Shall nothing be dropped, and no door open from afar?',
  },

  door: (door: number, belief: string) => `Compartment ${door}: ${belief}`,
  belief: {
    empty: 'empty, as far as is known',
    full: (ref: string) => `parcel ${ref} is inside`,
    reserved: (ref: string) => `held for parcel ${ref}`,
    unknown: 'nobody knows what is inside',
    perhaps: (ref: string) => `parcel ${ref} may be inside`,
  },
  board: 'Its board does not answer. Cure: power, cable and address of the board.',
  busy: ['Somebody is at this compartment now: nothing was changed.', 'Try again in a minute.'],

  cause: {
    jammed: 'The lock did not move. Cure: free the lock by hand, then say what is inside.',
    door_open: 'The door stood open too long. Cure: close it, then open it and look inside.',
    sensor: 'Door contact and people disagree. Cure: check the contact, then open and look.',
    blocked: 'It was taken out of service. Cure: give it back, or open it and look inside.',
    unknown_outcome: 'Nobody saw how the last visit ended. Cure: open it and look inside.',
    changed_while_off: 'It changed while the power was off. Cure: open it and look inside.',
    forced: 'The door moved without any right. Cure: check the lock, then open and look.',
    found_inside: 'Something lies inside that is not booked. Cure: open it and take it out.',
    dirty: 'A courier says that it is dirty or broken. Cure: open it, clean or mend it.',
    unverified: 'Nobody has said what is inside. Cure: open it and look inside.',
    still_full: 'The sensor sees something after a pickup. Cure: open it and look inside.',
    brief_open: 'The door was open too briefly to be emptied. Cure: open it and look inside.',
    closed_late: 'The door was closed after the visit was given up. Cure: open it and look.',
    restored: 'The records are those of a backup. Cure: open it and say what is inside.',
  },

  open: 'Open it',
  block: 'Take it out of service',
  unblock: 'Give it back',
  sayInside: 'Say what is inside',
  why: 'Why do you open it?',
  reasons: {
    inspection: 'To look inside',
    repair: 'To repair it',
    cleaning: 'To clean it',
    recipient: 'To help a recipient',
  },
  blocked: (door: number) => [`Compartment ${door} takes no parcels from now on.`],
  givenBack: (door: number) => [`Compartment ${door} is given back.`],
  inDoubt: (door: number) => [
    `Compartment ${door} is given back, but nobody knows what is inside.`,
    'Open it and look inside.',
  ],
  nothingChanged: ['Nothing was changed.'],

  giveUp: 'Cancel the parcel',
  reallyGiveUp: (ref: string) =>
    `Cancel parcel ${ref}? Its code ends, and its courier takes it back.`,
  gaveUp: (ref: string) => [`Parcel ${ref} is cancelled.`, 'Its recipient is told.'],

  opening: (door: number) => `Compartment ${door} is being opened.`,
  isOpen: (door: number) => `Compartment ${door} is open. Close it when you are done.`,
  whatInside: (door: number) => `What is inside compartment ${door}?`,
  nothing: 'Nothing: it is empty and clean',
  theParcel: (ref: string) => `Parcel ${ref}, and nothing else`,
  other: 'Something else: keep it out of service',
  lookAgain: 'Open it again',
  reallyEmpty: (ref: string) => `Parcel ${ref} is booked here. Is it really not inside?`,
  noted: (door: number) => [`Compartment ${door} is booked as you said.`],
  kept: (door: number) => [
    `Compartment ${door} stays out of service: somebody must take it out.`,
    'The find is in the journal.',
  ],
  refused: (door: number) => [
    `Compartment ${door} cannot be booked so now: its door must be shut.`,
    'Close the door, then say it again.',
  ],
  notMoved: (door: number) => [
    `The door of compartment ${door} was not seen to move: the lock is stuck.`,
    'Free it by hand, look inside, and say what is there.',
  ],
  staysOpen: (door: number) => [
    `The door of compartment ${door} stays open: it is out of service.`,
    'Close it, open it again, and say what is inside.',
  ],
  dark: (door: number) => [
    `The board of compartment ${door} does not answer.`,
    'Check its power, its cable and its address.',
  ],

  round: (at: number, of: number) => `Door ${at} of ${of}`,
  skip: 'Skip this door',
  endRound: 'End the round',
  roundDone: (looked: number, skipped: number) => [
    `Looked behind ${looked} doors, skipped ${skipped}.`,
    'Every difference is in the journal.',
  ],
};
