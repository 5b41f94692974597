import { expect, test } from 'vitest';
import type { BoardPlan } from '../../sim/wall.ts';
import { CommissionBench, site } from './commission-bench.ts';

const SHUOMING = { family: 'shuoming-8a', channels: 24 } as const;

test('B11 status bytes in the other order are told, with the setting to change', async () => {
  const real = site({ ...SHUOMING, settings: 'bulkOrder = "first-last"' });
  const bench = new CommissionBench(site({ ...SHUOMING, doors: 10 }), { real });
  const map = await bench.work();
  expect(map?.doors.filter(({ verdict }) => verdict === 'crossed')).toHaveLength(8);
  expect(map?.doors.filter(({ verdict }) => verdict === 'good')).toHaveLength(2);
  const hint = bench.said.findIndex((line) =>
    line.includes('status bytes came in the other order'),
  );
  expect(bench.said[hint]).toContain('set settings = { bulkOrder = "first-last" }');
  expect(bench.said[hint - 2]).toMatch(/^ {2}Enter goes on|^> /);
  const told = bench.said.filter((line) => line.includes('status bytes'));
  expect(told).toHaveLength(1);
  const early = bench.said.slice(0, hint).filter((line) => /^ {2}Door \d+: crossed/.test(line));
  expect(early).toHaveLength(2);
});

test('B11 the right order is good from the first byte to the last', async () => {
  const settings = 'bulkOrder = "first-last"';
  const bench = new CommissionBench(site({ ...SHUOMING, settings, doors: 24 }));
  const map = await bench.work();
  expect(new Set(map?.doors.map(({ verdict }) => verdict))).toEqual(new Set(['good']));
});

test.each([
  ['kerong-cu16', { family: 'kerong-cu16', channels: 16 }],
  ['kerong-cu48', { family: 'kerong-cu48', channels: 48 }],
  ['waveshare-relay-d', { family: 'waveshare-relay-d', channels: 8 }],
])('B11 a good wall of %s boards', async (_name, options) => {
  const bench = new CommissionBench(site({ ...options, doors: 3 }));
  const map = await bench.work();
  expect(map?.doors.map(({ verdict }) => verdict)).toEqual(['good', 'good', 'good']);
  expect(bench.said).toContain('  address 1: board A answers');
});

test.each(['shuoming-8a', 'kerong-cu16', 'waveshare-relay-d'] as const)(
  'B11 two %s boards on one address are found before any door is opened',
  async (family) => {
    const channels = 8;
    const stray: BoardPlan = { id: 'X', address: 1, family, channels, occupancy: false };
    const bench = new CommissionBench(site({ family, channels }), { strays: [stray] });
    bench.wall.door('X', 3).force();
    const map = await bench.work();
    expect(new Set(map?.doors.map(({ verdict }) => verdict))).toEqual(new Set(['unreachable']));
    expect(bench.said.join('\n')).toMatch(/board A cannot be understood: two boards/);
  },
);
