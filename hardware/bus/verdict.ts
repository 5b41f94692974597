import type { BoardReply } from '../wire/family.ts';

/**
 * How an exchange ended. Only `NotSent` says that the board heard nothing, and it is given only
 * when provably no byte left: a caller may repeat an unlock after `NotSent` and after nothing else.
 */
export type Verdict =
  | { readonly kind: 'Answered'; readonly reply: GoodReply }
  | { readonly kind: 'Refused'; readonly code: number; readonly why: string }
  | { readonly kind: 'NotSent'; readonly why: string }
  /** Nothing came in `waitedMs`. */
  | { readonly kind: 'NoReply'; readonly awaited: string; readonly waitedMs: number }
  /** Something came, and nothing of it could be used. */
  | { readonly kind: 'BadReply'; readonly awaited: string; readonly why: string }
  /** The port went away after the request was handed to the wire. */
  | { readonly kind: 'PortLost'; readonly awaited: string };

/** Any reply but a refusal. */
type GoodReply = Exclude<BoardReply, { kind: 'refused' }>;

/** Whether the board heard the request. */
export function isAnswer(verdict: Verdict): boolean {
  return verdict.kind === 'Answered' || verdict.kind === 'Refused';
}

/** A verdict in words, for a log line or a health event. */
export function describe(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'Answered':
      return 'answered';
    case 'Refused':
      return `refused with code ${verdict.code}, ${verdict.why}`;
    case 'NotSent':
      return `not sent: ${verdict.why}`;
    case 'NoReply':
      return `no reply to ${verdict.awaited} within ${verdict.waitedMs} ms`;
    case 'BadReply':
      return `no usable reply to ${verdict.awaited}: ${verdict.why}`;
    case 'PortLost':
      return `port lost while waiting for the reply to ${verdict.awaited}`;
  }
}
