import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

// The kiosk's own runtime, whatever runs the tests.
const NODE = new URL('../../node_modules/.bin/node', import.meta.url).pathname;
const SIM = new URL('../../sim/sim.ts', import.meta.url).pathname;
const DEMO = new URL('../../sim/walls/demo.toml', import.meta.url).pathname;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockerd-sim-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function startSim(...args: string[]) {
  const child = spawn(NODE, [SIM, ...args]);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return { child, ended, text: () => text };
}

test('a wall runs, obeys commands, outlives its stdin and ends cleanly on SIGTERM', async () => {
  const { child, ended, text } = startSim('--wall', DEMO, '--links', folder);
  child.stdin.end('open A 3\nput A 3 book\nshow\n');
  await vi.waitFor(() => expect(text()).toContain('  A/3 open, holds book'), 10_000);
  expect(text()).toMatch(/^bus main: \/dev\/pts\/\d+, link .*main\n/);
  expect(readdirSync(folder)).toEqual(['main']);
  expect(child.exitCode).toBeNull();
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(readdirSync(folder)).toEqual([]);
});

test('a bad wall file ends it with status 78 and names the key', async () => {
  const file = join(folder, 'bad.toml');
  writeFileSync(file, '[[buses]]\nname = "main"\nbaud = "fast"\nboards = []\n');
  const { ended, text } = startSim('--wall', file);
  expect(await ended).toBe(78);
  expect(text()).toContain('buses[0].baud = "fast"; allowed: a whole number from 0 to 4000000');
});

test('help is given, and a bad option refused with status 64', async () => {
  const help = startSim('--help');
  expect(await help.ended).toBe(0);
  expect(help.text()).toContain('--wall FILE');
  const bad = startSim('--walls');
  expect(await bad.ended).toBe(64);
});
