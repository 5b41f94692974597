import type { Finding } from './finding.ts';
import type { Loose } from './loose.ts';
import type { File } from './schema.ts';

const TLS_FILES = ['certificate', 'key', 'ca'] as const;

/** Holds the way to the broker against what protects it. */
export function checkCloud({ cloud }: Loose<File>): Finding[] {
  if (cloud?.broker === undefined) return [];
  const isSecure = cloud.broker.startsWith('mqtts:');
  const missing = TLS_FILES.filter((name) => cloud[name] === undefined);
  const findings: Finding[] = isSecure
    ? missing.map((name) => ({ path: ['cloud', name], allowed: 'the path of a PEM file' }))
    : TLS_FILES.filter((name) => cloud[name] !== undefined).map((name) => {
        return { path: ['cloud', name], allowed: 'nothing where the broker is "mqtt://…"' };
      });
  if (!isSecure || cloud.signed !== 'off') return findings;
  const allowed = '"require": only a demonstration on the machine itself may do without';
  return [...findings, { path: ['cloud', 'signed'], allowed }];
}
