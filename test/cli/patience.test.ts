import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { expect, it, onTestFinished, vi } from 'vitest';
import { keepLease } from '../../src/cli/lease-file.ts';
import { lockerctl } from '../../src/cli/lockerctl.ts';
import { scratchFolder } from '../app/bench-kiosk.ts';

const STARTED = 'http.client.request.start';

it('D7 what takes long is waited for, and what does not is given up after 10 s', async () => {
  const limits: (number | undefined)[] = [];
  const note = (message: unknown) => {
    limits.push((message as { request: ClientRequest & { timeout?: number } }).request.timeout);
  };
  subscribe(STARTED, note);
  vi.stubEnv('XDG_RUNTIME_DIR', scratchFolder());
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  onTestFinished(() => {
    unsubscribe(STARTED, note);
    vi.unstubAllEnvs();
    stderr.mockRestore();
    process.exitCode = 0;
  });
  keepLease('lease');
  const long = ['backup', 'report --from 2026-01-01', 'health', 'ref ABCDEF'];
  const lines = [...long, 'parcel revoke X', 'slot show A/1'];
  for (const line of lines) await lockerctl(['--folder', '/nowhere', ...line.split(' ')]);
  const longMs = 1_800_000;
  expect(limits).toEqual([longMs, longMs, longMs, longMs, 10_000, 10_000]);
});
