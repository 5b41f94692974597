/** Says that a rule is broken, and how. */
export type Fail = (rule: string, how: string) => void;
