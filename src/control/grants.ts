import {
  expiresMs,
  type Grant,
  type GrantRefusal,
  grantName,
  nextGen,
  readGrant,
  writeGrant,
} from '../domain/grant.ts';
import type { ParcelRecord } from '../domain/parcel.ts';
import type { GrantKeys, TrustedClock, Vault } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';

/** What a grant replaces, by the site's policy (M17). */
type QrPolicy = 'replaces-code' | 'replaces-both' | 'off';

interface Parts {
  readonly policy: QrPolicy;
  readonly keys: GrantKeys;
  readonly store: Store;
  readonly recorder: Recorder;
  readonly clock: TrustedClock;
  readonly vault: Vault;
}

/** A grant that speaks for its parcel; `use` binds it to the intent that rests on it. */
export interface GoodGrant {
  readonly parcel: ParcelRecord;
  readonly use: (intent: string) => void;
}

/** Holds last 14 days of service at most; outages may stretch them far beyond. */
const OWN_LIFETIME_MIN = 180 * 24 * 60;
/** The clocks that made and that read a grant may differ by so much. */
const EARLY_MAX_MS = 300_000;

/** Signed pickup grants: made here, judged here, used once (B3, M17; docs/GRANTS.md). */
export class Grants {
  readonly policy: QrPolicy;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.policy = parts.policy;
    this.#parts = parts;
  }

  /** A grant by the kiosk's own key; null where grants are switched off. */
  mint(parcel: Pick<ParcelRecord, 'id' | 'gen'>): string | null {
    const { policy, keys, clock, vault } = this.#parts;
    if (policy === 'off') return null;
    const grant: Grant = {
      kid: 0,
      kiosk: keys.kiosk,
      parcel: grantName(parcel.id),
      gen: parcel.gen,
      notBeforeS: Math.floor(clock.wallMs() / 1_000),
      lifetimeMin: OWN_LIFETIME_MIN,
      // Nobody can tell it beforehand, and the same grant made once more is the same.
      nonce: Number.parseInt(vault.digest('grant', `${parcel.id}|${parcel.gen}`).slice(0, 8), 16),
    };
    return writeGrant(grant, keys.sign);
  }

  /** Judges a scanned text. A refusal is in the journal before this returns. */
  judge(session: string, text: string): GoodGrant | null {
    const found = this.#find(text);
    if (typeof found !== 'string') return found;
    this.#refuse(session, found);
    return null;
  }

  /** All grants of the parcel made so far are void from now on; false when it is not known. */
  revoke(parcelId: string, by: string): boolean {
    const { store, recorder } = this.#parts;
    const parcel = store.parcels.get(parcelId);
    if (parcel === null) return false;
    const gen = nextGen(parcel);
    store.transaction(() => {
      store.parcels.put({ ...parcel, gen, lastGen: gen });
      recorder.record({ t: 'grant.revoked', parcel: parcelId, data: { by, gen } });
    });
    return true;
  }

  #find(text: string): GoodGrant | GrantRefusal {
    const { policy, keys, store } = this.#parts;
    if (policy === 'off') return 'GRANT_OFF';
    const sealed = readGrant(text);
    if (sealed === null) return 'GRANT_MALFORMED';
    const { grant, signed, signature } = sealed;
    const isGood = keys.check(grant.kid, signed, signature);
    if (isGood === null) return 'GRANT_KEY_UNKNOWN';
    if (!isGood) return 'GRANT_FORGED';
    if (grant.kiosk !== keys.kiosk) return 'GRANT_OTHER_KIOSK';
    const parcel = store.parcels.byGrantName(grant.parcel);
    if (parcel === null) return 'GRANT_UNKNOWN_PARCEL';
    const wrongTime = this.#wrongTime(grant);
    if (wrongTime !== null) return wrongTime;
    const { gen, nonce } = grant;
    // What was used up is told apart from what was revoked, although custody raised nothing.
    if (store.grants.isSpent(parcel.id, gen, nonce)) return 'GRANT_USED';
    if (gen !== parcel.gen) return 'GRANT_REVOKED';
    return { parcel, use: (intent) => store.grants.bind(parcel.id, gen, nonce, intent) };
  }

  /** Without a clock that can be relied on only what is surely too late is refused (R25). */
  #wrongTime(grant: Grant): GrantRefusal | null {
    const { clock } = this.#parts;
    const now = clock.wallMs();
    if (now >= expiresMs(grant)) return 'GRANT_TOO_LATE';
    const isSure = clock.trust().state !== 'unsynced';
    return isSure && now < grant.notBeforeS * 1_000 - EARLY_MAX_MS ? 'GRANT_TOO_EARLY' : null;
  }

  #refuse(session: string, refusal: GrantRefusal): void {
    const { store, recorder } = this.#parts;
    store.transaction(() => {
      recorder.recordFew({ t: 'grant.refused', cause: `session:${session}`, data: { refusal } });
    });
  }
}
