const say = (line: string): void => void process.stdout.write(`${line}\n`);
let wrong = 0;

/** Says whether it is as it should be. */
export function check(what: string, isSo: boolean): void {
  say(`  ${isSo ? 'yes' : 'NO '}  ${what}`);
  if (!isSo) wrong += 1;
}

/** Plays one scene; whatever it throws is wrong. */
export async function play(name: string, scene: () => Promise<void>): Promise<void> {
  say(`${name}:`);
  try {
    await scene();
  } catch (error) {
    check(String(error), false);
  }
}

/** Things that were not as they should be. */
export const wrongThings = (): number => wrong;
