import type { Scene } from './scene.ts';
import { type Script, until } from './script.ts';

const MINUTE_MS = 60_000;
const COPY_MEAN_MS = 300 * MINUTE_MS;
/** So much of what was booked is lost at most, and a minute of it at least. */
const LOST_MS_MAX = 60 * MINUTE_MS;
const SERVES_WITHIN_MS = 10 * MINUTE_MS;

/**
 * Now and then the database is copied as every night; some time later the card dies in a cut of the
 * power, and the kiosk goes on from the copy (R31).
 */
export function* cardsDie(scene: Scene): Script {
  const dice = scene.dice('restore');
  for (;;) {
    yield dice.waitMs(COPY_MEAN_MS);
    const serves = yield* until(() => scene.isServing(), SERVES_WITHIN_MS);
    if (scene.isCalm()) return;
    if (!serves) continue;
    scene.say('a copy of the database is made');
    scene.computes(scene.kiosk.app.backups.now());
    yield dice.between(MINUTE_MS, LOST_MS_MAX);
    yield* until(() => scene.isServing(), SERVES_WITHIN_MS);
    if (scene.isCalm()) return;
    if (scene.cardDies()) scene.mark('a restore from backup');
  }
}
