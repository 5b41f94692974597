import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, hkdfSync } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sealedBox } from '../../src/platform/sealed-box.ts';
import { Bench } from '../app/bench-kiosk.ts';
import { lockerd, writeConfig } from '../app/daemon-bench.ts';

const openssl = (cwd: string, ...args: string[]): string =>
  execFileSync('openssl', args, { cwd, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });

/** Two authorities, of which one signs the kiosk's request. */
function signAsOperator(folder: string): void {
  for (const authority of ['ca', 'other']) {
    const made = [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      `${authority}.key`,
    ];
    openssl(
      folder,
      'req',
      '-x509',
      ...made,
      '-subj',
      `/CN=${authority}`,
      '-out',
      `${authority}.crt`,
    );
  }
  const sign = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-out', 'kiosk.crt'];
  openssl(folder, 'x509', '-req', '-in', 'kiosk.csr', ...sign);
}

it('B3 kiosk and operator exchange keys by files, and the device key goes out once', async () => {
  const bench = new Bench().start();
  bench.stop();
  const { folder } = bench;
  const config = writeConfig(folder, 'site');
  const enrol = (...args: string[]) => lockerd('enrol', ...args, '--config', config);
  const at = (name: string) => join(folder, name);

  expect(await enrol('request', '--out', at('request.json'))).toMatchObject({ status: 0 });
  const { csr, publicKeys } = JSON.parse(readFileSync(at('request.json'), 'utf8'));
  writeFileSync(at('kiosk.csr'), csr);
  expect(openssl(folder, 'req', '-in', 'kiosk.csr', '-noout', '-verify', '-subject')).toMatch(
    /subject=CN ?= ?LOC001/,
  );
  expect(statSync(at('cloud.key')).mode & 0o777).toBe(0o600);
  expect(Object.keys(publicKeys)).toEqual(['audit', 'grant', 'box']);

  signAsOperator(folder);
  const secret = Buffer.from(hkdfSync('sha256', 'operator', '', '', 32));
  const operator = sealedBox(secret);
  const [rootKey, commandKey, peopleKey] = [1, 2, 3].map(() =>
    generateKeyPairSync('ed25519')
      .publicKey.export({ format: 'der', type: 'spki' })
      .toString('base64'),
  );
  const hand = (ca: string) => {
    const certificate = readFileSync(at('kiosk.crt'), 'utf8');
    const keys = { rootKey, commandKey, peopleKey, operatorKey: operator.publicKey };
    writeFileSync(at('handed.json'), JSON.stringify({ certificate, ca, ...keys }));
  };
  hand(readFileSync(at('other.crt'), 'utf8'));
  const foreign = await enrol('accept', at('handed.json'));
  expect(foreign).toMatchObject({ status: 78, text: expect.stringContaining('that authority') });
  hand(readFileSync(at('ca.crt'), 'utf8'));
  const accepted = await enrol('accept', at('handed.json'));
  expect(accepted).toMatchObject({ status: 0 });
  const [, cloud = ''] = /(\[cloud\][\s\S]*)$/.exec(accepted.text) ?? [];
  const enrolled = writeConfig(folder, 'enrolled', '[[lockers]]', `${cloud}\n[[lockers]]`);
  expect((await lockerd('check-config', '--config', enrolled)).text).toContain('good, 15 slots');

  // What went wrong has given the key to nobody, and counts for nothing.
  expect((await enrol('export-key', '--out', at('missing/sealed.json'))).status).not.toBe(0);
  const operatorKey = readFileSync(at('operator.pub'));
  writeFileSync(at('operator.pub'), 'no key');
  expect((await enrol('export-key', '--out', at('sealed.json'))).status).not.toBe(0);
  writeFileSync(at('operator.pub'), operatorKey);
  expect((await enrol('export-key', '--out', at('sealed.json'))).status).toBe(0);
  const { sealed } = JSON.parse(readFileSync(at('sealed.json'), 'utf8'));
  expect(`${operator.open('LOC001 device.key', sealed)}\n`).toBe(
    readFileSync(at('device.key'), 'utf8'),
  );
  const again = await enrol('export-key', '--out', at('sealed.json'));
  expect(again).toMatchObject({ status: 78, text: expect.stringContaining('exported before') });
});
