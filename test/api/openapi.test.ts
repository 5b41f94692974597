import { expect, it } from 'vitest';
import { Bench } from '../app/bench-kiosk.ts';
import { served } from './api-bench.ts';

it('D7 serves the document that is checked in; `--update` writes it', async () => {
  const { ask } = await served(new Bench().start());
  const { body } = await ask('ro', 'GET', '/openapi.json');
  const text = `${JSON.stringify(body, null, 2)}\n`;
  await expect(text).toMatchFileSnapshot('../../docs/openapi.json');
});
