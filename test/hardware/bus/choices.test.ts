import { describe, expect, test } from 'vitest';
import type { Family } from '../../../hardware/index.ts';
import type { BoardRequest, Dialect } from '../../../hardware/wire/family.ts';
import { BenchBus, LINE } from '../bench-bus.ts';
import { FarBoard, latin1 } from '../far-end.ts';

/** Boards that are told their pulse time, where the installation wants that. */
const KEEPING: Family = {
  ...LINE,
  probe: ['status'],
  probeWith: ({ time }) => (time === 'set' ? ['status', 'prepare', 'status'] : ['status']),
};

function bench(family: Family, settings: Readonly<Record<string, string>> = {}): BenchBus {
  const boards = [{ id: 'b1', address: 1, family, channels: 4, settings, pulseMs: 400 }];
  return new BenchBus([new FarBoard(1)], { boards });
}

describe('a probe that depends on the choices of the board', () => {
  test('has what the choices ask for', () => {
    expect(bench(KEEPING, { time: 'set' }).started().far.log().slice(0, 3)).toEqual([
      '1S',
      '1P',
      '1S',
    ]);
    expect(bench(KEEPING).started().far.of('P')).toEqual([]);
  });

  test.each(['silence', 'a refusal', 'noise'])('goes on after %s for a prepare, once', (answer) => {
    const one = bench(KEEPING, { time: 'set' });
    one.board().script = (frame, usual) => {
      if (frame.verb !== 'P' || answer === 'a refusal') return [usual];
      return answer === 'noise' ? [latin1('~~~\n')] : [];
    };
    one.started();
    one.clock.run(1_000);
    expect(one.healthOf('b1')).toEqual(['probing', 'online']);
    expect(one.far.of('P')).toHaveLength(1);
  });

  test('does not take the silence of every request for a board', () => {
    const one = bench(KEEPING, { time: 'set' });
    one.board().script = (frame, usual) =>
      frame.verb === 'S' && one.far.of('S').length === 1 ? [usual] : [];
    one.started();
    one.clock.run(2_000);
    expect(one.healthOf('b1')).toEqual(['probing', 'offline']);
    expect(one.readings).toEqual([]);
  });
});

test('a time-out depends on the choices of the board', () => {
  const waits = ['short', 'long'].map((wait) => {
    const turnaroundMs = (request: BoardRequest, choices: Readonly<Record<string, string>>) =>
      request.kind === 'unlock' && choices.wait === 'long' ? 205 : 5;
    const one = bench({ ...LINE, turnaroundMs }, { wait }).started();
    one.board().script = (frame, usual) => (frame.verb === 'U' ? [] : [usual]);
    const verdicts = one.unlock();
    one.clock.run(500);
    const [verdict] = verdicts;
    return verdict?.kind === 'NoReply' ? verdict.waitedMs : undefined;
  });
  const [short = 0, long = 0] = waits;
  expect(long - short).toBe(200);
});

test('R8 a board that speaks unasked is asked at once, not at its next poll', () => {
  const spoken = (dialect: Dialect): Dialect => ({
    ask: (address, request) => dialect.ask(address, request),
    gap: () => dialect.gap(),
    receive: (bytes) =>
      dialect.receive(bytes).map((heard) => {
        return heard.kind === 'noise' ? { ...heard, reason: 'unsolicited', address: 1 } : heard;
      }),
  });
  const one = bench({ ...LINE, dialect: (firstId) => spoken(LINE.dialect(firstId)) }).started();
  one.clock.run(1_000);
  const polls = one.far.of('S').length;
  while (one.far.of('S').length === polls) one.clock.run(1);
  one.clock.run(20);
  one.far.say(latin1('changed\n'));
  expect(one.noise).toEqual(['unsolicited']);
  expect(one.far.of('S')).toHaveLength(polls + 2);
});
