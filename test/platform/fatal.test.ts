import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** The version that the kiosk runs, whatever runs the tests. */
const NODE = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));

/** Runs a module in a process of its own, with the platform's files by their names. */
function run(script: string) {
  const names = {
    './clock.ts': 'systemClock',
    './log.ts': 'createLog',
    './pid-lock.ts': 'AlreadyRunning',
  };
  const imports = Object.entries({ ...names, './fatal.ts': 'refuseToStart, dieOfUncaught' }).map(
    ([file, name]) => {
      const url = new URL(`../../src/platform/${file}`, import.meta.url);
      return `import { ${name} } from ${JSON.stringify(url.href)};`;
    },
  );
  const args = ['--input-type=module', '-e', `${imports.join('\n')}\n${script}`];
  return spawnSync(NODE, args, { encoding: 'utf8', timeout: 20_000 });
}

describe('the end of the program', () => {
  it('a refused start gives the message alone, and the status of its error', () => {
    const { status, stderr } = run('refuseToStart(new AlreadyRunning(4711));');
    expect(status).toBe(75);
    expect(stderr).toBe('lockerd: lockerd runs already, with process id 4711\n');
  });

  it('a bug at the start gives the stack and EX_SOFTWARE', () => {
    const { status, stderr } = run('refuseToStart(new RangeError("too far"));');
    expect(status).toBe(70);
    expect(stderr).toContain('lockerd: RangeError: too far\n    at ');
  });

  it('a timer that throws is logged with its name and ends the process', () => {
    const { status, stdout } = run(`
      dieOfUncaught(createLog('info'));
      systemClock().after('holds', 1, () => { throw new RangeError('no such slot'); });
      systemClock().after('later', 5000, () => {});
    `);
    expect(status).toBe(70);
    expect(JSON.parse(stdout)).toMatchObject({
      level: 'error',
      error: {
        kind: 'TimerError',
        message: 'the timer "holds" threw',
        cause: { kind: 'RangeError' },
      },
    });
  });

  it('a promise that nobody waits for ends it as well', () => {
    const { status, stdout } = run(`
      dieOfUncaught(createLog('info'));
      setTimeout(() => {}, 5000);
      Promise.reject(new TypeError('lost'));
    `);
    expect(status).toBe(70);
    expect(JSON.parse(stdout)).toMatchObject({ error: { kind: 'TypeError', message: 'lost' } });
  });
});
