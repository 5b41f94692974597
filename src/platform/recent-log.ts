import type { Log, LogFields } from '../control/ports.ts';
import { redact } from './redact.ts';

const LINES_MAX = 200;
const LINE_CHARS_MAX = 300;

/** Keeps the newest lines of a log, secrets hidden, for somebody who is far away. */
export function recentLog(into: Log) {
  const kept: string[] = [];
  const at = (level: keyof Log) => (message: string, fields?: LogFields) => {
    into[level](message, fields);
    const text = fields === undefined ? '' : ` ${JSON.stringify(redact(fields))}`;
    kept.push(`${level} ${message}${text}`.slice(0, LINE_CHARS_MAX));
    if (kept.length > LINES_MAX) kept.shift();
  };
  const debug: Log['debug'] = (message, fields) => into.debug(message, fields);
  const log: Log = { debug, info: at('info'), warn: at('warn'), error: at('error') };
  return { log, logLines: (count: number): string[] => kept.slice(-count) };
}
