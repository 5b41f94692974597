import { expect, test } from 'vitest';
import { bannedThings } from './banned.ts';
import { unreadKeys } from './config-keys.ts';
import { exportsForTests, unusedExports } from './exports.ts';
import { importCycles, layerBreaks, sharedPackages } from './layers.ts';
import { packageMismatches } from './packages.ts';
import { foreignWords, strayBytes, strayPulses, strayQueries, strayTopics } from './places.ts';
import { longFiles, longFunctions, longLines } from './sizes.ts';
import { type Finding, source } from './source.ts';

/** A small tree: paths and what is in them. */
type Tree = Readonly<Record<string, string>>;

const sourcesIn = (tree: Tree) => Object.entries(tree).map(([path, text]) => source(path, text));

/** Where the check finds something: `path:line`, in order. */
const places = (findings: readonly Finding[]) => findings.map((text) => text.split(' ')[0]);

test.each([
  ['src/domain/code.ts', "import { z } from 'zod';"],
  ['src/domain/code.ts', "import { readFileSync } from 'node:fs';"],
  ['src/domain/code.ts', "import type { Store } from '../control/ports.ts';"],
  ['src/domain/code.ts', "import { setup } from 'xstate';"],
  ['src/control/collect.ts', "import '../store/open-store.ts';"],
  ['src/control/collect.ts', "import type { Bus } from '../../hardware/index.ts';"],
  ['src/control/collect.ts', "import { join } from 'node:path';"],
  ['src/store/journal.ts', "import { OpenSlot } from '../control/open-slot.ts';"],
  ['src/store/journal.ts', "export { Bus } from '../../hardware/index.ts';"],
  ['src/device/lock-bank.ts', "import { Bus } from '../../hardware/bus/bus.ts';"],
  ['src/device/lock-bank.ts', "import { DoorWatch } from '../control/door-watch.ts';"],
  ['src/config/load.ts', "const ink = await import('ink');"],
  ['src/platform/log.ts', "import type { Slot } from '../domain/slot.ts';"],
  ['src/notify/mail.ts', "import mqtt from 'mqtt';"],
  ['src/kiosk/panel.ts', "type Db = import('better-sqlite3').Database;"],
  ['src/app.ts', "import { Wall } from '../sim/wall.ts';"],
  ['src/app.ts', "import { Bus } from '../hardware/bus/bus.ts';"],
  ['src/stray.ts', 'export const x = 1;'],
  ['hardware/wire/crc16.ts', "import { Bus } from '../bus/bus.ts';"],
  ['hardware/wire/crc16.ts', "import { createHash } from 'node:crypto';"],
  ['hardware/bus/bus.ts', "import { Wall } from '../../sim/wall.ts';"],
  ['hardware/bus/bus.ts', "import type { Clock } from '../../src/control/ports.ts';"],
  ['sim/wall.ts', "import { serialPort } from '../hardware/bus/serial-port.ts';"],
  ['sim/wall.ts', "import { BytePort } from '../hardware/bus/byte-port.ts';"],
  ['sim/wall.ts', "import { OpenSlot } from '../src/control/open-slot.ts';"],
])('the import table forbids it: %s %s', (path, text) => {
  expect(places(layerBreaks([source(path, `// why\n${text}\n`)]))).toEqual([
    `${path}:${path === 'src/stray.ts' ? 1 : 2}`,
  ]);
});

test.each([
  ['src/domain/slot-machine.ts', "import { setup } from 'xstate';"],
  ['src/domain/slot.ts', "// import { z } from 'zod';\nconst text = \"import 'zod'\";"],
  ['src/device/lock-bank.ts', "import type { Edge } from '../control/door-watch.ts';"],
  ['src/device/lock-bank.ts', "import { type Edge } from '../control/door-watch.ts';"],
  ['src/store/journal.ts', "import type { Store } from '../control/ports.ts';"],
  ['src/main.ts', "import { startApp } from './app.ts';\nimport 'node:fs';\nimport 'pino';"],
  ['sim/pty-port.ts', "import type { BytePort } from '../hardware/bus/byte-port.ts';"],
  ['test/a.test.ts', "import { Bus } from '../hardware/bus/bus.ts';\nimport 'ink';"],
])('the import table allows it: %s %s', (path, text) => {
  expect(layerBreaks([source(path, text)])).toEqual([]);
});

test('a second importer of a package with one importer is found', () => {
  const text = "import { SerialPort } from 'serialport';";
  const tree = { 'hardware/bus/port.ts': text, 'sim/pty.ts': text, 'test/a.test.ts': text };
  expect(places(sharedPackages(sourcesIn(tree)))).toEqual(['sim/pty.ts:1']);
});

test('a circle of imports is found once, through types too', () => {
  const tree = {
    'src/a.ts': "import { b } from './deep/b.ts';",
    'src/deep/b.ts': "import type { C } from '../c.ts';",
    'src/c.ts': "export { a } from './a.ts';",
    'src/d.ts': "import './a.ts';",
  };
  expect(importCycles(sourcesIn(tree))).toEqual([
    'src/a.ts → src/deep/b.ts → src/c.ts → src/a.ts is a circle',
  ]);
});

