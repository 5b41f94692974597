import { expect, test } from 'vitest';
import type { BoardPlan } from '../../sim/wall.ts';
import { CommissionBench, site } from './commission-bench.ts';

const verdicts = (map: Awaited<ReturnType<CommissionBench['work']>>) =>
  map?.doors.map(({ number, verdict }) => `${number} ${verdict}`);

test('B11 a good wall: every door is opened once, proved and timed', async () => {
  const bench = new CommissionBench(site());
  const map = await bench.work();
  expect(verdicts(map)).toEqual(['1 good', '2 good', '3 good', '4 good']);
  expect(bench.wall.board('A').pulses.map(({ channel }) => channel)).toEqual([1, 2, 3, 4]);
  for (const { times } of map?.doors ?? []) {
    expect(times).toHaveLength(1);
    const [{ openMs, blurMs } = { openMs: 0, blurMs: 999 }] = times;
    // The spring takes 120 ms, and a reading comes every 40 ms.
    expect(openMs).toBeGreaterThanOrEqual(120);
    expect(openMs - blurMs).toBeLessThanOrEqual(120);
  }
  expect(map).toMatchObject({ site: 'FIT', at: expect.stringMatching(/^2026-01-01T00:/) });
  expect(bench.said.join('\n')).toContain('4 of 4 doors are good.');
});

test('B11 R9 no door is opened without an Enter of its own', async () => {
  let asked = 0;
  const bench: CommissionBench = new CommissionBench(site(), {
    acts: (question, wall) => {
      const pulses = wall.board('A').pulses.length;
      if (/Enter opens/.test(question)) asked += 1;
      expect(pulses).toBeLessThanOrEqual(asked);
      if (/Door 2 /.test(question)) return 's';
      return /Door 4 /.test(question) ? 'q' : undefined;
    },
  });
  expect(await bench.work()).toBeNull();
  expect(bench.wall.board('A').pulses.map(({ channel }) => channel)).toEqual([1, 3]);
});

test('B11 the repeats are a baseline, each with an Enter', async () => {
  const bench = new CommissionBench(site({ doors: 1 }), { repeats: 3 });
  const map = await bench.work();
  expect(map?.doors[0]?.times).toHaveLength(3);
  expect(bench.said.filter((line) => /Enter opens it/.test(line))).toHaveLength(3);
});

test('B11 crossed contacts are told, with the door that each belongs to', async () => {
  const bench = new CommissionBench(site());
  bench.wall.door('A', 2).swapContacts(bench.wall.door('A', 4));
  expect(verdicts(await bench.work())).toEqual(['1 good', '2 crossed', '3 good', '4 crossed']);
  const text = bench.said.join('\n');
  expect(text).toContain('Door 2: crossed: the contact of door 4 (board A, channel 4) moved');
  expect(text).toContain('Door 4: crossed: the contact of door 2 (board A, channel 2) moved');
  expect(text).not.toContain('status bytes');
});

test('B11 a contact on another bus is found too', async () => {
  const bench = new CommissionBench(site({ channels: 2, ports: ['left', 'right'] }));
  bench.wall.door('A', 1).swapContacts(bench.wall.door('B', 2));
  expect(verdicts(await bench.work())).toEqual(['1 crossed', '2 good', '3 good', '4 crossed']);
});

test('B11 an unconnected contact is told apart from a lock that does not open', async () => {
  const bench = new CommissionBench(site());
  bench.wall.door('A', 1).contact.fault = 'stuck-on';
  bench.wall.door('A', 2).jam();
  bench.wall.door('A', 3).contact.fault = 'stuck-off';
  const map = await bench.work();
  expect(verdicts(map)).toEqual(['1 unconnected', '2 unopened', '3 unconnected', '4 good']);
  expect(bench.said.join('\n')).toContain('These contacts say open: 3.');
});

test('B11 a contact that says the opposite is told, with the key to change', async () => {
  const bench = new CommissionBench(site());
  bench.wall.door('A', 3).contact.fault = 'inverted';
  expect(verdicts(await bench.work())).toEqual(['1 good', '2 good', '3 inverted', '4 good']);
  expect(bench.said.join('\n')).toContain('turn doorContact of the slot to the other value');
});

test('B11 contacts that are closed when open are good when the config says so', async () => {
  const bench = new CommissionBench(site({ doorContact: 'closed-when-open' }));
  expect(verdicts(await bench.work())).toEqual(['1 good', '2 good', '3 good', '4 good']);
});

test('B11 a contact that does not come back sticks', async () => {
  const bench = new CommissionBench(site(), {
    acts: (question, wall) => {
      const door = wall.door('A', 2);
      if (door.isOpen && /Shut it and/.test(question)) door.contact.fault = 'stuck-off';
      return undefined;
    },
  });
  expect(verdicts(await bench.work())).toEqual(['1 good', '2 sticking', '3 good', '4 good']);
});

test('B11 a door with another number than the one that opens is told by the fitter', async () => {
  const bench = new CommissionBench(site(), {
    acts: (question, wall) => {
      if (!/Open after/.test(question) || !wall.door('A', 3).isOpen) return undefined;
      wall.door('A', 3).push();
      return '4';
    },
  });
  expect(verdicts(await bench.work())).toEqual(['1 good', '2 good', '3 other-door', '4 good']);
});

