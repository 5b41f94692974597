import type { Finding } from './finding.ts';
import type { Loose } from './loose.ts';
import type { File } from './schema.ts';

type Notices = NonNullable<Loose<File>['notices']>;

const PLACEHOLDER = /\{([a-z]+)\}/g;
const IN_BODY = ['to', 'text', 'id'];
const LOCAL = ['localhost', '127.0.0.1'];

/** Holds the ways to people against each other, and against what protects what goes over them. */
export function checkNotices({ notices = {}, cloud }: Loose<File>): Finding[] {
  const { spool, email, sms } = notices;
  const both = (['email', 'sms'] as const).filter((name) => notices[name] !== undefined);
  const beside = spool === undefined ? [] : both;
  return [
    ...beside.map((name) => at([name], 'nothing beside notices.spool, which is for trials')),
    ...cloudFindings(notices, cloud?.notifyKey),
    ...(email === undefined ? [] : smtpFindings(email)),
    ...(sms === undefined ? [] : gatewayFindings(sms)),
  ];
}

function cloudFindings({ order = [], routes = {} }: Notices, key: string | undefined): Finding[] {
  const named = Object.entries(routes).find(([, route]) => route === 'cloud');
  const path = order.includes('cloud') ? ['order'] : named && ['routes', named[0]];
  if (key !== undefined || path === undefined) return [];
  return [at(path, '"cloud" only with cloud.notifyKey, for which its messages are sealed')];
}

function smtpFindings(email: NonNullable<Notices['email']>): Finding[] {
  const { host, security, user, passwordFile, ca } = email;
  const findings: Finding[] = [];
  if (security === 'none') {
    if (host !== undefined && !LOCAL.includes(host)) {
      findings.push(at(['email', 'security'], '"tls" or "starttls": codes go over this line'));
    }
    if (ca !== undefined) findings.push(at(['email', 'ca'], 'nothing where security is "none"'));
  }
  if (user !== undefined && passwordFile === undefined) {
    findings.push(at(['email', 'passwordFile'], 'the path of a file with the password of user'));
  }
  if (user === undefined && passwordFile !== undefined) {
    findings.push(at(['email', 'user'], 'the user whose password is in passwordFile'));
  }
  return findings;
}

function gatewayFindings(sms: NonNullable<Notices['sms']>): Finding[] {
  return [...bodyFindings(sms), ...secretFindings(sms)];
}

function bodyFindings(sms: NonNullable<Notices['sms']>): Finding[] {
  const { url = '', method = 'POST', type = 'json', body } = sms;
  const names = namesIn(`${url} ${body ?? ''}`);
  const stray = names.find((name) => !IN_BODY.includes(name));
  if (stray !== undefined) return [at(['sms', 'body'], onlyThese(IN_BODY, stray))];
  if (method === 'GET' && body !== undefined) {
    return [at(['sms', 'body'], 'nothing where method is "GET": write it into url')];
  }
  if (!['to', 'text'].every((name) => names.includes(name))) {
    return [at(['sms', 'body'], '{to} and {text}, here or in url')];
  }
  if (type === 'form' || body === undefined || isJson(body)) return [];
  return [at(['sms', 'body'], 'JSON, with each {to}, {text} and {id} inside a text')];
}

function secretFindings(sms: NonNullable<Notices['sms']>): Finding[] {
  const { headers = {}, user, secretFile, signature } = sms;
  const names = Object.values(headers).flatMap((value) => namesIn(value ?? ''));
  const stray = names.find((name) => !['id', 'secret'].includes(name));
  if (stray !== undefined) return [at(['sms', 'headers'], onlyThese(['id', 'secret'], stray))];
  const isUsed = names.includes('secret') || user !== undefined || signature !== undefined;
  if (isUsed === (secretFile !== undefined)) return [];
  const allowed = isUsed
    ? 'the path of a file with the token, password or key'
    : 'nothing, or a use of it: "{secret}" in a header, user, or signature; none is there';
  return [at(['sms', 'secretFile'], allowed)];
}

const namesIn = (text: string): string[] =>
  [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name);

const onlyThese = (names: readonly string[], found: string): string =>
  `only ${names.map((name) => `{${name}}`).join(', ')}, not {${found}}`;

/** With every value in place, as it will be sent; a placeholder outside a text breaks it. */
function isJson(body: string): boolean {
  try {
    JSON.parse(body.replace(PLACEHOLDER, 'x'));
    return true;
  } catch {
    return false;
  }
}

const at = (path: readonly string[], allowed: string): Finding => ({
  path: ['notices', ...path],
  allowed,
});
