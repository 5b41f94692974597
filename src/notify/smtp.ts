import { createTransport } from 'nodemailer';
import { toBuffer } from 'qrcode';
import type { Fate } from '../control/ports.ts';
import { isEmailAddress } from '../domain/email.ts';
import type { Message, Transport } from './message.ts';

/** A mail server, and as whom it is spoken to. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls' | 'none';
  /** PEM of who vouches for the server; the authorities that everybody knows unless given. */
  readonly ca?: string;
  readonly login?: { readonly user: string; readonly pass: string };
  readonly from: { readonly name: string; readonly address: string };
  /** Names the kiosk in the ids of messages. */
  readonly kiosk: string;
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
}

const CONNECTIONS_MAX = 4;
const CONNECT_MS_MAX = 10_000;
const SILENCE_MS_MAX = 20_000;
const PERMANENT = 500;
/** One module of a QR code of 41 by 41, with its margin, on 246 pixels twice as fine. */
const PICTURE_PX = 492;
/** A middle level of error correction (docs/GRANTS.md). */
const PICTURE = { errorCorrectionLevel: 'M', width: PICTURE_PX } as const;

/**
 * E-mail over SMTP (RFC 5321). A message's id is its `Message-ID` at every try, by which a server
 * or a mailbox can tell that it has it already.
 */
export function smtp(server: MailServer): Transport {
  const { host, port, security, ca, login, from, kiosk } = server;
  const transporter = createTransport({
    ...{ pool: true, host, port, secure: security === 'tls', requireTLS: security === 'starttls' },
    ...(security === 'none' && { ignoreTLS: true }),
    ...(login && { auth: login }),
    ...(ca !== undefined && { tls: { ca } }),
    ...{ maxConnections: CONNECTIONS_MAX, maxRequeues: 0 },
    ...{ connectionTimeout: CONNECT_MS_MAX, greetingTimeout: CONNECT_MS_MAX },
    ...{ dnsTimeout: CONNECT_MS_MAX, socketTimeout: SILENCE_MS_MAX },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  return {
    send(to, message, told) {
      if (!isEmailAddress(to)) return told('refused', 'not an e-mail address');
      mailOf(message, kiosk)
        .then((mail) => transporter.sendMail({ ...mail, from, to: { name: '', address: to } }))
        .then(
          () => told('accepted'),
          (error: SmtpError) => told(fateOf(error), nameOf(error)),
        );
    },
    probe(answered) {
      transporter.verify().then(
        () => answered(true),
        () => answered(false),
      );
    },
  };
}

async function mailOf({ id, subject, text, html, grant }: Message, kiosk: string) {
  const hasPicture = grant !== undefined && html !== undefined;
  return {
    ...{ messageId: `<${id}@${kiosk}.lockerd>`, subject, text },
    ...(html !== undefined && { html }),
    // Nobody's out-of-office note is for a kiosk (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    attachments: hasPicture
      ? [{ filename: 'qr.png', cid: 'grant', content: await toBuffer(grant, PICTURE) }]
      : [],
  };
}

/**
 * A server that says no for good (5xx) to the recipient or to the message says it of this one; said
 * earlier, of the login or the sender, it is about this kiosk, and no reason to give messages up.
 */
function fateOf({ command, responseCode = 0 }: SmtpError): Fate {
  const isAboutIt = command === 'RCPT TO' || command === 'DATA';
  if (!isAboutIt || responseCode === 0 || responseCode === 421) return 'down';
  return responseCode >= PERMANENT ? 'refused' : 'later';
}

/** The status or the error's name alone: what a server writes beside it may name the recipient. */
function nameOf({ code, responseCode, command }: SmtpError): string {
  const name = responseCode === undefined ? (code ?? 'error') : `SMTP ${responseCode}`;
  return command === undefined ? name : `${name} at ${command}`;
}
