import { type Import, importsOf } from './imports.ts';
import { type Finding, finding, isIn, type Source } from './source.ts';

/** What one layer may import, besides itself; folders end in a slash. */
interface Layer {
  /** The files that the row is about; the first row that names a file counts. */
  readonly layer: readonly string[];
  readonly files: readonly string[];
  /** Files of which only types may be imported. */
  readonly types?: readonly string[];
  readonly packages?: readonly string[];
  readonly node?: readonly string[];
}

const ANY = ['*'];
const DOMAIN = 'src/domain/';
const PORTS = ['ports', 'store-port', 'notice-port'].map((name) => `src/control/${name}.ts`);

/** The import table of the house: who may know of whom. */
const LAYERS: readonly Layer[] = [
  {
    layer: [
      ...['src/main.ts', 'src/command-line.ts', 'src/commands/', 'src/keypad.ts', 'src/app.ts'],
      'src/compose/',
    ],
    files: ['src/', 'hardware/index.ts', 'package.json'],
    packages: ANY,
    node: ANY,
  },
  {
    layer: ['src/config/'],
    files: [DOMAIN],
    packages: ['zod', 'smol-toml'],
    node: ['node:fs'],
  },
  {
    layer: ['src/platform/'],
    files: PORTS,
    packages: [
      ...['@peculiar/x509', '@serialport/bindings-cpp', 'koffi', 'otplib', 'pino'],
      'reflect-metadata',
    ],
    node: ANY,
  },
  { layer: ['src/domain/slot-machine.ts'], files: [DOMAIN], packages: ['xstate'] },
  { layer: [DOMAIN], files: [] },
  { layer: ['src/control/'], files: [DOMAIN] },
  {
    layer: ['src/store/'],
    files: [DOMAIN, ...PORTS],
    packages: ['better-sqlite3'],
    node: ['node:fs', 'node:path', 'node:worker_threads'],
  },
  {
    layer: ['src/device/'],
    files: [DOMAIN, ...PORTS, 'hardware/index.ts'],
    types: ['src/control/door-watch.ts'],
  },
  { layer: ['src/cloud/'], files: [DOMAIN, 'src/control/'], packages: ['mqtt', 'zod'] },
  {
    layer: ['src/notify/'],
    files: [DOMAIN, ...PORTS],
    packages: ['nodemailer', 'qrcode'],
    node: ['node:crypto', 'node:fs', 'node:path'],
  },
  { layer: ['src/kiosk/'], files: [DOMAIN, 'src/control/'], packages: ['ink', 'react'] },
  {
    layer: ['src/api/'],
    files: [DOMAIN, 'src/control/'],
    packages: ['fastify', 'prom-client', 'zod'],
    types: ['src/kiosk/screen.ts'],
    node: ['node:fs', 'node:net', 'node:path'],
  },
  {
    layer: ['src/fleet/'],
    files: ['src/cloud/topics.ts', 'src/cloud/messages.ts', 'src/control/recorder.ts'],
    types: PORTS,
    packages: ['mqtt'],
  },
  { layer: ['src/offline/'], files: [DOMAIN, 'src/control/', 'src/store/'] },
  {
    layer: ['src/cli/'],
    files: [
      DOMAIN,
      'src/fleet/',
      'src/offline/',
      'src/config/',
      'src/kiosk/terminal.ts',
      ...['src/platform/exit-status.ts', 'src/platform/clock.ts', 'src/platform/random.ts'],
      'src/platform/command-key.ts',
      'package.json',
    ],
    types: ['src/api/', 'src/kiosk/screen.ts'],
    packages: ['commander', 'ink', 'react'],
    node: ANY,
  },
  { layer: ['hardware/index.ts'], files: ['hardware/'] },
  { layer: ['hardware/wire/'], files: [] },
  {
    layer: ['hardware/bus/tcp-port.ts'],
    files: ['hardware/bus/'],
    node: ['node:net'],
  },
  {
    layer: ['hardware/bus/serial-port.ts'],
    files: ['hardware/bus/'],
    packages: ['serialport'],
    node: ['node:fs'],
  },
  {
    layer: ['hardware/bus/'],
    files: ['hardware/wire/'],
    packages: ['serialport', '@serialport/parser-readline'],
  },
  {
    layer: ['sim/'],
    files: [
      'hardware/wire/',
      'src/app.ts',
      'src/config/',
      DOMAIN,
      ...PORTS,
      'src/kiosk/',
      'src/cloud/topics.ts',
      'src/cloud/messages.ts',
    ],
    types: ['hardware/bus/byte-port.ts', 'hardware/bus/clock.ts', 'src/cloud/broker.ts'],
    packages: ['@lydell/node-pty', 'ink', 'mqtt', 'react', 'smol-toml', 'zod'],
    node: ANY,
  },
  {
    layer: ['test/', 'bench/', 'vitest.config.ts'],
    files: ['src/', 'hardware/', 'sim/', 'test/', 'bench/'],
    packages: ANY,
    node: ANY,
  },
];

/** Packages that one file alone imports; tests may look at what that file made of them. */
const ONE_IMPORTER = ['xstate', 'serialport', '@serialport/parser-readline'];

export function layerBreaks(files: readonly Source[]): Finding[] {
  return files.flatMap((file) => {
    const row = LAYERS.find(({ layer }) => isIn(file.path, layer));
    if (row === undefined) return [finding(file, 0, 'belongs to no layer of the import table')];
    return importsOf(file)
      .filter((one) => !allows(row, one))
      .map((one) => {
        const how = isIn(one.target, row.types ?? []) ? ' except its types' : '';
        return finding(file, one.at, `must not import ${one.target}${how}`);
      });
  });
}

function allows(row: Layer, { kind, target, typeOnly }: Import): boolean {
  if (kind === 'package') return hasName(row.packages, target);
  if (kind === 'node') return hasName(row.node, target);
  const isOwn = isIn(target, row.layer) || isIn(target, row.files);
  return isOwn || (typeOnly && isIn(target, row.types ?? []));
}

function hasName(names: readonly string[] | undefined, name: string): boolean {
  return names !== undefined && (names.includes('*') || names.includes(name));
}

export function sharedPackages(files: readonly Source[]): Finding[] {
  const first = new Map<string, string>();
  const found: Finding[] = [];
  for (const file of files) {
    for (const { at, target } of importsOf(file)) {
      if (!ONE_IMPORTER.includes(target) || isIn(file.path, ['test/', 'bench/'])) continue;
      const owner = first.get(target) ?? file.path;
      first.set(target, owner);
      if (owner === file.path) continue;
      found.push(finding(file, at, `imports ${target}, which ${owner} alone may do`));
    }
  }
  return found;
}

/** Each way round that imports go in a circle, once, types included. */
export function importCycles(files: readonly Source[]): Finding[] {
  const graph = new Map(
    files
      .filter(({ path }) => isIn(path, ['src/', 'hardware/', 'sim/']))
      .map((file) => [file.path, importsOf(file).map(({ target }) => target)]),
  );
  const found: Finding[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const since = trail.indexOf(path);
    if (since >= 0) found.push(`${[...trail.slice(since), path].join(' → ')} is a circle`);
    if (since >= 0 || done.has(path)) return;
    for (const target of graph.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}