test('packages that are not declared, not shipped or not used are found', () => {
  const manifest = {
    path: 'package.json',
    text: '{"dependencies":{"zod":"1","idle":"1"},\n"devDependencies":{"vitest":"1","a":"1"}}',
  };
  const tree = {
    'src/a.ts': "import 'zod/mini';\nimport '@scope/lost/deep';\nimport 'a';",
    'test/a.test.ts': "import 'a';\nimport 'b';",
  };
  expect(places(packageMismatches(sourcesIn(tree), manifest))).toEqual([
    'src/a.ts:2',
    'src/a.ts:3',
    'test/a.test.ts:2',
    'package.json:1',
  ]);
});

test('what is too long is found, by a line or a character', () => {
  const lines = (count: number) => 'x;\n'.repeat(count);
  const tree = { 'src/fits.ts': lines(300), 'src/long.ts': lines(301) };
  expect(places(longFiles(sourcesIn(tree)))).toEqual(['src/long.ts:1']);
  const wide = { 'src/wide.ts': `${'é'.repeat(100)}\n${'x'.repeat(101)}\n` };
  expect(places(longLines(sourcesIn(wide)))).toEqual(['src/wide.ts:2']);
});

test.each([
  'function f(a: number): Map<string, () => void> {',
  'async function f<T extends { a: 1 }>(): Promise<{ readonly a: T } | undefined> {',
  'class A { #f(a: string): asserts a is "b" {',
  'class A { get f() {',
  'const f = async (a = g(1)) => {',
  'const f = ({ a }: { a: number }): ((b: 1) => void) => {',
  'const f = a => {',
  "it('does', async () => {",
  "describe('all', () => { it.each([1])('%i', () => {",
])('a function of more than 60 lines is found: %s', (head) => {
  const body = (count: number) => `\n  // }${'\n  x({ a: [1] });'.repeat(count)}\n}`;
  expect(longFunctions([source('src/a.ts', head + body(57))])).toEqual([]);
  expect(longFunctions([source('src/a.ts', head + body(58))])).toHaveLength(1);
});

test.each([
  "describe('all', () => {",
  "describe.each([1, 2])('all %i', (one) => {",
  'const table = {',
  'if (f(a)) {',
  'class A extends B {',
  'interface A { f(a: string): void; g: (a: { b: 1 }) => { c: 1 };',
  'const a = b ? f(c) : {',
])('what is no function may be longer: %s', (head) => {
  const text = `${head}${'\n  a: 1,'.repeat(80)}\n}`;
  expect(longFunctions([source('test/a.test.ts', text)])).toEqual([]);
});

const note = ['TO', 'DO'].join('');

test.each([
  'const t = Date.now();',
  'const t = new Date();',
  'const t = new Date;',
  'const t = Date();',
  'performance.now();',
  'await new Promise((r) => setTimeout(r, 5));',
  'queueMicrotask(f);',
  "import { setImmediate } from 'node:timers';",
  'process.nextTick(f);',
  'AbortSignal.timeout(5);',
  'Math.random();',
  'crypto.randomUUID();',
  `const text = \`a \${randomInt(5)}\`;`,
  'console.log(1);',
  'process.exit(1);',
  "vi.mock('./a.ts');",
  'const a = b as any;',
  'function f(a: any) {}',
  'enum A { b }',
  'namespace A { }',
  'class A { constructor(private readonly a: number) {} }',
  'class A { constructor(\n  a: string,\n  readonly b: number,\n) {} }',
  '// @ts-expect-error why not',
  '// biome-ignore lint: no',
  `/* ${note} later */`,
])('it is banned: %s', (text) => {
  expect(places(bannedThings([source('src/control/a.ts', text)]))).toEqual([
    expect.stringMatching(/^src\/control\/a\.ts:[12]$/),
  ]);
});

test.each([
  ['src/control/a.ts', 'new Date(wallMs); clearTimeout(t); array.only; "Math.random()"; /enum/;'],
  ['src/control/a.ts', 'class A { constructor(a: readonly B[], b: { readonly c: 1 }) {} }'],
  ['src/control/a.ts', '// Date.now() would be wrong here.\nconst company: many = 1;'],
  ['src/platform/clock.ts', 'Date.now(); performance.now(); setTimeout(f, 1); randomBytes(1);'],
  ['sim/real-clock.ts', 'Date.now(); performance.now(); setTimeout(f, 1); console.log();'],
  ['test/a.test.ts', 'setTimeout(f, 1); setImmediate(f);'],
  ['test/a.test.ts', 'port.fails(); board.only(1); list.skip(2); it.each([1])'],
  ['src/main.ts', 'console.error(1); process.exit(1);'],
])('it is not banned: %s %s', (path, text) => {
  expect(bannedThings([source(path, text)])).toEqual([]);
});

