import type { NoticeKind, NoticeValues, OwnChannel } from '../../control/ports.ts';
import type { CodePolicy } from '../../domain/code-policy.ts';

/** What the texts may speak of. */
export interface Facts extends NoticeValues {
  readonly ref: string;
  readonly channel: OwnChannel;
  /** Name, address and city of the site, in one line. */
  readonly place: string;
  readonly helpPhone: string;
  /** What the keypad asks for. */
  readonly codes: CodePolicy;
  /** Days that the parcel is held, or is still held. */
  readonly days: number;
  /** Day and hour at the site at which the hold ends or has ended. */
  readonly until?: string;
  /** When the site is open; absent where it always is. */
  readonly hours?: string;
  /** What a QR code beside the text stands for; absent where there is none. */
  readonly qr?: 'code' | 'both';
}

export type Catalogue = Readonly<Record<NoticeKind, Wording>>;

interface Wording {
  readonly subject: string;
  /** Lines of the text. */
  readonly lines: (facts: Facts) => readonly string[];
}
