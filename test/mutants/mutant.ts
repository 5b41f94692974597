import type { Replacement } from './changed-tree.ts';

/** A deliberate bug, and the test that has to notice it. */
export interface Mutant {
  readonly bug: string;
  /** The id that the title of the failing test must cite. */
  readonly rule: string;
  readonly changes: readonly Replacement[];
  /** A file of tests. */
  readonly test: string;
  /** Part of the title, where not all tests of the file that cite the rule are to be run. */
  readonly title?: string;
}
