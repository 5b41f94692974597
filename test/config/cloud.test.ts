import { describe, expect, it } from 'vitest';
import { GOOD, load, refusal } from './bench.ts';

const KEY = (digit: string): string => `MCowBQYDK2VwAyEA${digit.repeat(43)}=`;

const LINES: Readonly<Record<string, string>> = {
  broker: '"mqtts://broker.example:8883"',
  certificate: '"etc/LOC001.crt"',
  key: '"etc/LOC001.key"',
  ca: '"etc/ca.crt"',
  rootKey: `"${KEY('A')}"`,
  commandKey: `"${KEY('B')}"`,
  peopleKey: `"${KEY('C')}"`,
};

/** A file with a cloud, in which some keys are others; null leaves one out. */
function withCloud(change: Readonly<Record<string, string | null>> = {}): string {
  const lines = Object.entries({ ...LINES, ...change })
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key} = ${value}`);
  return `${GOOD}\n[cloud]\n${lines.join('\n')}\n`;
}

const LOCAL = { broker: '"mqtt://localhost:1883"', certificate: null, key: null, ca: null };

const CASES: readonly (readonly [
  change: Readonly<Record<string, string | null>>,
  key: string,
  allowed: string,
])[] = [
  [{ broker: '"broker.example"' }, 'cloud.broker', '"mqtts://host:port"'],
  [{ broker: '"mqtt://broker.example:1883"' }, 'cloud.broker', 'for a broker on the machine'],
  [{ broker: null }, 'cloud.broker', '"mqtts://host:port"'],
  [{ certificate: null }, 'cloud.certificate', 'the path of a PEM file'],
  [{ key: null }, 'cloud.key', 'the path of a PEM file'],
  [{ ca: null }, 'cloud.ca', 'the path of a PEM file'],
  [{ ...LOCAL, ca: '"etc/ca.crt"' }, 'cloud.ca', 'nothing where the broker is "mqtt://…"'],
  [{ signed: '"off"' }, 'cloud.signed', '"require": only a demonstration'],
  [{ signed: '"no"' }, 'cloud.signed', '"require" or "off"'],
  [{ rootKey: '"MCowBQYDK2Vw"' }, 'cloud.rootKey', 'the public half of an Ed25519 key'],
  [{ commandKey: null }, 'cloud.commandKey', 'the public half of an Ed25519 key'],
  [{ peopleKey: '7' }, 'cloud.peopleKey', 'the public half of an Ed25519 key'],
  [{ notifyKey: '"MCowBQYDK2Vw"' }, 'cloud.notifyKey', 'the public half of an X25519 key'],
  [{ topic: '"x"' }, 'cloud.topic', 'broker, certificate, key'],
];

describe('the section [cloud]', () => {
  it('takes a broker with certificates, and one on the machine without', () => {
    expect(load(withCloud()).cloud).toMatchObject({ signed: 'require' });
    expect(load(withCloud({ ...LOCAL, signed: '"off"' })).cloud).toMatchObject({ signed: 'off' });
  });

  it.each(CASES)('refuses %j and names %s', (change, key, allowed) => {
    const { problems } = refusal(withCloud(change));
    expect(problems.map((problem) => problem.key)).toEqual([key]);
    expect(problems[0]?.allowed).toContain(allowed);
  });
});
