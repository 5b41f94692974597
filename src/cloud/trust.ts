import type { Signatures } from '../control/ports.ts';
import type { Recorder } from '../control/recorder.ts';
import type { Store } from '../control/store-port.ts';
import type { Incoming } from './broker.ts';
import type { Message, Role } from './messages.ts';

/** The keys that a kiosk was commissioned with, in base64. */
interface PinnedKeys {
  readonly root: string;
  readonly command: string;
  readonly people: string;
}

interface Parts {
  readonly pinned: PinnedKeys;
  /** False in the demo only: then nothing is asked for. */
  readonly isRequired: boolean;
  readonly signatures: Signatures;
  readonly store: Pick<Store, 'kept' | 'transaction'>;
  readonly recorder: Recorder;
}

type Rotation = Message<'keys'>;

const KEPT = 'cloud.keys';

/** Who may say what: two roles with keys of their own, rotated by a root key (docs/CLOUD.md). */
export class Trust {
  readonly #parts: Parts;
  #rotation: Rotation | null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#rotation = parts.store.kept.get(KEPT) as Rotation | null;
  }

  /** Whether the role's key signed topic, a zero byte and payload. */
  isSigned(role: Role, { topic, payload, kid, sig }: Incoming): boolean {
    const { isRequired, signatures } = this.#parts;
    if (!isRequired) return true;
    if (kid === null || sig === null) return false;
    const key = this.#keysOf(role).get(kid);
    return key !== undefined && signatures.isBy(key, signed(topic, payload), sig);
  }

  /** Takes newer keys; a role that is not named keeps the ones it has. */
  rotate(rotation: Rotation): boolean {
    const { store, recorder, signatures } = this.#parts;
    if (rotation.rev <= (this.#rotation?.rev ?? 0)) return false;
    if (rotation.keys.some(({ kid, key }) => signatures.keyId(key) !== kid)) return false;
    const named = new Set(rotation.keys.map(({ role }) => role));
    const kept = this.#rotation?.keys.filter(({ role }) => !named.has(role)) ?? [];
    const next = { ...rotation, keys: [...kept, ...rotation.keys] };
    store.transaction(() => {
      store.kept.put(KEPT, next);
      const kids = next.keys.map(({ role, kid }) => `${role}:${kid}`);
      recorder.record({ t: 'keys.rotated', data: { rev: next.rev, kids } });
    });
    this.#rotation = next;
    return true;
  }

  #keysOf(role: Role): ReadonlyMap<string, string> {
    const { pinned, signatures } = this.#parts;
    const rotated = this.#rotation?.keys.filter((one) => one.role === role) ?? [];
    const keys = rotated.length > 0 ? rotated.map(({ key }) => key) : [pinned[role]];
    return new Map(keys.map((key) => [signatures.keyId(key), key]));
  }
}

function signed(topic: string, payload: Uint8Array): Uint8Array {
  const name = new TextEncoder().encode(topic);
  const bytes = new Uint8Array(name.length + 1 + payload.length);
  bytes.set(name);
  bytes.set(payload, name.length + 1);
  return bytes;
}
