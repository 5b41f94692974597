import type { Message } from './messages.ts';

type Chunk = Message<'peopleFull'>;

/** All people together, as the chunks bring them. */
export const WHOLE_CHARS_MAX = 4_000_000;
/** A whole that is not there in this time is forgotten. */
const WHOLE_WITHIN_MS = 900_000;

interface Draft {
  readonly of: Chunk;
  readonly sinceMono: number;
  readonly parts: Map<number, string>;
  chars: number;
}

/** Puts the chunks of one whole together, in whatever order they come. */
export class PeopleChunks {
  #draft: Draft | null = null;

  /** The whole text once every part is there; `too large` when it would be more than is taken. */
  take(chunk: Chunk, nowMono: number): string | 'too large' | null {
    const draft = this.#draftOf(chunk, nowMono);
    this.#draft = draft;
    if (!draft.parts.has(chunk.i)) draft.chars += chunk.part.length;
    draft.parts.set(chunk.i, draft.parts.get(chunk.i) ?? chunk.part);
    if (draft.chars <= WHOLE_CHARS_MAX && draft.parts.size < chunk.n) return null;
    this.#draft = null;
    if (draft.chars > WHOLE_CHARS_MAX) return 'too large';
    return Array.from({ length: chunk.n }, (_, i) => draft.parts.get(i)).join('');
  }

  /** Chunks of another whole begin anew. */
  #draftOf(chunk: Chunk, nowMono: number): Draft {
    const draft = this.#draft;
    const isOf =
      draft !== null &&
      nowMono - draft.sinceMono <= WHOLE_WITHIN_MS &&
      draft.of.rev === chunk.rev &&
      draft.of.n === chunk.n &&
      draft.of.sha256 === chunk.sha256;
    return isOf ? draft : { of: chunk, sinceMono: nowMono, parts: new Map(), chars: 0 };
  }
}
