import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { apiBench } from '../api/api-bench.ts';
import { scratchFolder } from '../app/bench-kiosk.ts';
import { lockerctlAt } from './terminal.ts';

const MAIN = new URL('../../src/cli/main.ts', import.meta.url).pathname;
const run = promisify(execFile);

/** What `lockerctl` printed, and the status that it ended with. */
const lockerctl = (folder: string, ...args: string[]) => lockerctlAt(folder)(args.join(' '));

async function kiosk() {
  const { bench, folder } = await apiBench();
  const { parcel } = bench.drop(await bench.courier());
  return { bench, folder, parcel: bench.parcel(parcel) };
}

it('D7 M2 status, slots, boards and one slot, as tables and as JSON', async () => {
  const { bench, folder, parcel } = await kiosk();
  const status = await lockerctl(folder, 'status');
  expect(status.stdout).toContain(`${bench.app.site.kiosk}  ${bench.app.site.name}`);
  expect(status.stdout).toMatch(/serving {3}yes/);
  const slots = (await lockerctl(folder, 'slots')).stdout.trimEnd().split('\n');
  expect(slots).toHaveLength(bench.app.site.slots.length + 1);
  expect(slots.filter((line) => line.includes(parcel.ref))).toHaveLength(1);
  const boards = JSON.parse((await lockerctl(folder, '--json', 'boards')).stdout);
  expect(boards).toHaveLength(bench.kiosk.wall.boards.length);
  const slot = JSON.parse(
    (await lockerctl(folder, '--json', 'slot', 'show', `${parcel.slot}`)).stdout,
  );
  expect(slot).toMatchObject({ slot: parcel.slot, status: 'occupied', parcel: parcel.ref });
});

it('R29 a reference, however it is written, leads to the whole story', async () => {
  const { folder, parcel } = await kiosk();
  const { stdout } = await lockerctl(folder, 'evidence', parcel.ref.toLowerCase());
  expect(stdout).toContain(parcel.id);
  expect(stdout).toMatch(/commanded .*armed[\s\S]*sensed .*opened[\s\S]*parcel\.stored/);
  const list = await lockerctl(folder, 'parcels', '--status', 'stored');
  expect(list.stdout).toContain(parcel.ref);
});

it('M15 events are one line each, or one JSON object each', async () => {
  const { folder } = await kiosk();
  const { stdout } = await lockerctl(folder, '--json', 'events', '--limit', '3');
  const rows = stdout.trimEnd().split('\n');
  expect(rows.map((row) => Object.keys(JSON.parse(row))[0])).toEqual(['seq', 'seq', 'seq']);
});

it('D7 refusals are one clear line and a status of sysexits.h', async () => {
  const { folder } = await kiosk();
  const stale = scratchFolder();
  mkdirSync(join(stale, 'ro'));
  writeFileSync(join(stale, 'ro/ro.sock'), '');
  const refusals = [
    [folder, ['slot', 'show', 'LOCK001/77'], 64, 'no slot "LOCK001/77"'],
    [folder, ['parcel', 'show', 'NOPE'], 64, 'no parcel "NOPE"'],
    [folder, ['events', '--limit', 'many'], 64, '"limit" is "many"'],
    [folder, ['parcels', '--status', 'lost'], 64, 'Allowed choices are pending'],
    [folder, ['kiosk'], 64, 'stdin is no terminal'],
    [folder, ['dance'], 64, "unknown command 'dance'"],
    [scratchFolder(), ['status'], 69, 'no such socket; is lockerd running'],
    [stale, ['status'], 69, 'nobody answers'],
  ] as const;
  for (const [where, args, status, message] of refusals) {
    const refused = await lockerctl(where, ...args);
    expect([args, refused.status]).toEqual([args, status]);
    expect(refused.stderr).toContain(message);
    expect(refused.stderr.trim().split('\n(Did you mean')[0]).not.toContain('\n');
    expect(refused.stdout).toBe('');
  }
});

it('D7 who is not of the group is told so', async () => {
  const { folder } = await kiosk();
  chmodSync(folder, 0o755);
  // Only root may be somebody else; anybody else may lock himself out.
  const isRoot = process.getuid?.() === 0;
  const nobody = isRoot ? { uid: 65_534, gid: 65_534 } : {};
  if (!isRoot) chmodSync(join(folder, 'ro'), 0o000);
  const call = run(process.execPath, [MAIN, '--folder', folder, 'status'], nobody);
  await expect(call).rejects.toMatchObject({ code: 77 });
});
