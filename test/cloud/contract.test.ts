import { readdirSync, readFileSync } from 'node:fs';
import specs from '@asyncapi/specs';
import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { contractText, DOCUMENTED, examplesOf, jsonSchemaOf } from './asyncapi.ts';

const path = new URL('../../docs/asyncapi.yaml', import.meta.url);
const inDocument = new Ajv({ strict: false, validateFormats: false });

describe('the contract with the cloud', () => {
  it('is on disk as the schemas of the program say; `npm run contract` writes it', () => {
    expect(readFileSync(path, 'utf8')).toBe(contractText());
  });

  it('is a document of AsyncAPI 3', () => {
    const schema = specs.schemasWithoutId['3.0.0'];
    const ajv = new Ajv({ strict: false, validateFormats: false, logger: false });
    const isOne: ValidateFunction = ajv.compile(schema as object);
    isOne(parse(readFileSync(path, 'utf8')));
    expect(isOne.errors).toBeNull();
  });

  it('has examples of every message, and of nothing else', () => {
    const files = readdirSync(new URL('../vectors/cloud/', import.meta.url));
    const names = DOCUMENTED.map(({ name }) => `${name}.json`);
    expect(files.sort()).toEqual([...names].sort());
  });
});

describe.each(DOCUMENTED)('the message $name', (message) => {
  const { good, bad } = examplesOf(message.name);
  const isValid = inDocument.compile(jsonSchemaOf(message));

  it.each(good.map((example) => [JSON.stringify(example).slice(0, 60), example]))(
    'takes %s',
    (_text, example) => {
      expect(message.schema.safeParse(example).error?.issues ?? []).toEqual([]);
      isValid(example);
      expect(isValid.errors).toBeNull();
    },
  );

  it('takes fields that it does not know', () => {
    const [first] = good;
    const later = Array.isArray(first) ? first : { ...(first as object), later: true };
    expect(message.schema.safeParse(later).success).toBe(true);
    expect(isValid(later)).toBe(true);
  });

  it.each(bad.map(({ why, message: example }) => [why, example]))('refuses %s', (_why, example) => {
    expect(message.schema.safeParse(example).success).toBe(false);
    expect(isValid(example)).toBe(false);
  });
});
