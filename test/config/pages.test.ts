import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { families } from '../../hardware/index.ts';
import { loadConfig } from '../../src/config/load.ts';
import { changed, GOOD, load, refusal } from './bench.ts';

const textOf = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

it.each(['kerong-cu16', 'kerong-cu48', 'shuoming-8a', 'waveshare-relay-d'])(
  'M1 the page of %s shows a board with every setting at its default',
  (name) => {
    const page = textOf(`hardware/wire/${name}/README.md`);
    const [, board = ''] = /```toml\n\[\[buses\.boards\]\]\n([^`]*)```/.exec(page) ?? [];
    expect(board).toContain(`family = "${name}"`);
    const keen = 'id = "A"\naddress = 1\nfamily = "keen"\nchannels = 8\n';
    const senses = changed('occupancy = true\n', '');
    const bulk = new Map([...families, ['plain', families.get('line') ?? never()]]);
    const [{ boards } = { boards: [] }] = load(changed(keen, board, senses), bulk).buses;
    const settings = Object.entries(families.get(name)?.settings ?? {});
    expect(boards[0]?.settings).toEqual(
      Object.fromEntries(settings.map(([key, [usual]]) => [key, usual])),
    );
    for (const [key] of settings) expect(board).toContain(`${key} = "`);
  },
);

it('M1 the example names the settings, the rates and what accepts numbers that are guessed', () => {
  const text = textOf('src/config/example.toml');
  const bad = changed('name = "left"', 'name = "left"\nbaud = 1');
  const rates = refusal(bad).problems[0]?.allowed.split(' or ') ?? [];
  expect(rates).toHaveLength(5);
  const line = text.split('\n').find((one) => one.startsWith('# baud = ')) ?? '';
  for (const rate of rates) expect(line).toContain(rate);
  expect(text).toContain('# settings = ');
  const unguarded = changed('[keys]', '[policy]\nacceptGuessable = ""\n[keys]', GOOD);
  const [, phrase = ''] = /exactly (".*")/.exec(refusal(unguarded).message) ?? [];
  expect(text).toContain(`# acceptGuessable = ${phrase}`);
});

it('M1 D8 the config that the package brings is good', () => {
  const path = fileURLToPath(new URL('../../systemd/kiosk.toml', import.meta.url));
  const { database, api, site } = loadConfig(path, families);
  expect(database.path).toBe('/var/lib/lockerd/lockerd.db');
  expect(api.folder).toBe('/run/lockerd');
  expect(site.production).toBe(false);
});

function never(): never {
  throw new RangeError('no such family');
}
