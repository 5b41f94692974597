import type { BoardReply, Family } from '../wire/family.ts';
import { MISSES_MAX, OFFLINE_WAIT_MS_MAX, OFFLINE_WAIT_MS_MIN, SILENT_MS_MIN } from './limits.ts';

/**
 * Where the bus stands with one board (hardware/README.md, "Sessions"). `boot` is the board's last
 * boot counter, `step` the place in its family's probe, `misses` the requests missed in a row, and
 * `waitMs` the wait before the next probe, in `probing` the one that follows should it fail.
 */
export type SessionState =
  | { readonly name: 'dark' }
  | {
      readonly name: 'probing';
      readonly step: number;
      readonly misses: number;
      readonly waitMs: number;
      readonly boot?: number;
    }
  | { readonly name: 'online'; readonly boot?: number }
  | { readonly name: 'quiet'; readonly misses: number; readonly boot?: number }
  | { readonly name: 'offline'; readonly waitMs: number }
  | { readonly name: 'misfit' };

export type SessionEvent =
  | { readonly kind: 'port open' }
  | { readonly kind: 'port closed' }
  | { readonly kind: 'heard'; readonly reply: BoardReply }
  /** `silentMs`: since the board was last heard. */
  | { readonly kind: 'missed'; readonly silentMs: number };

interface SessionFacts {
  readonly probe: Family['probe'];
  readonly channels: number;
}

export interface Decision {
  readonly state: SessionState;
  readonly why: string;
}

/** What an event makes of a session. */
export function decideSession(
  state: SessionState,
  event: SessionEvent,
  facts: SessionFacts,
): Decision {
  switch (event.kind) {
    case 'port open':
      return { state: FIRST_PROBE, why: 'the port is open' };
    case 'port closed':
      return { state: { name: 'dark' }, why: 'the port is closed' };
    case 'heard':
      return heard(state, event.reply, facts);
    case 'missed':
      return { state: missed(state, event.silentMs, facts.probe), why: 'missed' };
  }
}

/** What the board is asked next; a dark board is asked nothing. */
export function nextRequest(state: SessionState, probe: Family['probe']): Family['probe'][number] {
  switch (state.name) {
    case 'dark':
    case 'offline':
      return probe[0] ?? 'status';
    case 'probing':
      return probe[state.step] ?? 'status';
    case 'misfit':
      return 'identify';
    case 'online':
    case 'quiet':
      return 'status';
  }
}

/** Whether the board takes unlocks and its readings count. */
export function serves(state: SessionState): boolean {
  return state.name === 'online' || state.name === 'quiet';
}

const FIRST_PROBE = {
  name: 'probing',
  step: 0,
  misses: 0,
  waitMs: OFFLINE_WAIT_MS_MIN,
} as const;

function heard(state: SessionState, reply: BoardReply, facts: SessionFacts): Decision {
  if (state.name === 'dark') return { state, why: 'the port is closed' };
  if (reply.kind === 'identity' && reply.identity.channels !== facts.channels) {
    const why = `has ${reply.identity.channels} channels, configured are ${facts.channels}`;
    return { state: { name: 'misfit' }, why };
  }
  if (state.name === 'misfit') return { state: FIRST_PROBE, why: 'has the right channels now' };
  const before = 'boot' in state ? state.boot : undefined;
  const boot = bootOf(reply) ?? before;
  if (before !== undefined && boot !== before) {
    return { state: restarted(state), why: `restarted: boot counter ${boot}, was ${before}` };
  }
  return answered(state, boot === undefined ? {} : { boot }, facts);
}

function answered(
  state: SessionState,
  known: { readonly boot?: number },
  { probe }: SessionFacts,
): Decision {
  const probing = probingIn(state);
  const step = probing.step + 1;
  // Nearly every answer says nothing new, and needs no state of its own.
  if (state.name === 'online' && state.boot === known.boot) return { state, why: 'answers' };
  if (serves(state) || step >= probe.length) {
    return { state: { name: 'online', ...known }, why: 'answers' };
  }
  return { state: { ...probing, step, ...known }, why: 'answers the probe' };
}

/** The probe that an answer belongs to. A board that failed the last one waits longer for more. */
function probingIn(state: SessionState): Extract<SessionState, { name: 'probing' }> {
  if (state.name === 'probing') return state;
  return state.name === 'offline' ? { ...FIRST_PROBE, waitMs: longer(state.waitMs) } : FIRST_PROBE;
}

/** A board that restarts within every probe counts as one that does not answer. */
function restarted(state: SessionState): SessionState {
  if (state.name !== 'probing') return FIRST_PROBE;
  return oneMore({ ...FIRST_PROBE, misses: state.misses, waitMs: state.waitMs });
}

function missed(state: SessionState, silentMs: number, probe: Family['probe']): SessionState {
  switch (state.name) {
    case 'dark':
      return state;
    case 'misfit':
      return { name: 'offline', waitMs: OFFLINE_WAIT_MS_MIN };
    case 'offline':
      return { name: 'offline', waitMs: longer(state.waitMs) };
    case 'online':
      return { ...state, name: 'quiet', misses: 1 };
    case 'probing':
      // Not every board confirms it, and the status that follows shows whether the board is there.
      if (probe[state.step] === 'prepare') return { ...state, step: state.step + 1 };
      return oneMore(state);
    case 'quiet':
      if (silentMs < SILENT_MS_MIN) return { ...state, misses: state.misses + 1 };
      return oneMore(state);
  }
}

/** One more miss in a row. */
function oneMore(state: Extract<SessionState, { name: 'probing' | 'quiet' }>): SessionState {
  const misses = state.misses + 1;
  if (misses < MISSES_MAX) return { ...state, misses };
  const waitMs = state.name === 'probing' ? state.waitMs : OFFLINE_WAIT_MS_MIN;
  return { name: 'offline', waitMs };
}

function longer(waitMs: number): number {
  return Math.min(waitMs * 2, OFFLINE_WAIT_MS_MAX);
}

function bootOf(reply: BoardReply): number | undefined {
  if (reply.kind === 'identity') return reply.identity.boot;
  return reply.kind === 'status' ? reply.reading.boot : undefined;
}
