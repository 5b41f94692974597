import koffi from 'koffi';
import type { TimeSync } from '../control/ports.ts';
import { readTouched, TOUCHED } from './timesyncd.ts';

/** `struct timex` of Linux on 64-bit machines (adjtimex(2)); 208 bytes. */
const TIMEX_BYTES = 208;
const MAXERROR_AT = 24;
const STATUS_AT = 40;
const STA_UNSYNC = 0x40;
const US_PER_MS = 1_000;

/**
 * What the system knows of its clock: the kernel, whoever disciplines it; or, where a sandbox does
 * not let it be asked (ProtectClock= of systemd), systemd-timesyncd. Without `modes` set,
 * `ntp_adjtime` only reads, and needs no privilege.
 */
export function systemTimeSync(): TimeSync {
  const adjtime = koffi.load('libc.so.6').func('int ntp_adjtime(_Inout_ uint8_t *timex)');
  return {
    read() {
      const timex = Buffer.alloc(TIMEX_BYTES);
      if ((adjtime(timex) as number) < 0) return readTouched(TOUCHED);
      const isSynced = (timex.readInt32LE(STATUS_AT) & STA_UNSYNC) === 0;
      const errorMs = Math.ceil(Number(timex.readBigInt64LE(MAXERROR_AT)) / US_PER_MS);
      return { isSynced, errorMs };
    },
  };
}
