import { readFileSync } from 'node:fs';
import type { Config, EmailConfig, SmsConfig } from '../config/config.ts';
import type { Clock, Log } from '../control/ports.ts';
import type { Transport } from '../notify/message.ts';
import { spool } from '../notify/spool.ts';
import type { Transports } from '../notify/teller.ts';
import { readSecret } from '../platform/secret-file.ts';

/** Ports of RFC 8314 and, for a server on the machine itself, of RFC 5321. */
const MAIL_PORTS = { tls: 465, starttls: 587, none: 25 } as const;

/**
 * Who carries messages out of this kiosk; loads what a channel needs only where there is one.
 * @throws SecretFileError when a password or token cannot be used.
 */
export async function composeTransports(
  config: Config,
  clock: Clock,
  log: Log,
): Promise<Transports> {
  const { spool: folder, email, sms } = config.notices;
  if (folder !== undefined) {
    const transport = spool(folder, log);
    return { sms: transport, email: transport };
  }
  return {
    ...(email && { email: await mailOf(email, config) }),
    ...(sms && { sms: await textsOf(sms, config, clock) }),
  };
}

async function mailOf(email: EmailConfig, { site }: Config): Promise<Transport> {
  const { smtp } = await import('../notify/smtp.ts');
  const { host, security, port = MAIL_PORTS[security], user, passwordFile, ca, from } = email;
  const hasLogin = user !== undefined && passwordFile !== undefined;
  return smtp({
    ...{ host, port, security, kiosk: site.id, from: { name: site.name, address: from } },
    ...(ca !== undefined && { ca: readFileSync(ca, 'utf8') }),
    ...(hasLogin && { login: { user, pass: readSecret(passwordFile) } }),
  });
}

async function textsOf({ secretFile, ...sms }: SmsConfig, { site }: Config, clock: Clock) {
  const { gateway } = await import('../notify/gateway.ts');
  const { countryCode = null, trunkPrefix } = site;
  const secret = secretFile === undefined ? {} : { secret: readSecret(secretFile) };
  return gateway({ ...sms, ...secret }, { countryCode, trunkPrefix }, clock);
}
