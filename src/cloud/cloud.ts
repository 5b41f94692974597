import type { Clock, Log, Timer } from '../control/ports.ts';
import type { Alerts } from './alerts.ts';
import type { Incoming, Outgoing } from './broker.ts';
import type { CloudTime } from './cloud-time.ts';
import type { CommandDesk } from './command-desk.ts';
import type { CommandIntake } from './command-intake.ts';
import type { CustodyQuestion } from './custody-question.ts';
import type { Link, LinkAlarm, LinkUser } from './link.ts';
import { CLOUD_PRESENCE, MESSAGES, parsed } from './messages.ts';
import type { OutboxDrain } from './outbox-drain.ts';
import type { PeopleDesk } from './people-desk.ts';
import type { Presence } from './presence.ts';
import type { Questions } from './questions.ts';
import type { Refusals } from './refusals.ts';
import type { SettingsDesk } from './settings-desk.ts';
import { said } from './signed.ts';
import type { Snapshots } from './snapshots.ts';
import type { TellingAlerts } from './telling-alerts.ts';
import { CLOUD_STATUS, partsOf } from './topics.ts';
import type { Trust } from './trust.ts';

interface Parts {
  readonly kiosk: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly link: Link;
  readonly presence: Presence;
  readonly snapshots: Snapshots;
  readonly alerts: Alerts;
  readonly telling: TellingAlerts;
  readonly drain: OutboxDrain;
  readonly trust: Trust;
  readonly intake: CommandIntake;
  readonly desk: CommandDesk;
  readonly refusals: Refusals;
  readonly questions: Questions;
  readonly people: PeopleDesk;
  readonly custody: CustodyQuestion;
  readonly settings: SettingsDesk;
  readonly telemetryMs: () => number;
  readonly time: CloudTime;
  /** Whoever tells people can be asked to again. */
  readonly consumerIsThere: () => void;
}

const COMMAND = /^dn\/cmd\/(.+)$/;
const ANSWER = /^dn\/rep\/.+$/;

/** The kiosk's side of the cloud: what is said on which occasion, and who takes what comes. */
export class Cloud implements LinkUser {
  readonly #parts: Parts;
  #telemetry: Timer | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The kiosk starts: it says so, and what comes is kept until it serves. */
  connect(): void {
    this.#parts.link.start(this);
  }

  /** The kiosk serves: its doors are known, and whoever asks may be answered. */
  start(): void {
    const { link, alerts, telling, desk } = this.#parts;
    alerts.start();
    telling.start();
    desk.start();
    link.serve();
  }

  /** Says goodbye; `done` is called once, within a few seconds. */
  stop(done: () => void): void {
    const { link, desk, drain, presence, people, time, refusals } = this.#parts;
    this.#telemetry?.cancel();
    people.stop();
    refusals.stop();
    time.closed();
    this.#parts.snapshots.closed();
    desk.stop();
    drain.closed();
    link.stop((session) => presence.farewell(session), done);
  }

  /** Subscribe → birth → snapshots → outbox; each waits until the broker has the one before. */
  opened(session: string): void {
    const { link, presence, snapshots, alerts, drain, desk, people, settings, custody, time } =
      this.#parts;
    link.publish(presence.birth(session), (fate) => {
      if (fate !== 'acknowledged') return;
      desk.tell();
      settings.opened();
      people.opened();
      custody.opened();
      time.opened();
      alerts.all();
      snapshots.all(() => {
        if (link.session !== session) return;
        this.#heeding(() => drain.opened(session));
      });
    });
    this.#tell();
  }

  closed(): void {
    this.#telemetry?.cancel();
    this.#parts.time.closed();
    this.#parts.snapshots.closed();
    this.#parts.drain.closed();
  }

  hasRoom(): void {
    this.#parts.drain.hasRoom();
  }

  alarm(what: LinkAlarm, isActive: boolean): void {
    if (isActive) this.#parts.log.error('cloud link needs a person', { what });
    this.#parts.alerts.set(what, isActive, what);
  }

  /** Says everything about itself again, as on a new connection. */
  rebirth(): void {
    const { link, clock } = this.#parts;
    clock.after('rebirth', 0, () => {
      if (link.session !== null) this.opened(link.session);
    });
  }

  /** A fault of ours in here must not bring the message back for ever: it is kept and forgotten. */
  message(message: Incoming): boolean {
    const { log, refusals } = this.#parts;
    try {
      this.#take(message);
    } catch (error) {
      // The disk refused: the broker keeps the message, and the connection begins anew.
      if (isOfStore(error)) {
        log.error('a message could not be kept', { topic: message.topic, error });
        this.#parts.clock.after('cloud link drops', 0, () => this.#parts.link.drop('disk'));
        return false;
      }
      log.error('a message could not be taken', { topic: message.topic, error });
      refusals.refuse('MALFORMED', message.topic);
    }
    return true;
  }

  #take(message: Incoming): void {
    const { kiosk, intake, refusals, questions, people, settings } = this.#parts;
    const { topic } = message;
    if (topic === CLOUD_STATUS) {
      this.#presence(message);
      return;
    }
    const parts = partsOf(topic);
    const rest = parts?.kiosk === kiosk ? parts.rest : '';
    const [, type] = COMMAND.exec(rest) ?? [];
    if (type !== undefined) intake.take(message, type);
    else if (rest === MESSAGES.status.topic) this.#ownStatus(message);
    else if (rest === MESSAGES.ack.topic) this.#acknowledged(message);
    else if (rest === MESSAGES.keys.topic) this.#keys(message);
    else if (rest === MESSAGES.desired.topic) settings.take(message);
    else if (rest === MESSAGES.people.topic) people.delta(message);
    else if (rest === MESSAGES.peopleFull.topic) people.full(message);
    else if (ANSWER.test(rest)) questions.take(message);
    else if (message.payload.length > 0) refusals.refuse('UNSUPPORTED', topic);
  }

  #presence({ payload }: Incoming): void {
    const status = parsed(CLOUD_PRESENCE.schema, payload);
    this.#heeding(() => this.#parts.drain.presence(status?.state === 'online'));
  }

  /** Whoever goes on being there may say so again, which is no news to those who wait for them. */
  #heeding(change: () => void): void {
    const { drain, consumerIsThere } = this.#parts;
    const wasThere = drain.hasReader;
    change();
    if (drain.hasReader && !wasThere) consumerIsThere();
  }

  /** The will of an older session, told while this one is there. */
  #ownStatus({ payload }: Incoming): void {
    const { link, presence } = this.#parts;
    const status = parsed(MESSAGES.status.schema, payload);
    const { session } = link;
    if (session === null || status?.state !== 'lost' || status.sess === session) return;
    link.publish(presence.birth(session));
  }

  #acknowledged({ payload, topic }: Incoming): void {
    const ack = parsed(MESSAGES.ack.schema, payload);
    if (ack === null) this.#parts.refusals.refuse('MALFORMED', topic);
    else this.#parts.drain.acknowledged(ack);
  }

  #keys(message: Incoming): void {
    const keys = said(MESSAGES.keys, message, this.#parts);
    if (keys !== null) this.#parts.trust.rotate(keys);
  }

  #tell(): void {
    const { link, presence, clock, telemetryMs } = this.#parts;
    this.#telemetry?.cancel();
    const telemetry: Outgoing = presence.telemetry();
    link.publish(telemetry);
    this.#telemetry = clock.after('telemetry', telemetryMs(), () => this.#tell());
  }
}

function isOfStore(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.startsWith('SQLITE');
}
