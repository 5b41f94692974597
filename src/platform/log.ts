import { pino } from 'pino';
import type { Log, LogFields } from '../control/ports.ts';
import { redact } from './redact.ts';

type Level = keyof Log;

/** Takes whole lines, each with its line feed. */
interface LogDestination {
  write(line: string): void;
}

/**
 * Lines of JSON on stdout, or where told: `level`, `time`, the fields, `msg`. Secrets are hidden
 * by the names of their keys (I10). Written before the call returns: what led to a crash is there.
 */
export function createLog(
  level: Level,
  destination: LogDestination = pino.destination({ fd: process.stdout.fd, sync: true }),
): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const lines = pino(options, destination);
  const at = (each: Level) => (message: string, fields?: LogFields) => {
    if (lines.isLevelEnabled(each)) lines[each](redact(fields ?? {}), message);
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