test('B11 a door can be tried again once its wires were mended', async () => {
  const bench = new CommissionBench(site(), {
    acts: (question, wall) => {
      if (!/tries this door again/.test(question)) return undefined;
      wall.door('A', 2).contact.fault = 'none';
      return 'r';
    },
  });
  bench.wall.door('A', 2).contact.fault = 'inverted';
  expect(verdicts(await bench.work())).toEqual(['1 good', '2 good', '3 good', '4 good']);
});

test('B11 a door that is shut before the fitter is told to is as good', async () => {
  const bench: CommissionBench = new CommissionBench(site(), {
    acts: (question, wall) => {
      if (!/Door 2 .*Enter opens/.test(question)) return undefined;
      const shut = (): void => {
        if (wall.door('A', 2).isOpen)
          bench.clock.after('hand', 300, () => wall.door('A', 2).push());
        else bench.clock.after('hand', 20, shut);
      };
      shut();
      return undefined;
    },
  });
  expect(verdicts(await bench.work())).toEqual(['1 good', '2 good', '3 good', '4 good']);
  expect(bench.said.join('\n')).not.toContain('No contact moved');
});

/** Types each of these once, where the question is asked, before what is obvious. */
function typing(where: RegExp, ...typed: string[]) {
  return (question: string): string | undefined =>
    where.test(question) ? typed.shift() : undefined;
}

test('B11 R9 what was not offered is no answer, and opens no door', async () => {
  const acts = typing(/Enter opens/, 'x', '7', 'y');
  const bench = new CommissionBench(site({ doors: 1 }), { acts });
  expect(verdicts(await bench.work())).toEqual(['1 good']);
  expect(bench.wall.board('A').pulses).toHaveLength(1);
  expect(bench.said.filter((line) => /Enter opens/.test(line))).toHaveLength(4);
  expect(bench.said).toContain('  That is not one of the answers.');
});

test.each([
  [/Open after/, 'yes', 'none'],
  [/Did door/, '', 'stuck-on'],
  [/Did door/, 'what', 'stuck-on'],
  [/Shut what is open/, 'n', 'stuck-on'],
  [/tries this door again/, 'again', 'stuck-on'],
] as const)('B11 %s is asked again after "%s"', async (where, typed, fault) => {
  const bench = new CommissionBench(site({ doors: 1 }), { acts: typing(where, typed) });
  bench.wall.door('A', 1).contact.fault = fault;
  const verdict = fault === 'none' ? '1 good' : '1 unconnected';
  expect(verdicts(await bench.work())).toEqual([verdict]);
  expect(bench.said.filter((line) => where.test(line))).toHaveLength(2);
});

test('B11 the number of the door itself says that it opened', async () => {
  const bench = new CommissionBench(site({ doors: 1 }), { acts: typing(/Did door/, '1') });
  bench.wall.door('A', 1).contact.fault = 'stuck-on';
  expect(verdicts(await bench.work())).toEqual(['1 unconnected']);
});

const STRAY: BoardPlan = { id: 'X', address: 1, family: 'line', channels: 4, occupancy: false };

test('B11 two boards on one address are found before any door is opened', async () => {
  const bench = new CommissionBench(site(), { strays: [STRAY] });
  const map = await bench.work();
  expect(new Set(map?.doors.map(({ verdict }) => verdict))).toEqual(new Set(['unreachable']));
  expect(bench.said.join('\n')).toMatch(/address 1: board A cannot be understood: two boards/);
  expect(bench.wall.boards.flatMap(({ pulses }) => pulses)).toEqual([]);
});

test('B11 a board that the config does not have is found by its address', async () => {
  const bench = new CommissionBench(site(), { strays: [{ ...STRAY, address: 42 }] });
  expect(verdicts(await bench.work())).toEqual(['1 good', '2 good', '3 good', '4 good']);
  expect(bench.said).toContain('  address 42: a board that is not in the config');
});

test('B11 a board of another kind, a silent one and a missing port are told', async () => {
  const config = site({ ports: ['left', 'middle', 'right'] });
  const bench = new CommissionBench(config);
  bench.wall.board('B').powerOff();
  bench.port('right').unplug();
  const map = await bench.work();
  expect(map?.doors.map(({ verdict }) => verdict).slice(0, 5)).toEqual([
    ...Array(4).fill('good'),
    'unreachable',
  ]);
  const text = bench.said.join('\n');
  expect(text).toContain('address 1: board B does not answer');
  expect(text).toContain('the port cannot be opened');
  expect(text).toContain('Not fit for service: B, C.');
  const misfit = new CommissionBench(site({ channels: 8, doors: 4 }), { real: site() });
  await misfit.work();
  expect(misfit.said.join('\n')).toContain('board A has 4 channels, configured are 8');
});

test('B11 a scan of a healthy bus opens nothing and says how far it is', async () => {
  const bench = new CommissionBench(site(), {
    acts: (question) => (/Door/.test(question) ? 'q' : undefined),
  });
  expect(await bench.work()).toBeNull();
  expect(bench.said).toContain('  25 of 99 addresses');
  expect(bench.said).toContain('  address 1: board A answers');
  expect(bench.wall.board('A').pulses).toEqual([]);
});
