import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openVault } from '../../src/platform/vault.ts';
import { testFolder } from './folder.ts';

/** The device key 00 01 … 1f. */
const KEY = Array.from({ length: 32 }, (_, byte) => byte.toString(16).padStart(2, '0')).join('');

/*
 * Computed with another implementation, Python's hmac and hashlib: HKDF-SHA-256 with a salt of
 * zeros and "lockerd v1 digest", then HMAC-SHA-256 over "LOC001|code|1234567".
 */
const DIGEST = '575f2f282a434e9922e0ad864901ed287ad4d34f9f5f387d6a958060c51efba8';
/** `hashlib.scrypt(b"246810", salt=bytes(range(16)), n=2**15, r=8, p=1, dklen=32)` */
const PIN_HASH =
  '000102030405060708090a0b0c0d0e0f:' +
  '6d8207a1181117941b905d3ad1ce8b3a29be091f73ccd760a3d0ca5e95a52159';
/** Likewise: AES-256-GCM of "hello" with the key derived for "seal" and the nonce 00 … 0b. */
const SEALED = 'AAECAwQFBgcICQoLDQfejH/kZhfMfiN7udttST3scM7F';

function vaultWith(text: string, mode = 0o600) {
  const path = join(testFolder(), 'device.key');
  writeFileSync(path, text);
  chmodSync(path, mode);
  return openVault(path, 'LOC001', true);
}

const refused = (message: RegExp) =>
  expect.objectContaining({
    name: 'KeyFileError',
    message: expect.stringMatching(message),
    exitStatus: 78,
  });

describe('the key file', () => {
  it('R13 a key that is missing beside existing data is never made anew', () => {
    const path = join(testFolder(), 'device.key');
    expect(() => openVault(path, 'LOC001', false)).toThrow(refused(/is missing/));
    expect(existsSync(path)).toBe(false);
  });

  it('is made at the first start, for its owner only, and stays', () => {
    const path = join(testFolder(), 'device.key');
    const sealed = openVault(path, 'LOC001', true).seal('to be read after a restart');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const text = readFileSync(path, 'utf8');
    expect(text).toMatch(/^[0-9a-f]{64}\n$/);
    expect(openVault(path, 'LOC001', true).unseal(sealed)).toBe('to be read after a restart');
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('is another one on each device', () => {
    const paths = [join(testFolder(), 'one.key'), join(testFolder(), 'two.key')];
    const digests = paths.map((path) => openVault(path, 'LOC001', true).digest('code', '1234567'));
    expect(new Set(digests).size).toBe(2);
  });

  it('is made whole after a start that was cut short in the middle of it', () => {
    const path = join(testFolder(), 'device.key');
    writeFileSync(`${path}.new`, 'half a k');
    openVault(path, 'LOC001', true);
    expect(readFileSync(path, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    expect(existsSync(`${path}.new`)).toBe(false);
  });

  it.each([0o640, 0o604, 0o660, 0o601, 0o777])('is refused with mode %o', (mode) => {
    expect(() => vaultWith(KEY, mode)).toThrow(refused(/mode 6|mode 7/));
  });

  it('is taken when its owner may only read it', () => {
    expect(vaultWith(KEY, 0o400).digest('code', '1234567')).toBe(DIGEST);
  });

  it.each(['', KEY.slice(2), `${KEY}00`, 'x'.repeat(64)])('is refused with the text %j', (text) => {
    expect(() => vaultWith(text)).toThrow(refused(/does not hold 64 hexadecimal digits/));
  });

  it('is refused where it cannot be read or made', () => {
    expect(() => openVault('/nowhere/device.key', 'LOC001', true)).toThrow(refused(/ENOENT/));
    expect(() => openVault(testFolder(), 'LOC001', true)).toThrow(refused(/EISDIR|mode/));
  });
});

describe('digests', () => {
  it('M7 are HMAC-SHA-256 over kiosk, purpose and value, as computed elsewhere', () => {
    expect(vaultWith(`${KEY}\n`).digest('code', '1234567')).toBe(DIGEST);
  });

  it('M7 differ by purpose, value and kiosk', () => {
    const path = join(testFolder(), 'device.key');
    const [here, there] = [openVault(path, 'LOC001', true), openVault(path, 'LOC002', true)];
    const all = [
      here.digest('code', '123456'),
      here.digest('second', '123456'),
      here.digest('phone', '123456'),
      here.digest('staff', '123456'),
      here.digest('code', '123457'),
      there.digest('code', '123456'),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('sealed texts', () => {
  it('open to what was sealed, and are never alike', () => {
    const vault = vaultWith(KEY);
    for (const plain of ['', 'x', '{"phone":"+49 170 1234567"}', 'Grüße 📦']) {
      const [one, other] = [vault.seal(plain), vault.seal(plain)];
      expect(one).toMatch(/^[A-Za-z0-9+/]+=*$/);
      expect(one).not.toBe(other);
      expect([vault.unseal(one), vault.unseal(other)]).toEqual([plain, plain]);
    }
  });

  it('open what another implementation sealed', () => {
    expect(vaultWith(KEY).unseal(SEALED)).toBe('hello');
  });

  it('are refused when one bit is changed, when cut short, or from another device', () => {
    const vault = vaultWith(KEY);
    const bytes = Buffer.from(vault.seal('x'), 'base64');
    const spoiled = Array.from({ length: bytes.length }, (_, index) => {
      const copy = Buffer.from(bytes);
      copy[index] = (copy[index] ?? 0) ^ 1;
      return copy.toString('base64');
    });
    const cut = [0, 27, 28].map((length) => bytes.subarray(0, length).toString('base64'));
    const foreign = vaultWith(KEY.replace('00', 'ff')).seal('x');
    for (const sealed of [...spoiled, ...cut, foreign, 'not base64 at all!']) {
      expect(() => vault.unseal(sealed)).toThrow(expect.objectContaining({ name: 'SealError' }));
    }
  });
});

describe('PINs', () => {
  it('R13a are scrypt with a salt, as computed elsewhere', async () => {
    const vault = vaultWith(KEY);
    expect(await vault.checkPin('246810', PIN_HASH)).toBe(true);
    expect(await vault.checkPin('246811', PIN_HASH)).toBe(false);
  });

  it('R13a are known again by their hash, each with a salt of its own', async () => {
    const vault = vaultWith(KEY);
    const [one, other] = await Promise.all([vault.hashPin('123456'), vault.hashPin('123456')]);
    expect(one).toMatch(/^[0-9a-f]{32}:[0-9a-f]{64}$/);
    expect(one).not.toBe(other);
    expect(await vault.checkPin('123456', one)).toBe(true);
    expect(await vault.checkPin('123457', one)).toBe(false);
    expect(await vault.checkPin('', one)).toBe(false);
  });

  it('R13a have a hash of zeros that no PIN fits, for unknown staff numbers', async () => {
    const zeros = `${'0'.repeat(32)}:${'0'.repeat(64)}`;
    expect(await vaultWith(KEY).checkPin('000000', zeros)).toBe(false);
  });

  it('refuse what is no hash, instead of calling it a wrong PIN', async () => {
    for (const hash of ['', 'ab:cd', PIN_HASH.slice(1), `${PIN_HASH}0`]) {
      await expect(vaultWith(KEY).checkPin('123456', hash)).rejects.toThrow(RangeError);
    }
  });
});
