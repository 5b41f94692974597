import { describe, expect, test } from 'vitest';
import { UNLOCK_QUEUE_JOBS_MAX, UNLOCK_WAIT_MS_MAX } from '../../../hardware/bus/limits.ts';
import { BusMisuse } from '../../../hardware/index.ts';
import { encodeLine } from '../../../hardware/wire/line/frame.ts';
import { BenchBus } from '../bench-bus.ts';
import { FarBoard, latin1 } from '../far-end.ts';

describe('verdicts', () => {
  test('Answered when the board says that the pulse was started', () => {
    const bench = new BenchBus().started();
    const verdicts = bench.unlock({ channel: 3, pulseMs: 400 });
    bench.clock.run(100);
    expect(verdicts).toEqual([{ kind: 'Answered', reply: { kind: 'done' } }]);
    expect(bench.far.of('U').map(({ frame }) => frame.args)).toEqual([['3', '400', '0001']]);
  });

  test('Refused with the code and word of the board', () => {
    const bench = new BenchBus().started();
    bench.board().script = (frame, usual) =>
      frame.verb === 'U'
        ? [encodeLine({ ...frame, direction: 'reply', verb: 'E', args: ['6', 'duty'] })]
        : [usual];
    const verdicts = bench.unlock();
    bench.clock.run(100);
    expect(verdicts).toEqual([{ kind: 'Refused', code: 6, why: 'duty' }]);
  });

  test('Refused when the board did this id before, as it gave no pulse now', () => {
    const bench = new BenchBus().started();
    bench.board().script = (frame, usual) =>
      frame.verb === 'U'
        ? [encodeLine({ ...frame, direction: 'reply', args: ['1', '0'] })]
        : [usual];
    const verdicts = bench.unlock();
    bench.clock.run(100);
    expect(verdicts).toEqual([{ kind: 'Refused', code: 0, why: 'already-done' }]);
  });

  test('NoReply names what was awaited', () => {
    const bench = new BenchBus().started();
    bench.board().script = (frame, usual) => (frame.verb === 'U' ? [] : [usual]);
    const verdicts = bench.unlock();
    bench.clock.run(200);
    expect(verdicts).toEqual([
      { kind: 'NoReply', awaited: 'unlock of board b1 (address 1)', waitedMs: expect.any(Number) },
    ]);
  });

  test('NoReply when only the echo of the request came', () => {
    const bench = new BenchBus().started();
    bench.board().script = (frame, usual) => (frame.verb === 'U' ? [encodeLine(frame)] : [usual]);
    const verdicts = bench.unlock();
    bench.clock.run(200);
    expect(verdicts.map(({ kind }) => kind)).toEqual(['NoReply']);
    expect(bench.noise).toEqual(['echo']);
  });

  test.each([
    { what: 'noise', bytes: latin1('\x00\xff#\n'), reason: 'garbage' },
    { what: 'half a line', bytes: latin1('<01 00'), reason: 'half-frame' },
    { what: 'a wrong checksum', bytes: latin1('<01 0003 U 1 500*0000\n'), reason: 'checksum' },
  ])('BadReply when $what came', ({ bytes, reason }) => {
    const bench = new BenchBus().started();
    bench.board().script = (frame, usual) => (frame.verb === 'U' ? [bytes] : [usual]);
    const verdicts = bench.unlock();
    bench.clock.run(200);
    expect(verdicts).toEqual([
      {
        kind: 'BadReply',
        awaited: 'unlock of board b1 (address 1)',
        why: expect.stringContaining(reason),
      },
    ]);
    expect(bench.stats()).toMatchObject({ badReply: 1, discarded: { [reason]: 1 } });
  });

  test('NotSent when the port says that no byte left', () => {
    const bench = new BenchBus().started();
    const before = bench.far.asked.length;
    bench.far.writeError = new Error('port is closed');
    expect(bench.unlock()).toEqual([{ kind: 'NotSent', why: 'port is closed' }]);
    expect(bench.far.asked.length).toBe(before);
  });

  test('PortLost when the port went away after the request was handed over', () => {
    const bench = new BenchBus().started();
    const verdicts = bench.unlock();
    bench.far.unplug();
    bench.clock.run(1_000);
    expect(verdicts).toEqual([{ kind: 'PortLost', awaited: 'unlock of board b1 (address 1)' }]);
  });

  test('a port that answers within the write is answered', () => {
    const bench = new BenchBus();
    bench.far.replyMs = 0;
    bench.started();
    expect(bench.unlock().map(({ kind }) => kind)).toEqual(['Answered']);
  });
});

describe('R6 an unlock is never repeated by the bus', () => {
  test.each(['silence', 'noise', 'port loss'])('after %s', (trouble) => {
    const bench = new BenchBus().started();
    bench.board().script = (frame, usual) => {
      if (frame.verb !== 'U') return [usual];
      return trouble === 'noise' ? [latin1('~~~\n')] : [];
    };
    const verdicts = bench.unlock();
    if (trouble === 'port loss') bench.far.unplug();
    bench.far.plugged = true;
    bench.clock.run(60_000);
    expect(bench.far.of('U').length).toBe(1);
    expect(verdicts.length).toBe(1);
  });
});

