import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Command } from 'commander';
import { expect, it } from 'vitest';
import { addCommands } from '../../src/cli/commands/index.ts';
import { HANDED } from '../../src/cli/commands/offline.ts';
import { atTheTerminal, lockerctlAt } from './terminal.ts';

const MAIN = new URL('../../src/cli/main.ts', import.meta.url).pathname;
const LOCKERD = new URL('../../src/main.ts', import.meta.url).pathname;
const run = promisify(execFile);

/** Every command that asks a daemon, and how it ends where there is none and nobody signed in. */
const ASKING: Readonly<Record<string, number>> = {
  ...{ status: 69, slots: 69, boards: 69, 'slot show A/1': 69, parcels: 69, 'parcel show X': 69 },
  ...{ 'evidence X': 69, events: 69, doctor: 69, 'trace export': 69, 'trace replay /x': 66 },
  ...{ kiosk: 64, watch: 69, login: 69, logout: 77, 'report --from 2026-01-01': 69, health: 69 },
  ...{ 'notices list': 69, 'notices untold': 69, 'notices resend X': 77 },
  ...{ 'ref X': 69, inventory: 69, 'bus stats': 69, 'bus monitor': 69 },
  ...{ 'couriers list': 69, 'users list': 69, backup: 77, 'time set 2026-01-01T00:00:00Z': 77 },
  ...{ 'slot open A/1 --reason repair': 77, 'slot block A/1 --reason repair': 77 },
  ...{ 'slot unblock A/1': 77, 'slot inspect A/1 empty': 77, 'parcel cancel X': 77 },
  ...{ 'parcel extend X --days 1': 77, 'parcel reissue X': 77, 'parcel handout X': 77 },
  ...{ 'parcel revoke X': 77, 'couriers add --carrier A': 77, 'couriers pin X': 77 },
  ...{ 'couriers disable X': 77, 'couriers unblock X': 77, 'users add --phone 1234': 77 },
};
/** Asks a broker, and has tests of its own. */
const ELSEWHERE = ['fleet'];

/** Those that `lockerd` does, as lockerctl calls them. */
const nameOf = ({ group, name }: (typeof HANDED)[number]): string =>
  group === null ? name : `${group} ${name}`;

/** Which command a line of words is, without its arguments. */
const wordsOf = (line: string, known: readonly string[]): string | undefined =>
  known.find((name) => line === name || line.startsWith(`${name} `));

async function allCommands(): Promise<string[]> {
  const program = new Command();
  await addCommands(program, []);
  const leaves = (command: Command, before: string): string[] =>
    command.commands.flatMap((one) => {
      const name = `${before}${one.name()}`;
      return one.commands.length === 0 ? [name] : leaves(one, `${name} `);
    });
  return leaves(program, '').filter((name) => !ELSEWHERE.some((one) => name.startsWith(one)));
}

it('D7 each command has a row in these tables', async () => {
  const known = await allCommands();
  const tried = [...Object.keys(ASKING), ...HANDED.map(nameOf)].map((line) => wordsOf(line, known));
  expect([...new Set(tried)].sort()).toEqual([...known].sort());
});

it('D7 without a daemon or a login each command is refused in one line', async () => {
  const lockerctl = lockerctlAt('/nowhere');
  for (const [line, status] of Object.entries(ASKING)) {
    const refused = await lockerctl(line, line === 'login' ? '1\n2\n' : '');
    expect([line, refused.status]).toEqual([line, status]);
    expect(refused.stderr.trim().split('\n').at(-1)).toMatch(/^(?:.*: )?lockerctl: \S.{10,}$/);
    expect(refused.stdout).toBe('');
  }
});

it('D7 an argument too many, or one that is unknown, is the caller’s mistake', async () => {
  const { lockerctl } = await atTheTerminal();
  for (const line of Object.keys(ASKING)) {
    const refused = await lockerctl(`${line} --colour red`);
    expect([line, refused.status]).toEqual([line, 64]);
    expect(refused.stderr).toMatch(/^error: .*--colour.*\n/);
  }
});

it('D7 what is not there is named: slots, parcels, people and references', async () => {
  const { lockerctl, login } = await atTheTerminal();
  expect(await lockerctl('login', login)).toMatchObject({ status: 0 });
  const lines = Object.keys(ASKING).filter((line) => / (?:X|A\/1)(?: |$)/.test(line));
  expect(lines.length).toBeGreaterThan(12);
  for (const line of lines) {
    const refused = await lockerctl(line, line.includes('pin') ? '246810\n' : '');
    expect([line, refused.status]).toEqual([line, 64]);
    expect(refused.stderr.split('lockerctl: ')[1]).toMatch(/"(?:X|A\/1)"/);
  }
});

it('D7 what is handed on to lockerd ends with the status of lockerd', async () => {
  const checked = run(process.execPath, [MAIN, 'config', 'check', '--config', '/nowhere']);
  await expect(checked).rejects.toMatchObject({
    code: 78,
    stderr: expect.stringContaining('/nowhere'),
  });
  const { stdout } = await run(process.execPath, [LOCKERD, '--help']);
  for (const { lockerd } of HANDED) expect(stdout).toContain(` ${lockerd} `);
});
