import type { Config } from '../../src/config/config.ts';
import type { Cast } from '../demo/cast.ts';

/** One flow as people live it: a script through keys and doors, and nothing else. */
export interface Scenario {
  /** Its heading in docs/FLOWS.md. */
  readonly title: string;
  /** Who wants what, in a sentence or two, line by line. */
  readonly about: readonly string[];
  /** Makes its site out of the one of `sim/embedded.toml`; that one itself unless given. */
  readonly site?: (config: Config) => Config;
  /** @throws StageError when a step does not do what it says. */
  readonly play: (cast: Cast) => Promise<void>;
}

export interface Chapter {
  readonly title: string;
  readonly scenarios: readonly Scenario[];
}
