import {
  type Cast,
  courierNames,
  courierPutsIn,
  courierSignsIn,
  leaves,
  numbersOf,
  takesOut,
} from '../cast.ts';
import { StageError } from '../stage.ts';

const DAY_MS = 86_400_000;

export async function cancelAndRecall(cast: Cast): Promise<void> {
  const { stage } = cast;
  await courierSignsIn(cast);
  courierNames(cast, cast.ben, 'ACME-00060001', 'M');
  const slot = courierPutsIn(cast, 'unwanted shoes');
  leaves(cast);
  const { code, second } = numbersOf(cast, 'Ben');
  stage.say('Ben gives the parcel back: it stays locked in until the courier fetches it');
  stage.type(`3 ${code} ${second}`);
  stage.shows('is cancelled');
  stage.type('#');
  stage.check('the slot is not free', stage.kiosk.app.supervisor.get(slot).state === 'occupied');
  await recall(cast, slot);
}

export async function reminderAndExpiry(cast: Cast): Promise<void> {
  const { stage } = cast;
  await courierSignsIn(cast);
  courierNames(cast, cast.ana, 'ACME-00070001', 'L');
  const slot = courierPutsIn(cast, 'a forgotten crate');
  leaves(cast);
  const { code, second } = numbersOf(cast, 'Ana');
  stage.wait(2 * DAY_MS + 3_600_000);
  told(cast, 'is waiting');
  stage.say('two days later a reminder came, a day after that the time is over');
  stage.wait(DAY_MS);
  told(cast, 'has ended');
  stage.type(`1 ${code} ${second}`);
  stage.shows('The time to collect this parcel is over.');
  stage.type('#');
  await recall(cast, slot);
}

function told({ stage }: Cast, ...texts: readonly string[]): void {
  const all = [...stage.kiosk.phone, ...stage.kiosk.mailbox];
  const subjects = all.map((message) => `${message.subject} ${message.text}`).join('\n');
  if (texts.some((text) => subjects.includes(text))) return;
  throw new StageError(`no message says any of: ${texts.join('; ')}`);
}

async function recall(cast: Cast, slot: string): Promise<void> {
  const { stage } = cast;
  await courierSignsIn(cast);
  stage.say('the courier fetches it back');
  stage.type('2');
  stage.shows('To fetch: 1');
  stage.type('1');
  stage.check('its own door opens', stage.openSlot() === slot);
  takesOut(cast, slot);
  stage.shows('Did you take parcel');
  stage.type('1');
  stage.shows('is fetched');
  stage.type('#');
  stage.shows('There is nothing to fetch.');
  stage.type('#');
  leaves(cast);
  stage.check(`${slot} is free`, stage.kiosk.app.supervisor.get(slot).state === 'available');
}

export async function powerCut(cast: Cast): Promise<void> {
  const { stage } = cast;
  await courierSignsIn(cast);
  courierNames(cast, cast.ben, 'ACME-00080001', 'S');
  const slot = courierPutsIn(cast, 'a camera');
  leaves(cast);
  const numbers = numbersOf(cast, 'Ben');
  const board = stage.kiosk.wall.board('A');
  const pulsesBefore = board.pulses.length;
  stage.type(`1 ${numbers.code} ${numbers.second.slice(0, -1)}`);
  stage.press(numbers.second.slice(-1));
  stage.until('the pulse has left', () => board.pulses.length === pulsesBefore + 1);
  stage.cutPower();
  stage.say('the door springs open in the dark; Ben, puzzled, leaves it open');
  stage.wait(30_000);
  stage.switchOn();
  stage.check('no second pulse', board.pulses.length === pulsesBefore + 1);
  const found = stage.kiosk.app.supervisor.get(slot);
  stage.check('the open door is supervised again', found.state === 'open');
  stage.say('after the restart the kiosk reads the door, pulses nothing, and goes on');
  takesOut(cast, slot);
  stage.wait(10_000);
  const shut = stage.kiosk.app.supervisor.get(slot);
  stage.check('nobody was asked how it ended', shut.bar?.reason === 'unknown_outcome');
  stage.say('had Ben shut the door on his parcel, it would be safe: his code goes on working');
  collectsFromQuarantine(cast, slot, numbers.code, numbers.second);
  await cutBeforeTheDoorMoves(cast);
}

/** The harder case: nobody saw whether the pulse did anything. */
async function cutBeforeTheDoorMoves(cast: Cast): Promise<void> {
  const { stage } = cast;
  await courierSignsIn(cast);
  courierNames(cast, cast.ana, 'ACME-00080002', 'S');
  const slot = courierPutsIn(cast, 'a vase');
  leaves(cast);
  const numbers = numbersOf(cast, 'Ana');
  const door = stage.kiosk.door(slot);
  door.jam();
  const board = stage.kiosk.wall.board('A');
  const pulsesBefore = board.pulses.length;
  stage.type(`1 ${numbers.code} ${numbers.second.slice(0, -1)}`);
  stage.press(numbers.second.slice(-1));
  stage.until('the pulse has left', () => board.pulses.length === pulsesBefore + 1);
  stage.cutPower();
  stage.wait(5_000);
  door.free();
  stage.switchOn();
  const found = stage.kiosk.app.supervisor.get(slot);
  stage.check('the outcome is unknown: quarantined', found.bar?.reason === 'unknown_outcome');
  stage.say('nobody saw the outcome: quarantined, never given away, but the code still works');
  collectsFromQuarantine(cast, slot, numbers.code, numbers.second);
}

function collectsFromQuarantine(cast: Cast, slot: string, code: string, second: string): void {
  const { stage } = cast;
  stage.type(`1 ${code} ${second}`);
  stage.check('its door opens', stage.openSlot() === slot);
  takesOut(cast, slot);
  stage.shows('Done?');
  stage.type('#');
  stage.wait(65_000);
  const after = stage.kiosk.app.supervisor.get(slot);
  stage.check('still held until somebody looks inside', after.state === 'quarantined');
  stage.check('and the parcel is gone from it', after.parcel === null);
}