test.each([
  'it.skip(',
  'it.concurrent.only(',
  'test.todo(',
  'describe.skip.each(a)(',
  'it.skipIf(ci)(',
  'it(a, { skip: true }, ',
])('a test that does not run is found: %s', (text) => {
  expect(bannedThings([source('test/a.test.ts', `${text}'name');`)])).toHaveLength(1);
});

test('whoever else sends a pulse or unlocks a board is found', () => {
  const tree = {
    'src/control/open-slot.ts': 'locks.pulse(slot);',
    'src/control/collect.ts': 'this.#parts.locks?.pulse (slot);',
    'src/device/lock-bank.ts': 'class A { pulse(slot: string) { bus.unlock(job); } }',
    'src/cli/door.ts': 'bus.unlock(job);',
    'hardware/bus/bus.ts': 'this.#session.unlock(job);',
  };
  expect(places(strayPulses(sourcesIn(tree)))).toEqual([
    'src/control/collect.ts:1',
    'src/cli/door.ts:1',
  ]);
});

test.each([
  "db.prepare('SELECT * FROM slots')",
  `db.exec(\`\n  UPDATE slots SET body = \${a}\`)`,
  'const q = "INSERT OR REPLACE INTO slots VALUES (1)";',
  "'DELETE FROM ' + table",
  "'CREATE UNIQUE INDEX a ON b (c)'",
  "'PRAGMA journal_mode = WAL'",
])('a query outside the store is found: %s', (text) => {
  expect(strayQueries([source('src/control/a.ts', text)])).toHaveLength(1);
  expect(strayQueries([source('src/store/a.ts', text)])).toEqual([]);
  expect(strayQueries([source('src/control/a.ts', `// ${text.replaceAll('\n', '')}`)])).toEqual([]);
});

test('topics, bytes and words outside their place are found', () => {
  const topic = `const t = \`lockerd/v1/\${site}/state\`;`;
  expect(strayTopics([source('src/cloud/link.ts', topic)])).toHaveLength(1);
  expect(strayTopics([source('src/cloud/topics.ts', topic)])).toEqual([]);
  const frames = ['Uint8Array.of(2, 3)', 'Buffer.from([1])', 'write([0x02, 0x50])'];
  for (const frame of frames) {
    expect(strayBytes([source('src/device/lock-bank.ts', frame)])).toHaveLength(1);
    expect(strayBytes([source('hardware/bus/bus.ts', frame)])).toHaveLength(1);
    expect(strayBytes([source('hardware/wire/frame.ts', frame)])).toEqual([]);
  }
  const words = '/** As MQTT does. */\nconst sql = serialise(serial);\n';
  expect(places(foreignWords([source('src/domain/a.ts', words)]))).toEqual([
    'src/domain/a.ts:1',
    'src/domain/a.ts:2',
    'src/domain/a.ts:2',
  ]);
  expect(foreignWords([source('src/store/a.ts', words)])).toEqual([]);
});

test('keys of the config that nothing reads are found', () => {
  const schema = `const FILE = z.strictObject({
    site: table({ id, 'help-phone': text, city }),
    rows, dead });`;
  const config = `interface Config {
    readonly site: { readonly helpPhone: string;
      readonly id?: string } }
    interface Limits { readonly other: number }`;
  const tree = {
    'src/config/schema.ts': schema,
    'src/config/config.ts': config,
    'src/config/load.ts': 'const { rows, id } = file; file.dead_end; file.city;',
    'src/app.ts': 'config.site; const dead = { dead: 1 };',
    'src/kiosk/help.ts': 'const help = ({ helpPhone: number }: Site) => number;',
  };
  expect(unreadKeys(sourcesIn(tree))).toEqual([
    "src/config/config.ts:3 has 'id', which nothing reads",
    "src/config/schema.ts:3 takes 'dead', which nothing reads",
  ]);
});

test('exports that nothing, or only a test, uses are found', () => {
  const tree = {
    'src/a.ts': 'export const one = 1;\nexport function two() {}\nexport type Three = 3;\n',
    'src/b.ts': "import { one as uno } from './a.ts';\nimport * as c from './c.ts';\nc.five();",
    'src/d.ts': "const { six: seven } = await import('./e.ts');",
    'src/e.ts': 'export const six = 6;\nexport const eight = 8;\n',
    'src/c.ts': 'const x = 4;\nexport { x as four };\nexport async function five() {}\n',
    'test/a.test.ts': "import { two, type Three } from '../src/a.ts';",
    'hardware/index.ts': "export { Bus, type Verdict } from './bus/bus.ts';",
    'hardware/bus/bus.ts': 'export class Bus {}\nexport interface Verdict {}\nexport class Lost {}',
  };
  expect(places(unusedExports(sourcesIn(tree)))).toEqual([
    'src/e.ts:2',
    'src/c.ts:2',
    'hardware/bus/bus.ts:3',
  ]);
  expect(places(exportsForTests(sourcesIn(tree)))).toEqual(['src/a.ts:2']);
});
