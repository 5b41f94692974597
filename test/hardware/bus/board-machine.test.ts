import { expect, test } from 'vitest';
import {
  decideSession,
  nextRequest,
  type SessionEvent,
  type SessionState,
} from '../../../hardware/bus/board-machine.ts';
import { MISSES_MAX, OFFLINE_WAIT_MS_MAX, SILENT_MS_MIN } from '../../../hardware/bus/limits.ts';

const FACTS = { probe: ['off', 'identify', 'status'], channels: 4 } as const;

const PREPARING = { probe: ['status', 'prepare', 'status'], channels: 4 } as const;

const identity = (channels: number, boot: number): SessionEvent => ({
  kind: 'heard',
  reply: { kind: 'identity', identity: { channels, boot, model: 'X' } },
});
const status = (boot: number): SessionEvent => ({
  kind: 'heard',
  reply: { kind: 'status', reading: { contacts: [true, true, true, true], boot } },
});
const off: SessionEvent = { kind: 'heard', reply: { kind: 'done' } };
const missed: SessionEvent = { kind: 'missed', silentMs: SILENT_MS_MIN };
const missedSoon: SessionEvent = { kind: 'missed', silentMs: SILENT_MS_MIN - 1 };
const portOpen: SessionEvent = { kind: 'port open' };
const portClosed: SessionEvent = { kind: 'port closed' };

const dark: SessionState = { name: 'dark' };
const misfit: SessionState = { name: 'misfit' };
const offline = (waitMs: number): SessionState => ({ name: 'offline', waitMs });
const online = (boot: number): SessionState => ({ name: 'online', boot });
const quiet = (misses: number, boot: number): SessionState => ({ name: 'quiet', misses, boot });
const probing = (step: number, misses = 0, more: object = {}): SessionState => {
  return { name: 'probing', step, misses, waitMs: 1_000, ...more };
};

const transitions: readonly (readonly [SessionState, SessionEvent, SessionState])[] = [
  [dark, portOpen, probing(0)],
  [dark, off, dark],
  [dark, missed, dark],
  [probing(0), off, probing(1)],
  [probing(0, 2), off, probing(1, 2)],
  [probing(1), identity(4, 7), probing(2, 0, { boot: 7 })],
  [probing(1), identity(8, 7), misfit],
  [probing(2, 0, { boot: 7 }), status(7), online(7)],
  [probing(2, 0, { boot: 7 }), status(8), probing(0, 1)],
  [probing(0), missed, probing(0, 1)],
  [probing(1, MISSES_MAX - 1, { waitMs: 4_000 }), missed, offline(4_000)],
  [online(7), status(7), online(7)],
  [online(7), status(8), probing(0)],
  [online(7), missed, quiet(1, 7)],
  [quiet(1, 7), missed, quiet(2, 7)],
  [quiet(1, 7), status(7), online(7)],
  [quiet(1, 7), status(8), probing(0)],
  [quiet(MISSES_MAX - 1, 7), missed, offline(1_000)],
  [quiet(MISSES_MAX - 1, 7), missedSoon, quiet(MISSES_MAX, 7)],
  [quiet(MISSES_MAX + 3, 7), missed, offline(1_000)],
  [offline(1_000), missed, offline(2_000)],
  [offline(OFFLINE_WAIT_MS_MAX), missed, offline(OFFLINE_WAIT_MS_MAX)],
  [offline(4_000), off, probing(1, 0, { waitMs: 8_000 })],
  [misfit, identity(8, 7), misfit],
  [misfit, identity(4, 7), probing(0)],
  [misfit, missed, offline(1_000)],
  ...[probing(1), online(7), quiet(1, 7), offline(2_000), misfit].map(
    (state) => [state, portClosed, dark] as const,
  ),
];

test.each(transitions)('%j on %j becomes %j', (before, event, after) => {
  expect(decideSession(before, event, FACTS).state).toEqual(after);
});

test('a prepare need not be answered, every other step must be', () => {
  expect(decideSession(probing(1, 2), missed, PREPARING).state).toEqual(probing(2, 2));
  expect(decideSession(probing(1), off, PREPARING).state).toEqual(probing(2));
  expect(decideSession(probing(0), missed, PREPARING).state).toEqual(probing(0, 1));
  expect(decideSession(probing(2), missed, PREPARING).state).toEqual(probing(2, 1));
});

test('a family without a counter and without an identity has a probe of one step', () => {
  const reply = { kind: 'status', reading: { contacts: [true] } } as const;
  const facts = { probe: ['status'], channels: 1 } as const;
  const { state } = decideSession(probing(0), { kind: 'heard', reply }, facts);
  expect(state).toEqual({ name: 'online' });
});

test.each([
  [probing(1), 'identify'],
  [offline(1_000), 'off'],
  [misfit, 'identify'],
  [online(7), 'status'],
  [quiet(1, 7), 'status'],
] as const)('in %j the board is asked for %s', (state, request) => {
  expect(nextRequest(state, FACTS.probe)).toBe(request);
});
