import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cellOf, drawPicture, headOf, storyLine } from '../../src/cli/watch/view.ts';
import { slotViews } from '../../src/control/inquiry/slots.ts';
import { apiBench } from '../api/api-bench.ts';
import { Bench, scratchFolder } from '../app/bench-kiosk.ts';
import { lockerctlAt } from './terminal.ts';

function pictureOf({ app }: Bench) {
  const cells = slotViews(app.tools).map((slot) => cellOf(slot, 0));
  const story = app.store.journal.tail(50).map((row) => storyLine(row));
  return { head: headOf(app.tools.status()), cells, boards: [], story, help: 'q quits' };
}

it('B10 B8 the picture has doors, beliefs, timers and the story with its grades', async () => {
  const bench = new Bench().start();
  bench.fill('LOCK1/2', 'brick');
  bench.kiosk.door('LOCK1/2').force();
  const { slot } = bench.drop(await bench.courier());
  bench.collect(bench.numbers());
  bench.until('it is open', () => bench.slot(slot).door === 'open');
  const lines = drawPicture(pictureOf(bench), 100, 40);
  const text = lines.map((line) => line.text).join('\n');
  expect(text).toMatch(/▯ {2}1 S open {14}[2-9A-Z]{6} 180s/);
  expect(text).toMatch(/▯ {2}2 S forced/);
  expect(text).toMatch(/sensed {4}slot\.opened {11}LOCK1\/1/);
  expect(lines.find((line) => line.text.includes('forced'))?.look).toBe('alert');
});

it('B10 the picture stays within its window, however small', () => {
  const picture = pictureOf(new Bench().start());
  for (const [columns, rows] of [
    [40, 12],
    [80, 24],
    [200, 60],
  ] as const) {
    const lines = drawPicture(picture, columns, rows);
    expect(lines.length).toBeLessThanOrEqual(rows);
    expect(Math.max(...lines.map(({ text }) => text.length))).toBeLessThanOrEqual(columns);
  }
});

it('D7 watch is refused without a terminal, a daemon or a trace', async () => {
  const { folder } = await apiBench();
  const file = join(scratchFolder(), 'notes');
  writeFileSync(file, 'dance');
  const refusals = [
    [folder, ['watch'], 64, 'stdin is no terminal'],
    ['/nowhere', ['watch'], 69, 'no such socket'],
    [folder, ['watch', '--trace', file], 65, 'line 1 is no JSON'],
  ] as const;
  for (const [where, args, status, stderr] of refusals) {
    const refused = await lockerctlAt(where)(args.join(' '));
    expect(refused).toMatchObject({ status, stderr: expect.stringContaining(stderr) });
  }
});
