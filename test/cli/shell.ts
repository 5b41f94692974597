import { lockerctl } from '../../src/cli/lockerctl.ts';

interface Asked {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * This process runs one `lockerctl` after the other, as its parent asks: to start a runtime for
 * each of a hundred commands would take most of a test's time. What they read comes over stdin.
 */
process.on('message', async ({ args, env }: Asked) => {
  Object.assign(process.env, env);
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    Object.assign(process[name], {
      write: (text: string) => {
        said[name] += text;
        return true;
      },
    });
  }
  process.exitCode = 0;
  await lockerctl(args);
  process.send?.({ status: Number(process.exitCode), ...said } satisfies Ended);
});
