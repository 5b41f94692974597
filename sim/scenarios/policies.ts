import type { Config } from '../../src/config/config.ts';
import { type CodePolicy, POLICY_DIGITS } from '../../src/domain/code-policy.ts';
import type { Cast } from '../demo/cast.ts';
import { courierNames, courierPutsIn, courierSignsIn, leaves, takesOut } from '../demo/cast.ts';
import type { Scenario } from './scenario.ts';

const under =
  (codes: CodePolicy) =>
  (config: Config): Config => {
    const { code: codeDigits, second: secondDigits } = POLICY_DIGITS[codes];
    return { ...config, policy: { ...config.policy, codes, codeDigits, secondDigits } };
  };

async function receives(cast: Cast, label: string): Promise<string> {
  const { stage } = cast;
  await stage.aside('a courier has dropped a parcel for Ana', async () => {
    await courierSignsIn(cast);
    courierNames(cast, cast.ana, label, 'S');
    courierPutsIn(cast, 'a parcel');
    leaves(cast);
  });
  const { text = '' } = stage.kiosk.phone.at(-1) ?? {};
  stage.say('Ana has this text message:');
  for (const line of text.trimEnd().split('\n')) stage.say(`    ${line}`);
  return /code: (\d+)/.exec(text)?.[1] ?? '';
}

function takes(cast: Cast): void {
  const { stage } = cast;
  const slot = stage.openSlot();
  stage.shows('is open');
  takesOut(cast, slot);
  stage.shows('Done?');
  stage.type('#');
}

export const phoneDigits: Scenario = {
  title: 'Collect with the end of the phone number',
  about: [
    'A site with the policy `code+phone` sends one message: a code of nine digits. With it the',
    "keypad asks for the last four digits of the recipient's phone number.",
  ],
  site: under('code+phone'),
  play: async (cast) => {
    const { stage } = cast;
    const code = await receives(cast, 'ACME-00010003');
    stage.type('1');
    stage.type(code);
    stage.type('0111');
    takes(cast);
  },
};

export const oneNumber: Scenario = {
  title: 'Collect with one number',
  about: ['A site with the policy `code` asks for one number of thirteen digits and nothing else.'],
  site: under('code'),
  play: async (cast) => {
    const { stage } = cast;
    const code = await receives(cast, 'ACME-00010004');
    stage.type('1');
    stage.type(code);
    takes(cast);
  },
};
