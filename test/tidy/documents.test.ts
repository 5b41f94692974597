import { expect, test } from 'vitest';
import { brokenLinks, machineTraces, nodeCommands } from './documents.ts';

const FENCE = '```';

test('links that lead nowhere are found', () => {
  const readme = `# The house & its *rules*
[a](docs/RULES.md) [b](docs/RULES.md#belief) [c](docs/) [d](#the-house--its-rules)
[e](https://example.org/x) [f](docs/gone.md) ![g](wall.png) [h](docs/RULES.md#gone) [i](#gone)
\`[j](gone.md)\` [k][ref] [l](<docs/RULES.md> "title") [m](docs/RULES.md#belief-1)
${FENCE}sh
[n](gone.md)
${FENCE}

[ref]: gone.md
`;
  const rules = `# Rules
## Belief
## Belief
[up](../README.md#the-house--its-rules) [x](README.md)`;
  const files = [
    { path: 'README.md', text: readme },
    { path: 'docs/RULES.md', text: rules },
  ];
  expect(brokenLinks(files).map((text) => text.split(':')[1]?.split(' links to ')[1])).toEqual([
    'docs/gone.md',
    'wall.png',
    'docs/RULES.md#gone',
    '#gone',
    'gone.md',
    'README.md',
  ]);
});

test('commands for a runtime are found in code, not in prose', () => {
  const found = ['`node src/main.ts`', '`sudo node a.ts`', `${FENCE}\n$ node --test\n${FENCE}`];
  for (const text of found) {
    expect(nodeCommands([{ path: 'README.md', text }])).toHaveLength(1);
  }
  const fine =
    'Each node is one. `npm run sim`, `/usr/bin/node x`, `node_modules/.bin/node a`, `node`';
  expect(nodeCommands([{ path: 'README.md', text: fine }])).toEqual([]);
  expect(nodeCommands([{ path: 'package.json', text: '`node a.ts`' }])).toEqual([]);
});

test('paths of one machine and hosts of registries are found', () => {
  const traces = [
    ['', 'work', 'main'].join('/'),
    ['', 'home', 'jo', 'lockerd'].join('/'),
    ['', 'root', '.npmrc'].join('/'),
    ['https://registry', 'npmjs', 'org'].join('.'),
    ['https://example.org', 'artifactory', ''].join('/'),
    ['registry', 'https://example.org'].join('='),
  ];
  for (const text of traces) {
    expect(machineTraces([{ path: '.npmrc', text: `a\n${text}` }])[0]).toMatch(/^\.npmrc:2 /);
  }
  const fine = 'net/work/a src/home/x ~/work/a work/shared ./root/x https://example.org/';
  expect(machineTraces([{ path: 'README.md', text: fine }])).toEqual([]);
  const locked = { path: 'package-lock.json', text: '"resolved": "https://example.org/a.tgz"' };
  expect(machineTraces([locked])).toHaveLength(1);
});
