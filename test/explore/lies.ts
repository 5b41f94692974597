/** What people may say or do that is not so, or not theirs to do. */
export const LIES = [
  'the recipient leaves something inside and says nothing',
  'the courier leaves a recalled parcel inside and says nothing',
  'the courier says that the recalled parcel is out, and it is not',
  'the courier says that it is empty, and it is not',
  'the courier says that it is left inside, and it is not',
  'the courier keeps the parcel and says nothing',
  'the courier says that it is not left inside, and it is',
  'the courier reports a find or dirt, and leaves the parcel there',
  'the recipient says that a refused parcel is out, and it is not',
  'the recipient says that the door opened, and it did not',
  'the recipient says that the door is closed, and it is not',
  'the technician says that it is empty, and it is not',
  'the technician says that it is full, and it is not',
  'a stranger puts something in while the door is open',
  'a stranger puts something in while nothing is watched',
  'a thief takes the parcel out',
] as const;
export type Lie = (typeof LIES)[number];
