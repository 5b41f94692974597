import { readFileSync } from 'node:fs';

/** What Linux says about processes (proc(5)). */

/** The kernel counts processor time for user space in these, on every architecture of ours. */
const TICK_MS = 10;
const KIB_BYTES = 1_024;
// Fields of /proc/PID/stat, counted from the one after the name in parentheses.
const UTIME_AT = 11;
const STIME_AT = 12;

/** Processor time of a process with all its threads, in steps of 10 ms. */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name may contain anything, parentheses and blanks included.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[UTIME_AT]) + Number(fields[STIME_AT])) * TICK_MS;
}

/** Resident memory of a process, in 10⁶ bytes. */
export function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return (numberIn(status, /^VmRSS:\s+(\d+) kB$/m) * KIB_BYTES) / 1e6;
}

/** Bytes that this process has handed to `write` and its like since it started. */
export function writtenBytes(): number {
  return numberIn(readFileSync('/proc/self/io', 'utf8'), /^wchar: (\d+)$/m);
}

function numberIn(text: string, pattern: RegExp): number {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`no ${pattern} in what the kernel says`);
  return Number(found);
}
