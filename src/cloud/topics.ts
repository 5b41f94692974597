/** The names of all topics. A kiosk writes only `…/up/#` and reads `…/dn/#` and its own status. */

const ROOT = 'lockerd/v1';

/** Where the consumer of all kiosks says whether it is there. */
export const CLOUD_STATUS = `${ROOT}/cloud/status`;

export type UpTopics = ReturnType<typeof topicsOf>;

/** The topics of one kiosk. */
export function topicsOf(kiosk: string) {
  const own = `${ROOT}/${kiosk}`;
  return {
    status: `${own}/up/status`,
    avail: `${own}/up/avail`,
    locker: (locker: string) => `${own}/up/locker/${locker}`,
    alert: (id: string) => `${own}/up/alert/${id}`,
    evt: `${own}/up/evt`,
    res: `${own}/up/res`,
    cfg: `${own}/up/cfg`,
    prov: `${own}/up/prov`,
    req: (type: string) => `${own}/up/req/${type}`,
    tele: `${own}/up/tele`,
    /** Everything that comes down to this kiosk. */
    down: `${own}/dn/#`,
    command: (type: string) => `${own}/dn/cmd/${type}`,
    ack: `${own}/dn/ack`,
    desired: `${own}/dn/cfg`,
    people: `${own}/dn/prov`,
    peopleFull: `${own}/dn/prov/full`,
    keys: `${own}/dn/keys`,
    reply: (type: string) => `${own}/dn/rep/${type}`,
  };
}

/** Topic filters over every kiosk, for those who see them all. */
export const EVERY_KIOSK = `${ROOT}/+/up/#`;

/** One topic of every kiosk. */
export const ofEveryKiosk = (what: 'status' | 'avail' | 'evt'): string => `${ROOT}/+/up/${what}`;

/** What a topic is of: `kiosk` and the rest behind it, such as `up/locker/A`; null for others. */
export function partsOf(topic: string): { readonly kiosk: string; readonly rest: string } | null {
  const found = TOPIC.exec(topic);
  if (found === null) return null;
  const [, kiosk = '', rest = ''] = found;
  return { kiosk, rest };
}

const TOPIC = new RegExp(`^${ROOT}/([A-Za-z0-9_-]{1,32})/((?:up|dn)/.+)$`);
