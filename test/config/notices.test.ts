import { expect, it } from 'vitest';
import { changed, refusal } from './bench.ts';

const MAIL = '[notices.email]\nhost = "smtp.example"\nfrom = "l@example.org"\n';
const MAIL_FOUND = '{"host":"smtp.example","from":"l@example.org"}';
const SAFE = 'https://gw.example';
const sms = (url: string, body: string): string =>
  `[notices.sms]\nurl = "${url}"\nbody = '${body}'\n`;

type Refused = readonly [keys: string, key: string, found: string | null, allowed: string];

/** The keys of `[notices]`; then which one is refused, the value found, and what is allowed. */
const CASES: readonly Refused[] = [
  ['order = ["sms", "sms"]', 'order', '["sms","sms"]', 'each at most once'],
  ['order = ["cloud"]', 'order', '["cloud"]', 'only with cloud.notifyKey'],
  ['routes = { expired = "cloud" }', 'routes.expired', '"cloud"', 'only with cloud.notifyKey'],
  ['perDay = 0', 'perDay', '0', '3 to 1000'],
  ['operator = {}', 'operator', '{}', 'email, phone or both'],
  ['operator = { email = "a@b" }', 'operator.email', '"a@b"', 'an e-mail address'],
  ['routes = { expired = "fax" }', 'routes.expired', '"fax"', '"first" or "each"'],
  [`spool = "x"\n${MAIL}`, 'email', MAIL_FOUND, 'nothing beside notices.spool'],
  [`${MAIL}security = "none"`, 'email.security', '"none"', 'codes go over this line'],
  [`${MAIL}user = "u"`, 'email.passwordFile', null, 'a file with the password'],
  [`${MAIL}passwordFile = "p"`, 'email.user', null, 'the user whose password'],
  [MAIL.replace('l@', 'l@x@'), 'email.from', '"l@x@example.org"', 'an e-mail address'],
  [MAIL.replace('l@', 'l\\r\\n@'), 'email.from', '"l\\r\\n@example.org"', 'an e-mail address'],
  [sms('http://gw.example', '{to}{text}'), 'sms.url', '"http://gw.example"', 'https://'],
  [sms(SAFE, '{to}'), 'sms.body', '"{to}"', '{to} and {text}'],
  [sms(SAFE, '{to}{text}'), 'sms.body', '"{to}{text}"', 'inside a text'],
  [sms(SAFE, '"{to}{text}{code}"'), 'sms.body', '"\\"{to}{text}{code}\\""', 'not {code}'],
  [`${sms(SAFE, '"{to}{text}"')}method = "GET"`, 'sms.body', '"\\"{to}{text}\\""', '"GET"'],
  [`${sms(SAFE, '"{to}{text}"')}user = "u"`, 'sms.secretFile', null, 'token, password or key'],
  [`${sms(SAFE, '"{to}{text}"')}secretFile = "s"`, 'sms.secretFile', '"s"', 'none is there'],
  [
    `${sms(SAFE, '"{to}{text}"')}headers = { A = "{to}" }`,
    ...(['sms.headers', '{"A":"{to}"}', 'not {to}'] as const),
  ],
];

it.each(CASES)('M10 M13 %j: names %s', (keys, key, found, allowed) => {
  const { problems, message } = refusal(changed('[keys]', `[notices]\n${keys}\n[keys]`));
  const problem = problems.find((one) => one.key === `notices.${key}`);
  expect(problem, message).toBeDefined();
  if (found === null) expect(problem?.found).toBeNull();
  else expect(problem?.found).toContain(found);
  expect(problem?.allowed).toContain(allowed);
});
