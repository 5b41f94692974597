import { expect, it } from 'vitest';
import { seededRandom } from '../../sim/random.ts';
import { Disk, type Fate } from './disk.ts';
import { type Step, stepsOf } from './recording.ts';

const hex = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
const at = (path: string): string => `<${hex(path)}>`;

/** What a process does to a file: a synced write, one that is not synced, a truncation. */
const TRACE = [
  `7 openat(AT_FDCWD${at('/')}, "${hex('/k/a')}", O_RDWR|O_CREAT, 0644) = 5${at('/k/a')}`,
  `7 pwrite64(5${at('/k/a')}, "${hex('old!')}", 4, 0) = 4`,
  `7 fsync(5${at('/k/a')} <unfinished ...>`,
  `8 write(9${at('/elsewhere')}, "${hex('x')}", 1) = 1`,
  '7 <... fsync resumed>) = 0',
  `7 openat(AT_FDCWD${at('/')}, "${hex('/k')}", O_RDONLY) = 6${at('/k')}`,
  `7 fsync(6${at('/k')}) = 0`,
  `7 write(1${at('pipe')}, "${hex('said\n')}", 5) = 5`,
  `7 pwrite64(5${at('/k/a')}, "${hex('new')}", 3, 1) = 3`,
  `7 ftruncate(5${at('/k/a')}, 2) = 0`,
  `7 unlink("${hex('/k/a')}") = 0`,
  `7 unlink("${hex('/k/none')}") = -1 ENOENT (No such file or directory)`,
];

it('reads a trace: files of the folder only, calls that took effect, in their order', () => {
  expect(stepsOf(TRACE.join('\n'), '/k')).toEqual([
    { do: 'create', name: 'a', file: 0 },
    { do: 'write', file: 0, at: 0, bytes: Buffer.from('old!') },
    { do: 'sync', file: 0 },
    { do: 'sync folder' },
    { do: 'say', line: 'said' },
    { do: 'write', file: 0, at: 1, bytes: Buffer.from('new') },
    { do: 'truncate', file: 0, size: 2 },
    { do: 'unlink', name: 'a' },
  ]);
});

it.each([
  ['uses a folder within the folder', 'openat', `3${at('/')}, "${hex('/k/b/c')}", O_RDWR`],
  ['links to a file in a way that the replay does not know', 'linkat', `3${at('/k')}, "x"`],
  ['writes to a file in one', 'pwritev', `5${at('/k/a')}, [], 1, 0`],
  [
    'maps a file into memory that it shares',
    'mmap',
    `NULL, 9, PROT_WRITE, MAP_SHARED, 5${at('/k/a')}`,
  ],
])('refuses a trace of a process that %s', (_what, call, args) => {
  const trace = [...TRACE.slice(0, 1), `7 ${call}(${args}) = 0`].join('\n');
  expect(() => stepsOf(trace, '/k')).toThrow('the replay');
});

function afterCut(steps: readonly Step[], fate: Fate, seed = 1): Record<string, string> {
  const disk = new Disk();
  for (const step of steps) disk.take(step);
  const image = disk.afterCut(fate, seededRandom(seed));
  return Object.fromEntries([...image].map(([name, content]) => [name, content.toString()]));
}

it('keeps what was synced, and of the rest what fate says', () => {
  const steps = stepsOf(TRACE.slice(0, -3).join('\n'), '/k');
  expect(afterCut(steps, 'dropped')).toEqual({ a: 'old!' });
  expect(afterCut(steps, 'kept')).toEqual({ a: 'onew' });
  const all = stepsOf(TRACE.join('\n'), '/k');
  expect(afterCut(all, 'dropped')).toEqual({ a: 'old!' });
  expect(afterCut(all, 'kept')).toEqual({});
});

it('tears a write at sectors: each of them is old or new', () => {
  const file = 0;
  const steps: Step[] = [
    { do: 'create', name: 'a', file },
    { do: 'sync folder' },
    { do: 'write', file, at: 0, bytes: Buffer.alloc(2_048, 'o') },
    { do: 'sync', file },
    { do: 'write', file, at: 500, bytes: Buffer.alloc(1_048, 'n') },
  ];
  const seen = new Set<string>();
  for (let seed = 1; seed <= 200; seed += 1) {
    const { a = '' } = afterCut(steps, 'torn', seed);
    const parts = [
      a.slice(500, 512),
      a.slice(512, 1_024),
      a.slice(1_024, 1_536),
      a.slice(1_536, 1_548),
    ];
    for (const part of parts) expect(part).toMatch(/^(o+|n+)$/);
    expect(a.slice(0, 500) + a.slice(1_548)).toMatch(/^o{1000}$/);
    seen.add(parts.map((part) => part.charAt(0)).join(''));
  }
  expect(seen.size).toBe(2 ** 4);
});