describe('turns', () => {
  test('an unlock goes before polls that are due', () => {
    const boards = Array.from({ length: 8 }, (_, index) => new FarBoard(index + 1));
    const bench = new BenchBus(boards, { idlePollMs: 1 }).started();
    const from = bench.far.asked.length;
    bench.unlock({ board: 'b5' });
    bench.clock.run(20);
    expect(bench.far.log(from)[0]).toBe('5U');
  });

  test('R21 an unlock that nobody wants any more at its turn is dropped', () => {
    const bench = new BenchBus().started();
    let wanted = true;
    bench.unlock();
    const verdicts = bench.unlock({ wanted: () => wanted });
    wanted = false;
    bench.clock.run(2_000);
    expect(verdicts).toEqual([{ kind: 'NotSent', why: 'nobody wants it any more' }]);
    expect(bench.far.of('U').length).toBe(1);
  });

  test('R21 an unlock waits at most 10 s for its turn', () => {
    const bench = new BenchBus([new FarBoard(1, 8)]).started();
    const startMs = bench.clock.monoMs();
    const endedAtMs: number[] = [];
    const kinds: string[] = [];
    for (let index = 0; index < 8; index += 1) {
      bench.bus.unlock({
        board: 'b1',
        channel: 1 + index,
        pulseMs: 2_000,
        wanted: () => true,
        done: ({ kind }) => {
          kinds.push(kind);
          endedAtMs.push(bench.clock.monoMs() - startMs);
        },
      });
    }
    bench.clock.run(60_000);
    expect(kinds).toEqual([...Array(5).fill('Answered'), ...Array(3).fill('NotSent')]);
    expect(Math.max(...endedAtMs)).toBeLessThan(UNLOCK_WAIT_MS_MAX + 100);
  });

  test('the queue is bounded', () => {
    const bench = new BenchBus().started();
    bench.unlock();
    const waiting = Array.from({ length: UNLOCK_QUEUE_JOBS_MAX }, () => bench.unlock());
    const [verdict] = bench.unlock();
    expect(verdict).toMatchObject({ kind: 'NotSent', why: expect.stringContaining('full') });
    expect(waiting.flat()).toEqual([]);
  });

  test('R21 what waits is dropped with the port, and nothing opens when it comes back', () => {
    const bench = new BenchBus().started();
    bench.unlock();
    const waiting = bench.unlock();
    bench.clock.run(100);
    bench.far.unplug();
    expect(waiting).toEqual([{ kind: 'NotSent', why: 'port lost: unplugged' }]);
    expect(bench.unlock()[0]).toEqual({ kind: 'NotSent', why: 'the port is closed' });
    bench.far.plugged = true;
    bench.clock.run(60_000);
    expect(bench.far.of('U').length).toBe(1);
  });

  test('R21 what waits is dropped when its board goes offline or restarts', () => {
    for (const trouble of ['offline', 'restart']) {
      const bench = new BenchBus([new FarBoard(1), new FarBoard(2)]).started();
      bench.unlock({ board: 'b1', pulseMs: 2_000 });
      const waiting = bench.unlock({ board: 'b2' });
      bench.clock.run(10);
      if (trouble === 'restart') bench.board(2).boot += 1;
      else bench.board(2).script = () => [];
      bench.clock.run(2_000);
      expect(waiting.map(({ kind }) => kind)).toEqual(['NotSent']);
      expect(bench.far.of('U', 2)).toEqual([]);
    }
  });

  test('an unlock of a board that is not in service is not sent', () => {
    const bench = new BenchBus();
    bench.board().script = () => [];
    bench.started();
    bench.clock.run(1_000);
    expect(bench.unlock()).toEqual([{ kind: 'NotSent', why: 'board b1 is offline' }]);
  });

  test('an owner may ask for the next unlock from within a verdict', () => {
    const bench = new BenchBus().started();
    const verdicts: string[] = [];
    const again = (left: number) =>
      bench.bus.unlock({
        board: 'b1',
        channel: 1,
        pulseMs: 100,
        wanted: () => true,
        done: ({ kind }) => {
          verdicts.push(kind);
          if (left > 1) again(left - 1);
        },
      });
    again(3);
    bench.clock.run(2_000);
    expect(verdicts).toEqual(['Answered', 'Answered', 'Answered']);
  });

  test('an unlock outside the limits is a mistake of the caller', () => {
    const bench = new BenchBus().started();
    expect(() => bench.unlock({ board: 'nobody' })).toThrow(BusMisuse);
    expect(() => bench.unlock({ channel: 5 })).toThrow('1 to 4');
    expect(() => bench.unlock({ channel: 0 })).toThrow(BusMisuse);
    expect(() => bench.unlock({ pulseMs: 2_001 })).toThrow('50 to 2000');
  });
});
