import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** 32 MiB and about 50 ms of another thread a hash; Node's own ceiling is a byte too low. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 } as const;

/** scrypt (RFC 7914) with a random salt: `salt:key`, both in hex. */
export async function hashPin(pin: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await stretched(pin, salt);
  return `${salt.toString('hex')}:${key.toString('hex')}`;
}

/** @throws RangeError when `hash` has not the form that {@link hashPin} gives. */
export async function checkPin(pin: string, hash: string): Promise<boolean> {
  const [, salt = '', key = ''] = /^([0-9a-f]{32}):([0-9a-f]{64})$/.exec(hash) ?? [];
  if (key === '') throw new RangeError('a PIN hash has 32 and 64 hexadecimal digits');
  return timingSafeEqual(await stretched(pin, Buffer.from(salt, 'hex')), Buffer.from(key, 'hex'));
}

function stretched(pin: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, KEY_BYTES, COST, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
