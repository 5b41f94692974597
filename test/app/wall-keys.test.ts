import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { scratchFolder } from './bench-kiosk.ts';
import { run, writeConfig } from './daemon-bench.ts';
import { EventDevice } from './event-device.ts';

it('D6 the keys of the wall go to the first screen that people see', async () => {
  const folder = scratchFolder();
  const device = new EventDevice();
  const text = `[keypad]\ndevice = "${device.path}"\n[api]\nfolder = "${folder}/api"\n\n[database]`;
  const daemon = run(writeConfig(folder, 'wall', '[database]', text));
  await daemon.says('"serving"');
  const screen = await watchScreen(join(folder, 'api/panel/panel.sock'));
  const first = screen.shown.at(-1);
  device.keys('2');
  while (screen.shown.at(-1) === first) await pause(10);
  expect(screen.shown.at(-1)).toMatch(/staff number/i);
});

/** What a panel of the API shows, one text for each change. */
async function watchScreen(socketPath: string): Promise<{ readonly shown: string[] }> {
  const shown: string[] = [];
  let answer = request({ socketPath, path: '/screen' });
  for (let tries = 0; tries < 200; tries += 1) {
    answer = request({ socketPath, path: '/screen' });
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
  onTestFinished(() => void answer.destroy());
  return { shown };
}
