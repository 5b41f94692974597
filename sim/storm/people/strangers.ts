import { checkDigit } from '../../../src/domain/code.ts';
import { isBusy } from '../../../src/domain/slot.ts';
import type { Dice } from '../dice.ts';
import type { Scene } from '../scene.ts';
import type { Part, Script } from '../script.ts';

/** What a thief leaves behind. */
export const RUBBISH = 'rubbish';
const MINUTE_MS = 60_000;
const THIEF_MEAN_MS = 15 * MINUTE_MS;
const LOOK_EVERY_MS = 45_000;
const GUESS_MEAN_MS = 90 * MINUTE_MS;
const GUESSES = 36;
const GUESS_MS = 4_000;
const CODE_DIGITS = 10;
const SECOND_DIGITS = 8;

/** Forces doors: takes what is there, leaves something, or just leaves the door open. */
export function* thief(scene: Scene): Script {
  const dice = scene.dice('thief');
  for (;;) {
    yield dice.waitMs(THIEF_MEAN_MS);
    if (scene.isCalm()) return;
    const slot = dice.pick(scene.slots);
    const door = scene.doorOf(slot);
    if (isVisited(scene, slot)) continue;
    scene.say(`a thief forces ${slot}`);
    scene.touch(slot);
    door.force();
    yield dice.pick([150, 600, 5_000, 20_000]);
    if (dice.chance(0.7)) door.takeOut();
    if (dice.chance(0.2)) door.putIn(RUBBISH);
    scene.touch(slot);
    if (dice.chance(0.7)) door.push();
  }
}

/** Shuts doors that stand open and of which nobody expects anything any more. */
export function* passerBy(scene: Scene): Script {
  const dice = scene.dice('passer-by');
  for (;;) {
    yield dice.between(LOOK_EVERY_MS / 2, LOOK_EVERY_MS);
    if (!scene.isServing()) continue;
    for (const slot of scene.slots) {
      const door = scene.doorOf(slot);
      if (!door.isOpen || isVisited(scene, slot) || !(scene.isCalm() || dice.chance(0.3))) continue;
      scene.say(`somebody shuts ${slot}`);
      door.push();
    }
  }
}

/** While the kiosk is off, what it last said of the slot is not known: then nobody is there. */
function isVisited(scene: Scene, slot: string): boolean {
  return scene.isServing() && isBusy(scene.kiosk.app.supervisor.get(slot));
}

/** Tries numbers until the budget is empty, and goes on trying after a cut of the power (I7). */
export function* guesser(scene: Scene): Script {
  const dice = scene.dice('guesser');
  for (;;) {
    yield dice.waitMs(GUESS_MEAN_MS);
    if (scene.isCalm()) return;
    const known = scene.post.letters.at(-1);
    // Who knows a code guesses its second number; the others guess both.
    const code = dice.chance(0.4) ? known?.code : undefined;
    const wasEmpty = yield* guesses(scene, dice, code, dice.between(8, GUESSES));
    if (!wasEmpty || !scene.cutPower('while the budget is empty')) continue;
    yield MINUTE_MS;
    if (yield* guesses(scene, dice, undefined, 2)) scene.mark('empty budget that spans a restart');
  }
}

/** True when there were no tries left in the end. */
function* guesses(
  scene: Scene,
  dice: Dice,
  code: string | undefined,
  count: number,
): Part<boolean> {
  let isEmpty = false;
  for (let guess = 0; guess < count; guess += 1) {
    yield dice.between(GUESS_MS / 2, GUESS_MS);
    if (!scene.isServing()) return false;
    const digits = dice.digits(CODE_DIGITS);
    const typed = code ?? digits + checkDigit(digits);
    const second = dice.digits(SECOND_DIGITS);
    const { sessions, collect } = scene.kiosk.app;
    const session = sessions.begin();
    scene.keepSecret(second);
    const answer = collect.begin(session, typed, second);
    collect.forget(session);
    sessions.end(session);
    if (answer.kind === 'wait') scene.mark('empty budget');
    isEmpty = answer.kind === 'wait';
  }
  return isEmpty;
}
