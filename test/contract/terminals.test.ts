import { afterAll, beforeAll, describe, it } from 'vitest';
import { MEMBERS, type Member } from './members.ts';
import { SCENES } from './scenes.ts';
import { TerminalStage } from './terminal-stage.ts';

const LIMIT_MS = 150_000;

/** All scenes of one family, one after the other; each ends on its own. */
class Play {
  readonly #stage: TerminalStage;
  readonly #ends = new Map(SCENES.map(({ title }) => [title, Promise.withResolvers<void>()]));

  constructor(member: Member) {
    const [usual] = member.variants;
    if (usual === undefined) throw new RangeError(`no variant of ${member.family}`);
    this.#stage = new TerminalStage(member, usual);
    // Whoever asks for the end of a scene is told; nobody else needs to be.
    for (const { promise } of this.#ends.values()) promise.catch(() => {});
  }

  async begin(): Promise<void> {
    try {
      await this.#stage.start();
    } catch (error) {
      for (const { reject } of this.#ends.values()) reject(error);
      return;
    }
    for (const { title, play } of SCENES) {
      const end = this.#ends.get(title);
      await play(this.#stage).then(end?.resolve, end?.reject);
    }
  }

  async end(scene: string): Promise<void> {
    await this.#ends.get(scene)?.promise;
  }

  async stop(): Promise<void> {
    await this.#stage.stop();
  }
}

const plays = new Map<string, Play>();

beforeAll(() => {
  for (const member of MEMBERS) {
    const play = new Play(member);
    plays.set(member.family, play);
    void play.begin();
  }
});

afterAll(async () => {
  for (const play of plays.values()) await play.stop();
}, LIMIT_MS);

for (const { family } of MEMBERS) {
  describe(family, () => {
    for (const { title } of SCENES) {
      describe(title, () => {
        it('as delivered', async () => await plays.get(family)?.end(title), LIMIT_MS);
      });
    }
  });
}
