import { generateURI, ScureBase32Plugin, verifySync } from 'otplib';
import type { Random, Totp } from '../control/ports.ts';

const SECRET_BYTES = 20;
/** One step before and one after, for the clock of the telephone and slow fingers. */
const TOLERANCE_S = 30;
const DIGITS = /^\d{6}$/;

/** RFC 6238 as the apps on telephones have it: SHA-1, six digits, steps of 30 s. */
export function rfc6238(random: Random): Totp {
  const base32 = new ScureBase32Plugin();
  return {
    newSecret: () => base32.encode(random.bytes(SECRET_BYTES)),
    uri: (secret, issuer, label) => generateURI({ secret, issuer, label }),
    stepOf(secret, token, wallMs) {
      if (!DIGITS.test(token)) return null;
      const epoch = Math.floor(wallMs / 1_000);
      const found = verifySync({ secret, token, epoch, epochTolerance: TOLERANCE_S });
      return found.valid && 'timeStep' in found ? found.timeStep : null;
    },
  };
}
