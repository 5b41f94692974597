import type { WireFault } from '../faults.ts';
import { WIRE_FAULTS } from '../faults.ts';
import type { Scene } from './scene.ts';
import { play, type Script } from './script.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const SPELL_MEAN_MS = 15 * MINUTE_MS;
const SPELL_MS_MIN = 3 * SECOND_MS;
const SPELL_MS_MAX = 60 * SECOND_MS;
/** How often a fault strikes while it is about. */
const CHANCES = [0.01, 0.1, 0.5];
/** A pulse that pulls the supply down: rare, and never far. */
const RESET_CHANCE = 0.03;
const STUCK_MEAN_MS = 40 * MINUTE_MS;
const RESET_MEAN_MS = 30 * MINUTE_MS;
const UNPLUG_MEAN_MS = 25 * MINUTE_MS;
const STEP_MEAN_MS = 20 * MINUTE_MS;
const JAM_MEAN_MS = 40 * MINUTE_MS;
const CONTACT_MEAN_MS = 60 * MINUTE_MS;
const STEPS_MS = [1_500, 61_000, 3_600_000, 86_400_000, 400 * 86_400_000];

/** Everything that breaks by itself; it ends when the calm comes. */
export function brew(scene: Scene): void {
  const begin = (name: string, script: Script): void => play(scene.clock, name, script);
  for (const fault of WIRE_FAULTS) if (scene.has(fault)) begin(fault, wireSpells(scene, fault));
  if (scene.has('stuck')) begin('stuck', stuckBoards(scene));
  if (scene.has('reset')) begin('reset', resets(scene));
  if (scene.has('unplug')) begin('unplug', pulledPorts(scene));
  if (scene.has('clock')) begin('clock', clockSteps(scene));
  if (scene.has('jam')) begin('jam', jams(scene));
  if (scene.has('contact')) begin('contact', stuckContacts(scene));
}

/** No fault strikes any more, and what is stuck, pulled, bent or dirty is made good. */
export function clearUp(scene: Scene): void {
  const { wall } = scene.kiosk;
  wall.clearFaults();
  for (const { name, boards } of wall.buses) {
    scene.kiosk.port(name).replug();
    for (const board of boards) board.reset();
  }
  for (const slot of scene.slots) scene.doorOf(slot).free();
}

function* wireSpells(scene: Scene, fault: WireFault): Script {
  const dice = scene.dice(fault);
  for (;;) {
    yield dice.waitMs(SPELL_MEAN_MS);
    if (scene.isCalm()) return;
    const { name, wire } = dice.pick(scene.kiosk.wall.buses);
    const chance = dice.pick(CHANCES);
    const ways = dice.pick([[wire.toBoards], [wire.toHost], [wire.toBoards, wire.toHost]]);
    scene.say(`${name}: ${fault} strikes ${chance * 100} % of frames`);
    for (const way of ways) way.set(fault, chance);
    yield dice.between(SPELL_MS_MIN, SPELL_MS_MAX);
    for (const way of ways) way.set(fault, 0);
    scene.say(`${name}: ${fault} is over`);
  }
}

function* stuckBoards(scene: Scene): Script {
  const dice = scene.dice('stuck');
  for (;;) {
    yield dice.waitMs(STUCK_MEAN_MS);
    if (scene.isCalm()) return;
    const board = dice.pick(scene.kiosk.wall.boards);
    board.faults.next('stuck');
    yield dice.between(10 * SECOND_MS, 3 * MINUTE_MS);
    scene.say(`somebody resets board ${board.id}`);
    board.reset();
  }
}

function* resets(scene: Scene): Script {
  const dice = scene.dice('reset');
  for (const board of scene.kiosk.wall.boards) board.faults.set('reset', RESET_CHANCE);
  for (;;) {
    yield dice.waitMs(RESET_MEAN_MS);
    if (scene.isCalm()) return;
    dice.pick(scene.kiosk.wall.boards).reset();
  }
}

function* pulledPorts(scene: Scene): Script {
  const dice = scene.dice('unplug');
  for (;;) {
    yield dice.waitMs(UNPLUG_MEAN_MS);
    if (scene.isCalm()) return;
    const { name } = dice.pick(scene.kiosk.wall.buses);
    scene.mark('port pulled');
    scene.say(`${name} is unplugged`);
    scene.kiosk.port(name).unplug();
    yield dice.between(SECOND_MS / 2, 40 * SECOND_MS);
    scene.kiosk.port(name).replug();
    scene.say(`${name} is plugged in again`);
  }
}

function* clockSteps(scene: Scene): Script {
  const dice = scene.dice('clock');
  for (;;) {
    yield dice.waitMs(STEP_MEAN_MS);
    if (scene.isCalm()) return;
    const byMs = dice.pick(STEPS_MS) * dice.pick([-1, 1]);
    scene.mark('wall clock stepped');
    scene.say(`the wall clock steps by ${byMs} ms`);
    scene.stepWall(byMs);
  }
}

function* jams(scene: Scene): Script {
  const dice = scene.dice('jam');
  for (;;) {
    yield dice.waitMs(JAM_MEAN_MS);
    if (scene.isCalm()) return;
    const slot = dice.pick(scene.slots);
    scene.say(`the door of ${slot} jams`);
    scene.doorOf(slot).jam();
    yield dice.between(MINUTE_MS, 20 * MINUTE_MS);
    scene.doorOf(slot).free();
  }
}

/** A contact that shows a shut door whatever the door does, until somebody cleans it. */
function* stuckContacts(scene: Scene): Script {
  const dice = scene.dice('contact');
  for (;;) {
    yield dice.waitMs(CONTACT_MEAN_MS);
    if (scene.isCalm()) return;
    const slot = dice.pick(scene.slots);
    const { contact } = scene.doorOf(slot);
    const wired = contact.fault;
    scene.say(`the contact of ${slot} sticks`);
    contact.fault = contact.read() ? 'stuck-on' : 'stuck-off';
    const forMs = dice.between(MINUTE_MS, 20 * MINUTE_MS);
    for (let stuckMs = 0; stuckMs < forMs && !scene.isCalm(); stuckMs += MINUTE_MS) {
      yield MINUTE_MS;
    }
    contact.fault = wired;
  }
}
