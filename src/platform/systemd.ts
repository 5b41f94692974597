import koffi from 'koffi';

/** What a service manager wants to hear of its service (sd_notify(3)). */
export interface Supervised {
  /** Lines such as `READY=1`, `STATUS=…`, `WATCHDOG=1`. Never waits, and never throws. */
  readonly tell: (state: string) => void;
  /** Without a beat for so long the service is killed; null where nobody waits for beats. */
  readonly watchdogMs: number | null;
}

const US_PER_MS = 1_000;
/** Linux, bits/socket.h; one file descriptor, not inherited. */
const AF_UNIX = 1;
const SOCK_DGRAM_CLOEXEC = 2 | 0o2000000;
const MSG_DONTWAIT_NOSIGNAL = 0x40 | 0x4000;
/** `sun_path` of unix(7). */
const PATH_BYTES_MAX = 107;

/** The service manager that started this process; null when none did, or not with Type=notify. */
export function supervised({ NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID }: NodeJS.ProcessEnv) {
  if (NOTIFY_SOCKET === undefined) return null;
  const isMeant = WATCHDOG_PID === undefined || Number(WATCHDOG_PID) === process.pid;
  const watchdogMs = isMeant && WATCHDOG_USEC ? Number(WATCHDOG_USEC) / US_PER_MS : null;
  return { tell: datagramsTo(NOTIFY_SOCKET), watchdogMs } satisfies Supervised;
}

/** Node has no unix datagrams. A path that begins with @ is no file, but an abstract name. */
function datagramsTo(path: string): (text: string) => void {
  const libc = koffi.load('libc.so.6');
  const socket = libc.func('int socket(int domain, int type, int protocol)');
  const sendto = libc.func(
    'long sendto(int socket, const uint8_t *text, size_t bytes, int flags, ' +
      'const uint8_t *address, uint32_t addressBytes)',
  );
  const name = Buffer.from(path.replace(/^@/, '\0'));
  if (name.length > PATH_BYTES_MAX) throw new RangeError(`NOTIFY_SOCKET is too long: ${path}`);
  const family = Buffer.alloc(2);
  family.writeUInt16LE(AF_UNIX);
  const address = Buffer.concat([family, name]);
  const handle = socket(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
  return (text) => {
    const bytes = Buffer.from(text);
    sendto(handle, bytes, bytes.length, MSG_DONTWAIT_NOSIGNAL, address, address.length);
  };
}
