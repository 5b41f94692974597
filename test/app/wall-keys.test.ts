import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { scratchFolder } from './bench-kiosk.ts';
import { run, writeConfig } from './daemon-bench.ts';
import { EventDevice } from './event-device.ts';

it('D6 the keys of the wall go to the screen that is the wall’s, and no others do', async () => {
  const folder = scratchFolder();
  const device = new EventDevice();
  const text = `[keypad]\ndevice = "${device.path}"\n[api]\nfolder = "${folder}/api"\n\n[database]`;
  const daemon = run(writeConfig(folder, 'wall', '[database]', text));
  await daemon.says('"serving"');
  const socketPath = join(folder, 'api/panel/panel.sock');
  // Somebody with a terminal of their own was there first.
  const terminal = await watchScreen(socketPath, '/screen');
  const screen = await watchScreen(socketPath, '/screen?wall=1');
  const first = screen.shown.at(-1);
  expect(await press(socketPath, screen, '2')).toBe(409);
  expect(await press(socketPath, terminal, '1')).toBe(200);
  while (terminal.shown.length === 1) await pause(10);
  const typed = terminal.shown.at(-1);
  device.keys('2');
  while (screen.shown.at(-1) === first) await pause(10);
  expect(screen.shown.at(-1)).toMatch(/staff number/i);
  expect(terminal.shown.at(-1)).toBe(typed);
});

interface Shown {
  readonly shown: string[];
}

/** Presses a key of a panel by its socket; gives the status of the answer. */
async function press(socketPath: string, { shown }: Shown, key: string): Promise<number> {
  const [, panel = ''] = /"panel":"([^"]+)"/.exec(shown[0] ?? '') ?? [];
  const headers = { 'content-type': 'application/json' };
  const path = `/panels/${panel}/keys`;
  const call = request({ socketPath, path, method: 'POST', headers });
  call.end(JSON.stringify({ key }));
  const [answer] = await once(call, 'response');
  answer.resume();
  return answer.statusCode;
}

/** What a panel of the API shows, one text for each change. */
async function watchScreen(socketPath: string, path: string): Promise<Shown> {
  const shown: string[] = [];
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = request({ socketPath, path });
    onTestFinished(() => void answer.destroy());
    const isOpen = await new Promise<boolean>((resolve) => {
      answer.on('error', () => resolve(false));
      answer.on('response', (reply) => {
        reply.setEncoding('utf8').on('data', (piece: string) => shown.push(piece));
        reply.once('data', () => resolve(true));
      });
      answer.end();
    });
    if (isOpen) break;
    await pause(20);
  }
  return { shown };
}
