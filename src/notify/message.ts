import type { Told } from '../control/ports.ts';

/** What a recipient reads; a channel without subjects leaves the subject away. */
export interface Message {
  /** The notice's id: the same message twice has the same one. */
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  /** The same for a mailbox, where `cid:grant` is the picture of the grant. */
  readonly html?: string;
  /** What a QR code beside the text shows; a channel without pictures leaves it away. */
  readonly grant?: string;
}

/**
 * Whoever carries messages. What is called back is called exactly once, at once or later, also when
 * the world fails: a transport throws only for a bug.
 */
export interface Transport {
  send(to: string, message: Message, told: Told): void;
  /** Whether it can be reached now; nobody is sent anything. */
  probe(answered: (ok: boolean) => void): void;
}
