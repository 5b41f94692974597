/** The person at the terminal; a script can be one. */
export interface Fitter {
  say(line: string): void;
  /** What was typed since the question, trimmed; null when nobody types any more. */
  ask(question: string): Promise<string | null>;
}

/** Nobody goes on with it: nothing is written, and what was found before stays as it is. */
export class Ended extends Error {
  override readonly name = 'Ended';
}

/** Just Enter. */
const ENTER = /^$/;

/**
 * What was typed, in lower case; asks again until it is one of the answers that were offered.
 * @throws Ended for `q` and when nobody types any more.
 */
export async function askOrEnd(
  fitter: Fitter,
  question: string,
  offered: RegExp = ENTER,
): Promise<string> {
  for (;;) {
    const answer = (await fitter.ask(question))?.toLowerCase() ?? 'q';
    if (answer === 'q') throw new Ended('ended by the fitter');
    if (offered.test(answer)) return answer;
    fitter.say('  That is not one of the answers.');
  }
}
