import { topicsOf } from '../../../src/cloud/topics.ts';
import type { Scene } from '../scene.ts';
import { play, type Script } from '../script.ts';
import type { StormCloud } from './storm-cloud.ts';

/** What happens to the cloud by itself; it ends when the calm comes. */

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const OUTAGE_MEAN_MS = 25 * MINUTE_MS;
/** The longest is longer than it takes for more than a thousand events to wait. */
const GONE_MS = [5 * SECOND_MS, 40 * SECOND_MS, 4 * MINUTE_MS, 20 * MINUTE_MS, 110 * MINUTE_MS];
const LOSES = 0.3;
/** A look at what waits, and whether the cloud has it. */
const LOOK_EVERY_MS = 5 * SECOND_MS;
const MANY_EVENTS = 1_000;
/** As many as always are under way. */
const FEW_EVENTS = 50;

type Spell = (scene: Scene, cloud: StormCloud) => Script;

const SPELLS: readonly Spell[] = [
  networkGone,
  networkGone,
  networkGone,
  brokerKilled,
  refused,
  takenOver,
  consumerGone,
  consumerSilent,
  eventsLost,
  lateWill,
];

/** The consumer is there, and from time to time it is not. */
export function darken(scene: Scene, cloud: StormCloud): void {
  cloud.consumer.start();
  play(scene.clock, 'sky', spells(scene, cloud));
  play(scene.clock, 'cloud watch', watches(scene, cloud));
}

/** Nothing is wrong any more, and whoever was away is back. */
export function brighten(cloud: StormCloud): void {
  const { broker, consumer } = cloud;
  broker.refuses = false;
  broker.loses = () => false;
  broker.restore();
  consumer.isSilent = false;
  consumer.present(true);
}

function* spells(scene: Scene, cloud: StormCloud): Script {
  const dice = scene.dice('sky');
  for (;;) {
    yield dice.waitMs(OUTAGE_MEAN_MS);
    if (scene.isCalm()) return;
    yield* dice.pick(SPELLS)(scene, cloud);
    if (!scene.isCalm()) brighten(cloud);
    scene.say('the cloud is well');
  }
}

function* networkGone(scene: Scene, { broker }: StormCloud): Script {
  const forMs = scene.dice('network').pick(GONE_MS);
  scene.say(`the network is gone for ${forMs / SECOND_MS} s`);
  scene.mark('network gone');
  broker.cut();
  yield forMs;
}

/** Its disk is lost: it forgets what it has acknowledged and who it is for. */
function* brokerKilled(scene: Scene, { broker }: StormCloud): Script {
  scene.say('the broker is killed, and forgets everything');
  broker.wipe();
  yield SECOND_MS;
}

function* refused(scene: Scene, { broker }: StormCloud): Script {
  scene.say('the broker refuses everybody');
  broker.refuses = true;
  broker.cut();
  broker.restore();
  yield 2 * MINUTE_MS;
}

function* takenOver(scene: Scene, { broker, kiosk }: StormCloud): Script {
  scene.say('another client has the name of the kiosk');
  broker.takeOver(kiosk);
  yield SECOND_MS;
}

function* consumerGone(scene: Scene, { consumer }: StormCloud): Script {
  scene.say('the consumer is gone');
  consumer.isSilent = true;
  consumer.present(false);
  yield 6 * MINUTE_MS;
}

function* consumerSilent(scene: Scene, { consumer }: StormCloud): Script {
  scene.say('the consumer acknowledges nothing');
  consumer.isSilent = true;
  yield 3 * MINUTE_MS;
}

function* eventsLost(scene: Scene, { broker }: StormCloud): Script {
  const dice = scene.dice('lost events');
  scene.say('the broker acknowledges events and loses them');
  broker.loses = (topic) => topic.endsWith('/up/evt') && dice.chance(LOSES);
  yield 2 * MINUTE_MS;
}

/** The broker tells an old session's will while a newer one is there. */
function* lateWill(scene: Scene, { broker, session, pastSessions, kiosk }: StormCloud): Script {
  const old = pastSessions.at(-1);
  if (session === null || old === undefined) return;
  scene.say('the late will of an old session is told');
  scene.mark('a late will of an old session');
  const payload = JSON.stringify({ v: 1, k: kiosk, state: 'lost', sess: old });
  const topic = topicsOf(kiosk).status;
  broker.publish({ topic, payload, qos: 1, retain: true });
  yield SECOND_MS;
}

/** Notes how long the way back is. */
function* watches(scene: Scene, { view }: StormCloud): Script {
  let waiting = 0;
  let [from, epoch] = [0, ''];
  for (;;) {
    yield LOOK_EVERY_MS;
    if (!scene.isServing()) continue;
    const { store } = scene.kiosk.app;
    const { count } = store.outbox.waiting();
    if (count > waiting || epoch !== store.epoch) [from, epoch] = [view.upto, store.epoch];
    else if (count < FEW_EVENTS && view.upto - from > MANY_EVENTS) {
      scene.mark('a replay of more than 1000 events');
      from = view.upto;
    }
    waiting = count;
  }
}
