import { expect, test } from 'vitest';
import { decide, type ExchangeEvent, type ExchangeState } from '../../../hardware/bus/exchange.ts';
import type { Verdict } from '../../../hardware/index.ts';

const awaited = 'status of board b1';
const ended = (verdict: Verdict): ExchangeState => ({ name: 'ended', verdict });
const noise = (reason: 'garbage' | 'echo' | 'late' | 'foreign'): ExchangeEvent => {
  return { kind: 'noise', reason, text: '#' };
};
const done: ExchangeEvent = { kind: 'reply', reply: { kind: 'done' } };
const refused: ExchangeEvent = { kind: 'reply', reply: { kind: 'refused', code: 4, why: 'busy' } };
const timeUp: ExchangeEvent = { kind: 'time up' };
const portLost: ExchangeEvent = { kind: 'port lost' };
const writeFailed: ExchangeEvent = { kind: 'write failed', why: 'gone' };

const writing: ExchangeState = { name: 'writing' };
const awaiting: ExchangeState = { name: 'awaiting' };
const heardBad: ExchangeState = { name: 'awaiting', bad: 'garbage "#"' };
const answered = ended({ kind: 'Answered', reply: { kind: 'done' } });

const transitions: readonly (readonly [ExchangeState, ExchangeEvent, ExchangeState])[] = [
  [writing, { kind: 'written' }, awaiting],
  [writing, writeFailed, ended({ kind: 'NotSent', why: 'gone' })],
  [writing, done, answered],
  [writing, timeUp, ended({ kind: 'NoReply', awaited, waitedMs: 70 })],
  [writing, portLost, ended({ kind: 'PortLost', awaited })],
  [awaiting, writeFailed, awaiting],
  [awaiting, done, answered],
  [awaiting, refused, ended({ kind: 'Refused', code: 4, why: 'busy' })],
  [awaiting, noise('garbage'), heardBad],
  [awaiting, noise('echo'), awaiting],
  [awaiting, noise('late'), awaiting],
  [awaiting, noise('foreign'), awaiting],
  [awaiting, timeUp, ended({ kind: 'NoReply', awaited, waitedMs: 70 })],
  [awaiting, portLost, ended({ kind: 'PortLost', awaited })],
  [heardBad, done, answered],
  [heardBad, timeUp, ended({ kind: 'BadReply', awaited, why: 'garbage "#"' })],
  [heardBad, portLost, ended({ kind: 'PortLost', awaited })],
  ...[{ kind: 'written' } as const, writeFailed, refused, noise('garbage'), timeUp, portLost].map(
    (event) => [answered, event, answered] as const,
  ),
];

test.each(transitions)('%j on %j becomes %j', (before, event, after) => {
  expect(decide(before, event, awaited, 70)).toEqual(after);
});
