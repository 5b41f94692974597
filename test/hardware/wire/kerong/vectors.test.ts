import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hex } from '../../../../hardware/wire/kerong/frame.ts';
import { kerongCu16Family } from '../../../../hardware/wire/kerong-cu16/family.ts';
import { kerongCu48Family } from '../../../../hardware/wire/kerong-cu48/family.ts';
import { bytes, short, vectorsOf } from './vectors.ts';

describe.each([kerongCu16Family, kerongCu48Family])('$name', (family) => {
  const vectors = vectorsOf(family.name);
  const page = readFileSync(
    new URL(`../../../../hardware/wire/${family.name}/README.md`, import.meta.url),
    'utf8',
  );

  test.each(vectors.requests)('$about: $ask', ({ address, request, ask }) => {
    expect(hex(family.dialect(0).ask(address, request))).toBe(ask);
  });

  test.each(vectors.replies)('$about: $answer', ({ address, request, settings, answer, reply }) => {
    const dialect = family.dialect(0);
    dialect.ask(address, request, settings);
    expect(short(dialect.receive(bytes(answer)))).toEqual([reply]);
    expect(bytes(answer).length).toBe(family.replyBytesMax(request, family.channelsMax));
  });

  test.each(vectors.refused)('refused, $about: $bytes', ({ bytes: text, settings, reason }) => {
    const dialect = family.dialect(0);
    dialect.ask(0, { kind: 'status', channels: family.channelsMax }, settings);
    expect(short([...dialect.receive(bytes(text)), ...dialect.gap()])).toContain(reason);
    expect(short(dialect.gap())).toEqual([]);
  });

  test('the page of the family shows every vector', () => {
    const { requests, replies, refused } = vectors;
    const frames = [
      ...requests.map(({ ask }) => ask),
      ...replies.map(({ answer }) => answer),
      ...refused.map((one) => one.bytes),
    ];
    expect(frames.filter((frame) => !page.includes(`\`${frame}\``))).toEqual([]);
  });

  test('the page names every setting and every choice, the default first', () => {
    for (const [name, choices] of Object.entries(family.settings)) {
      expect(page).toContain(`| \`${name}\` | \`${choices.join('`, `')}\` |`);
    }
  });
});

test('two readings with the same sum are two readings', () => {
  const dialect = kerongCu16Family.dialect(0);
  const readings = ['02 00 35 FF FF 00 00 03 38', '02 00 35 FE FF 01 00 03 38'].map((text) => {
    dialect.ask(0, { kind: 'status', channels: 2 });
    return short(dialect.receive(bytes(text)));
  });
  expect(readings).toEqual([
    [{ contacts: '11', occupied: '00' }],
    [{ contacts: '01', occupied: '10' }],
  ]);
});
