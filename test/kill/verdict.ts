/** How far a command had come when its kiosk was killed. */
export type Life = 'under way' | 'pulsed' | 'told';

/** What became of one kiosk and its commands. */
export interface Trial {
  readonly kiosk: string;
  readonly kills: number;
  readonly atKill: readonly Life[];
  readonly codes: readonly string[];
  readonly faults: readonly string[];
}

/** What became of one command. */
interface End {
  readonly id: string;
  readonly pulses: number;
  /** Different results that were said. */
  readonly texts: number;
  /** Events `command.finished`. */
  readonly rows: number;
  readonly code: string;
}

/** Said of a command whose lock was never energised. */
const UNTOUCHED = new Set(['BAD_SESSION', 'EXPIRED', 'NOT_SENT', 'DARK', 'BUSY', 'BUDGET']);

/** What is wrong with the end of a command: one pulse at most, one result, and a true one (R22). */
export function verdictOf({ id, pulses, texts, rows, code }: End): string[] {
  const faults: string[] = [];
  if (pulses > 1) faults.push(`${id}: ${pulses} pulses`);
  if (texts !== 1) faults.push(`${id}: ${texts} different results`);
  if (rows !== 1) faults.push(`${id}: ${rows} events command.finished`);
  if (UNTOUCHED.has(code) && pulses > 0) faults.push(`${id}: ${code}, but the lock was energised`);
  if (code === 'OPENED' && pulses === 0) faults.push(`${id}: OPENED without a pulse`);
  return faults;
}
