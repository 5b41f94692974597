import { announced } from '../announced.ts';
import type { Received } from '../embedded.ts';
import { type Stage, StageError } from './stage.ts';

/** The people of the demo and what they can do at the kiosk. */
export interface Cast {
  readonly stage: Stage;
  readonly staff: string;
  readonly ana: string;
  readonly ben: string;
}

/** The two numbers of a parcel, as its recipient received them. */
export interface Numbers {
  readonly code: string;
  readonly second: string;
}

const PIN = '246810';
const CARRIER = 'ACME';
const GRACE_OVER_MS = 65_000;

export async function castOf(stage: Stage): Promise<Cast> {
  const { people } = stage.kiosk.app;
  const staff = await people.addCourier(CARRIER, PIN);
  const contact = (phone: string, email: string) => ({ phone, email, language: 'en' });
  const ana = people.addCustomer(contact('+1 212 555 0111', 'ana@example.com'));
  const ben = people.addCustomer(contact('+1 212 555 0122', 'ben@example.com'));
  return { stage, staff, ana, ben };
}

export async function courierSignsIn({ stage, staff }: Cast): Promise<void> {
  stage.say('the courier signs in with staff number and PIN');
  await stage.signIn(staff, PIN);
}

/** Announces a parcel and has the courier name it; its door is being opened afterwards. */
export function courierNames({ stage }: Cast, to: string, label: string, size: string): void {
  announced(stage.kiosk.app, { carrier: CARRIER, label, recipient: to, size });
  stage.say(`the courier types the label's last digits: ${label.slice(-5)} (size ${size})`);
  stage.type(`1 ${label.slice(-5)}`);
  stage.shows('Is that right?');
  stage.type('1');
}

/** Puts the parcel behind the open door, closes it and confirms. Gives the slot. */
export function courierPutsIn({ stage }: Cast, thing: string): string {
  const slot = stage.openSlot();
  stage.hands.dropsParcel(stage.kiosk.door(slot), thing, { afterMs: 2_000, closesAfterMs: 3_000 });
  stage.shows('Left it in compartment');
  stage.type('1');
  stage.shows('Done. Parcel');
  stage.type('*');
  stage.check(`${slot} is occupied`, stage.kiosk.app.supervisor.get(slot).state === 'occupied');
  return slot;
}

export function leaves({ stage }: Cast): void {
  stage.type('*');
  stage.shows('Collect a parcel');
}

/** The last two messages to a person: the code on the phone, the second number in the mailbox. */
export function numbersOf({ stage }: Cast, who: string): Numbers {
  const code = find(stage.kiosk.phone, /Pickup code: (\d+)/);
  const second = find(stage.kiosk.mailbox, /Second number: (\d+)/);
  stage.say(`${who} receives code ${code} by text message and ${second} by e-mail`);
  return { code, second };
}

function find(messages: readonly Received[], pattern: RegExp): string {
  const text = messages.findLast((message) => pattern.test(message.text))?.text ?? '';
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new StageError(`no message says ${pattern}`);
  return found;
}

/** Types both numbers, takes the parcel, closes the door and lets the grace time pass. */
export function collects({ stage }: Cast, who: string, { code, second }: Numbers): string {
  stage.say(`${who} types both numbers`);
  stage.type(`1 ${code} ${second}`);
  const slot = stage.openSlot();
  takesOut({ stage }, slot);
  stage.shows('Done?');
  stage.type('#');
  stage.wait(GRACE_OVER_MS);
  stage.check(`${slot} is free again`, stage.kiosk.app.supervisor.get(slot).state === 'available');
  return slot;
}

export function takesOut({ stage }: Pick<Cast, 'stage'>, slot: string): void {
  stage.hands.takesParcel(stage.kiosk.door(slot), { afterMs: 2_000, closesAfterMs: 3_000 });
}
