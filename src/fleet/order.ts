import {
  COMMANDS,
  type CommandType,
  commandRules,
  MESSAGES,
  type Message,
  parsed,
} from '../cloud/messages.ts';
import { topicsOf } from '../cloud/topics.ts';
import type { Clock, Random, Timer } from '../control/ports.ts';
import { uuid7 } from '../control/recorder.ts';
import type { BrokerLine } from './broker-line.ts';
import { FleetError } from './errors.ts';
import { madeAtWall, pause } from './overview.ts';

interface Order {
  readonly kiosk: string;
  readonly type: string;
  /** What the command says: the value of `d`. */
  readonly data: unknown;
}

interface Means {
  readonly line: BrokerLine;
  readonly clock: Clock;
  readonly random: Random;
  readonly key: { readonly kid: string; sign(topic: string, payload: string): string };
}

export type Outcome = Message<'res'>['d'];

/** A kiosk that the broker knows has said so by then. */
const KNOWN_WITHIN_MS = 2_000;
/** For the way there and back, besides the time for which a command holds. */
const ON_THE_WAY_MS = 10_000;
const RANDOM_BYTES = 10;

/**
 * Signs a command, sends it, and waits for its one result.
 * @throws FleetError for a type or data that no kiosk takes, an unknown kiosk, one that is not
 * connected, and when no result came.
 */
export async function carryOut(order: Order, means: Means): Promise<Outcome> {
  const { line, clock } = means;
  const topics = topicsOf(order.kiosk);
  const { schema, expiryS } = rulesOf(order.type);
  let status: Message<'status'> | null = null;
  let told: (outcome: Outcome) => void = () => {};
  let id = '';
  const result = new Promise<Outcome>((resolve) => {
    told = resolve;
  });
  await line.hear([topics.status, topics.res], (topic, payload) => {
    if (topic === topics.status) status = parsed(MESSAGES.status.schema, payload) ?? status;
    const answer = topic === topics.res ? parsed(MESSAGES.res.schema, payload) : null;
    if (answer?.t === 'command.result' && answer.d.cmd === id) told(answer.d);
  });
  const sess = await sessionOf(order.kiosk, () => status, means);
  id = uuid7(clock.wallMs(), means.random.bytes(RANDOM_BYTES));
  const payload = schema.safeParse(commandOf(order, id, sess, expiryS, clock));
  if (payload.error !== undefined) throw misfit(order.type, payload.error.issues);
  const text = JSON.stringify(payload.data);
  const topic = topics.command(order.type);
  const sig = means.key.sign(topic, text);
  await line.send({ topic, payload: text, expiryS, kid: means.key.kid, sig });
  const waitMs = expiryS * 1_000 + ON_THE_WAY_MS;
  const late = new FleetError(
    'not_now',
    `${order.kiosk} did not say within ${waitMs / 1_000} s what became of ${order.type} ${id}`,
  );
  return line.orLost(within(clock, waitMs, result, late));
}

async function within<T>(clock: Clock, ms: number, awaited: Promise<T>, late: Error): Promise<T> {
  let timer: Timer | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = clock.after('no result', ms, () => reject(late));
  });
  try {
    return await Promise.race([awaited, timeout]);
  } finally {
    timer?.cancel();
  }
}

function rulesOf(type: string) {
  const schema = COMMANDS[type as CommandType];
  if (schema !== undefined) return { schema, ...commandRules(type as CommandType) };
  const known = Object.keys(COMMANDS).join(', ');
  throw new FleetError('misused', `no command "${type}"; there are ${known}`);
}

/** The session of a kiosk that is connected now. */
async function sessionOf(
  kiosk: string,
  status: () => Message<'status'> | null,
  { line, clock }: Means,
): Promise<string> {
  const endMono = clock.monoMs() + KNOWN_WITHIN_MS;
  while (status() === null && clock.monoMs() < endMono) await line.orLost(pause(clock, 50));
  const known = status();
  if (known === null) throw new FleetError('misused', `no kiosk "${kiosk}" at this broker`);
  if (known.state === 'ready') return known.sess;
  const since = timeText(madeAtWall(known.sess));
  const what = `${kiosk} is ${known.state}; its last connection began at ${since}`;
  throw new FleetError('not_now', what);
}

function commandOf(order: Order, id: string, sess: string, expiryS: number, clock: Clock) {
  const now = clock.wallMs();
  return {
    ...{ v: 1, id, t: order.type, k: order.kiosk, sess },
    ...{ ts: timeText(now), exp: timeText(now + expiryS * 1_000), d: order.data },
  };
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function misfit(type: string, issues: readonly Issue[]): FleetError {
  const [first] = issues;
  const where = first?.path.map(String).join('.') ?? '';
  return new FleetError('misused', `${type} does not take ${where}: ${first?.message}`);
}

const timeText = (wallMs: number): string => new Date(wallMs).toISOString();
