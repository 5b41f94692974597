import { readFileSync } from 'node:fs';
import manifest from '../../package.json' with { type: 'json' };
import { Alerts } from '../cloud/alerts.ts';
import { Answers } from '../cloud/answers.ts';
import type { OpenBroker } from '../cloud/broker.ts';
import { Cloud } from '../cloud/cloud.ts';
import { CloudTime } from '../cloud/cloud-time.ts';
import { CommandDesk } from '../cloud/command-desk.ts';
import { CommandIntake } from '../cloud/command-intake.ts';
import { CustodyQuestion } from '../cloud/custody-question.ts';
import type { Identity } from '../cloud/envelope.ts';
import { Link } from '../cloud/link.ts';
import { mqttBroker } from '../cloud/mqtt-broker.ts';
import { NeighbourDesk } from '../cloud/neighbour-desk.ts';
import { NoticeDesk } from '../cloud/notice-desk.ts';
import { OutboxDrain } from '../cloud/outbox-drain.ts';
import { PeopleDesk } from '../cloud/people-desk.ts';
import { Presence } from '../cloud/presence.ts';
import { Questions } from '../cloud/questions.ts';
import { Refusals } from '../cloud/refusals.ts';
import { SettingsDesk } from '../cloud/settings-desk.ts';
import { Snapshots } from '../cloud/snapshots.ts';
import { TellingAlerts } from '../cloud/telling-alerts.ts';
import { CLOUD_STATUS, topicsOf } from '../cloud/topics.ts';
import { Trust } from '../cloud/trust.ts';
import type { CloudConfig } from '../config/config.ts';
import { ApplyCommand } from '../control/apply-command.ts';
import { Custody } from '../control/custody.ts';
import { Provisioning } from '../control/provisioning.ts';
import { RemoteOpen } from '../control/remote-open.ts';
import { openSignatures } from '../platform/signatures.ts';
import type { Cases } from './cases.ts';
import type { Core } from './core.ts';
import type { World } from './world.ts';

/** A world whose newest log lines can be read again. */
interface Logged extends World {
  logLines(count: number): string[];
}

/** The kiosk's side of the cloud, not started. */
export function composeCloud(config: CloudConfig, world: Logged, core: Core, cases: Cases): Cloud {
  const { log } = world;
  const { site, clock, store, recorder, supervisor, budgets, modes, settings } = core;
  const { kiosk } = site;
  const provisioning = new Provisioning(core);
  const voice = composeVoice(config, world, core, provisioning);
  const { link, identity, topics, drain } = voice;
  const signatures = openSignatures();
  const trust = new Trust({
    ...{ signatures, store, recorder },
    pinned: { root: config.rootKey, command: config.commandKey, people: config.peopleKey },
    isRequired: config.signed === 'require',
  });
  const answers = new Answers({ identity, recorder, clock, link, topics });
  const refusals = new Refusals({ store, recorder, clock, answers });
  const desk = new CommandDesk({
    ...{ store, recorder, clock, supervisor, link, answers, identity },
    acked: () => drain.acked,
    apply: new ApplyCommand({ ...{ store, supervisor, recorder, budgets, modes }, ...cases }),
    remoteOpen: new RemoteOpen({ ...{ supervisor, budgets, modes, clock }, ...cases }),
    office: {
      rebirth: () => cloud.rebirth(),
      replay: (from, to) => drain.replay(from, to),
      logLines: (count) => world.logLines(count),
    },
  });
  const asks = { ...voice, kiosk, trust, refusals, recorder, clock };
  const intake = new CommandIntake({
    ...{ ...asks, signatures, store, budgets },
    accepted: (id) => desk.accepted(id),
    again: (record) => desk.again(record),
  });
  const questions = new Questions(asks);
  core.cloudOffice.neighbours = new NeighbourDesk(questions);
  if (config.notifyKey !== undefined) {
    const { notifyKey } = config;
    core.cloudOffice.teller = new NoticeDesk({ notifyKey, vault: core.vault, questions, drain });
  }
  const cloud: Cloud = new Cloud({
    ...{ ...asks, log, intake, desk, questions },
    custody: new CustodyQuestion({ store, questions, custody: new Custody(core) }),
    settings: new SettingsDesk({ ...asks, settings, signatures }),
    telemetryMs: () => settings.values.telemetrySeconds * 1_000,
    people: new PeopleDesk({ ...asks, provisioning, signatures, questions, vault: core.vault }),
    consumerIsThere: () => core.notices.probe(['cloud'], () => {}),
    time: new CloudTime({ clock, questions, time: core.time, clockState: identity.clockState }),
  });
  return cloud;
}

/** What the kiosk says by itself. */
function composeVoice(config: CloudConfig, world: World, core: Core, provisioning: Provisioning) {
  const { random, log } = world;
  const { site, clock, store, recorder, supervisor, modes } = core;
  const { kiosk } = site;
  const topics = topicsOf(kiosk);
  const identity: Identity = {
    ...{ kiosk, epoch: store.epoch, boot: recorder.boot },
    clockState: () => clock.trust().state,
  };
  const link: Link = new Link({
    ...{ clock, random, log },
    newId: () => recorder.newId(),
    open: world.openBroker ?? brokerOf(config),
    hello: (session) => presence.hello(session),
    init: (session) => presence.init(session),
    topics: [topics.down, topics.status, CLOUD_STATUS],
  });
  const drain = new OutboxDrain({ store, clock, link, identity, topic: topics.evt });
  const snapshots = new Snapshots({ site, supervisor, store, clock, link, topics });
  const presence = new Presence({
    ...{ identity, topics, store, clock },
    acked: () => drain.settled(),
    firmware: manifest.version,
    box: core.vault.boxKey,
    sizes: () => snapshots.sizes(),
    revisions: () => ({ cfgRev: core.settings.inForce.rev, provRev: provisioning.rev }),
  });
  const alerts = new Alerts({ kiosk, store, supervisor, clock, link, topics });
  modes.watch((mode) => alerts.set('mode', mode !== 'serve', mode));
  const slots = site.slots.map(({ id }) => id);
  const telling = new TellingAlerts({ store, notices: core.notices, alerts, slots });
  return { topics, identity, link, drain, snapshots, presence, alerts, telling };
}

function brokerOf({ broker, certificate, key, ca }: CloudConfig): OpenBroker {
  const read = (path: string) => readFileSync(path, 'utf8');
  const isPlain = certificate === undefined || key === undefined || ca === undefined;
  const tls = isPlain ? null : { cert: read(certificate), key: read(key), ca: read(ca) };
  return mqttBroker({ url: broker, tls });
}
