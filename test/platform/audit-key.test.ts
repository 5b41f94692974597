import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSeal, openSealCheck, publicAuditKey } from '../../src/platform/audit-key.ts';
import { testFolder } from './folder.ts';

/** RFC 8032, section 7.1, test 2: the private half, the public half, and a signed message. */
const SECRET = '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb';
const PUBLIC = '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c';
const MESSAGE = Uint8Array.of(0x72);
const SIGNATURE =
  '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
  '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00';

const refused = (message: RegExp) =>
  expect.objectContaining({
    name: 'KeyFileError',
    message: expect.stringMatching(message),
    exitStatus: 78,
  });

function keyFile(): string {
  const path = join(testFolder(), 'device.audit.key');
  writeFileSync(path, `${SECRET}\n`, { mode: 0o600 });
  return path;
}

/** The key's public half, in a file. */
function published(path: string): string {
  const pem = join(testFolder(), 'audit.pem');
  writeFileSync(pem, publicAuditKey(path, false));
  return pem;
}

describe('the audit key', () => {
  it('B2 signs as RFC 8032 has it', () => {
    const path = keyFile();
    expect(Buffer.from(openSeal(path, false).sign(MESSAGE)).toString('hex')).toBe(SIGNATURE);
    const [, body = ''] = publicAuditKey(path, false).split('\n');
    expect(Buffer.from(body, 'base64').toString('hex')).toMatch(new RegExp(`${PUBLIC}$`));
  });

  it('B2 is made for its owner only, and stays; its public half lies in no file', () => {
    const path = join(testFolder(), 'device.audit.key');
    const { key } = openSeal(path, true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    expect(key).toMatch(/^[0-9a-f]{16}$/);
    expect(openSeal(path, true).key).toBe(key);
  });

  it('B2 is never made anew beside a journal that it signed, but on demand', () => {
    const path = join(testFolder(), 'device.audit.key');
    expect(() => openSeal(path, false)).toThrow(refused(/is missing.*audit-key --new/));
    expect(existsSync(path)).toBe(false);
    expect(publicAuditKey(path, true)).toContain('BEGIN PUBLIC KEY');
    expect(openSeal(path, false).key).toMatch(/./);
  });
});

describe('a check of seals', () => {
  it('B2 names the key that signed, of several', async () => {
    const [one, other] = [keyFile(), join(testFolder(), 'other.key')];
    const [seal, alien] = [openSeal(one, false), openSeal(other, true)];
    const check = openSealCheck([published(other), published(one)]);
    expect(await check.signer(MESSAGE, seal.sign(MESSAGE))).toBe(seal.key);
    expect(await check.signer(MESSAGE, alien.sign(MESSAGE))).toBe(alien.key);
    expect(await check.signer(Uint8Array.of(0x73), seal.sign(MESSAGE))).toBeNull();
    expect(await openSealCheck([published(other)]).signer(MESSAGE, seal.sign(MESSAGE))).toBeNull();
    expect(await check.signer(MESSAGE, new Uint8Array(64))).toBeNull();
  });

  it('B2 refuses what is no public key of Ed25519', () => {
    const text = join(testFolder(), 'text.pem');
    writeFileSync(text, 'hello\n');
    expect(() => openSealCheck([text])).toThrow(refused(/does not hold a public key/));
    expect(() => openSealCheck(['nowhere.pem'])).toThrow(refused(/ENOENT/));
  });
});
