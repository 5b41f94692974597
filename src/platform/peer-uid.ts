import type { Socket } from 'node:net';
import koffi from 'koffi';

/** Linux, asm-generic/socket.h. */
const SOL_SOCKET = 1;
const SO_PEERCRED = 17;
/** `struct ucred` of unix(7): pid, uid and gid, 32 bits each. */
const UCRED_BYTES = 12;
const UID_AT = 4;

const libc = koffi.load('libc.so.6');
const getsockopt = libc.func(
  'int getsockopt(int socket, int level, int name, _Out_ void *value, _Inout_ uint32_t *length)',
);

/**
 * The user id of the process at the other end of a unix socket; null when it cannot be known. Node
 * has no call for it (unix(7), SO_PEERCRED).
 */
export function peerUid(socket: Socket): number | null {
  const { _handle: handle } = socket as unknown as { _handle?: { fd?: number } };
  const credentials = Buffer.alloc(UCRED_BYTES);
  const length = [UCRED_BYTES];
  if (handle?.fd === undefined || handle.fd < 0) return null;
  if (getsockopt(handle.fd, SOL_SOCKET, SO_PEERCRED, credentials, length) !== 0) return null;
  return credentials.readUInt32LE(UID_AT);
}
