/** The person at the terminal; a script can be one. */
export interface Fitter {
  say(line: string): void;
  /** What was typed, trimmed; null when nobody types any more. */
  ask(question: string): Promise<string | null>;
}

/** Nobody goes on with it: nothing is written, and what was found before stays as it is. */
export class Ended extends Error {
  override readonly name = 'Ended';
}

/** What was typed, in lower case. @throws Ended for `q` and when nobody types any more. */
export async function askOrEnd(fitter: Fitter, question: string): Promise<string> {
  const answer = await fitter.ask(question);
  if (answer === null || answer.toLowerCase() === 'q') throw new Ended('ended by the fitter');
  return answer.toLowerCase();
}
