/**
 * What a recipient shows (M8), from the weakest to the strongest: a code alone; a code and the last
 * digits of the phone it was sent to; a code and a second number that came another way.
 */
export const CODE_POLICIES = ['code', 'code+phone', 'code+otp'] as const;
export type CodePolicy = (typeof CODE_POLICIES)[number];

/** Random digits of the code, its check digit not counted, and digits of the second number. */
export const POLICY_DIGITS: Readonly<Record<CodePolicy, { code: number; second: number }>> = {
  code: { code: 12, second: 0 },
  'code+phone': { code: 8, second: 4 },
  'code+otp': { code: 6, second: 6 },
};

/** How a recipient can be reached. */
interface Reach {
  readonly phone: string | null;
  readonly channels: number;
}

/** The policy of one parcel: that of the site, or `code` when its recipient cannot have that. */
export function policyFor(site: CodePolicy, { phone, channels }: Reach): CodePolicy {
  if (site === 'code+phone') return phone === null ? 'code' : site;
  return site === 'code+otp' && channels < 2 ? 'code' : site;
}

/** Whether numbers of one parcel may open another one of the same recipient (R12a). */
export function entitles(numbers: CodePolicy, other: CodePolicy): boolean {
  if (numbers === 'code') return false;
  return CODE_POLICIES.indexOf(other) <= CODE_POLICIES.indexOf(numbers);
}

export function weaker(one: CodePolicy, other: CodePolicy): CodePolicy {
  return CODE_POLICIES.indexOf(one) < CODE_POLICIES.indexOf(other) ? one : other;
}

/** What of a phone number serves as the second number. */
export function phoneTail(phone: string): string {
  return phone.replace(/\D/g, '').slice(-POLICY_DIGITS['code+phone'].second);
}
