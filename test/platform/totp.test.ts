import { describe, expect, it } from 'vitest';
import { systemRandom } from '../../src/platform/random.ts';
import { rfc6238 } from '../../src/platform/totp.ts';

/** RFC 6238, appendix B: the seed of SHA-1 in base32, and the last six digits of its numbers. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const VECTORS = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
] as const;

describe('M8 numbers of an app', () => {
  const totp = rfc6238(systemRandom());

  it.each(VECTORS)('are those of RFC 6238 at second %i', (atS, token) => {
    expect(totp.stepOf(SECRET, token, atS * 1_000)).toBe(Math.floor(atS / 30));
  });

  it('R13a count one step before and after now, and no further', () => {
    const at = 1_111_111_111;
    const step = Math.floor(at / 30);
    for (const steps of [-1, 0, 1]) {
      expect(totp.stepOf(SECRET, '050471', (at + 30 * steps) * 1_000)).toBe(step);
    }
    for (const steps of [-2, 2]) {
      expect(totp.stepOf(SECRET, '050471', (at + 30 * steps) * 1_000)).toBeNull();
    }
  });

  it.each(['', '05047', '0504710', '05047a', ' 50471'])('"%s" is none', (token) => {
    expect(totp.stepOf(SECRET, token, 1_111_111_111_000)).toBeNull();
  });

  it('secrets have 160 bits, and go to the app as an otpauth URI', () => {
    const [one, two] = [totp.newSecret(), totp.newSecret()];
    expect(one).toMatch(/^[A-Z2-7]{32}$/);
    expect(one).not.toBe(two);
    const uri = new URL(totp.uri(one, 'lockerd Station', 'technician 123456 K1'));
    expect(uri.protocol + uri.host).toBe('otpauth:totp');
    expect(uri.searchParams.get('secret')).toBe(one);
    expect(uri.searchParams.get('issuer')).toBe('lockerd Station');
  });
});
