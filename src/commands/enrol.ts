import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { readConfig, writtenConfig } from '../app.ts';
import type { Config } from '../config/config.ts';
import { usage, withConfig } from './stopped-kiosk.ts';

/** What the operator hands back: certificates in PEM, keys as SubjectPublicKeyInfo in base64. */
const HANDED = z.object({
  certificate: z.string(),
  ca: z.string(),
  rootKey: z.string(),
  commandKey: z.string(),
  peopleKey: z.string(),
  /** X25519, where the cloud tells people. */
  notifyKey: z.string().exactOptional(),
  /** X25519: the device key is sealed for it. */
  operatorKey: z.string(),
});

/** How a kiosk and its operator come to trust each other (docs/OPERATIONS.md, "Enrolment"). */
export function enrolCommands(program: Command): void {
  const enrol = program.command('enrol').description('exchange keys with the operator');
  withConfig(enrol.command('request'))
    .description('write a certificate request and the public keys of this kiosk')
    .requiredOption('--out <file>', 'for the operator; nothing in it is secret')
    .action(async ({ config, out }) => request(config, out));
  withConfig(enrol.command('accept'))
    .description('take the certificate and the keys of the operator, and print the config for them')
    .argument(
      '<file>',
      'JSON: certificate, ca, rootKey, commandKey, peopleKey, operatorKey, perhaps notifyKey',
    )
    .action(async (file, { config }) => accept(config, file));
  withConfig(enrol.command('export-key'))
    .description('write the device key, sealed for the operator alone; only once')
    .requiredOption('--out <file>', 'for the operator: with it a dead card takes no codes along')
    .action(async ({ config, out }) => exportKey(config, out));
}

/** They lie beside where the config has the device key, unless it has a place for them already. */
function filesOf(path: string, { cloud }: Config) {
  const device = writtenConfig(path).keys.path;
  const folder = dirname(device);
  return {
    key: cloud?.key ?? join(folder, 'cloud.key'),
    certificate: cloud?.certificate ?? join(folder, 'cloud.crt'),
    ca: cloud?.ca ?? join(folder, 'cloud.ca.crt'),
    operator: join(folder, 'operator.pub'),
    exported: `${device}.exported`,
  };
}

async function request(path: string, out: string): Promise<void> {
  const config = readConfig(path);
  const { certificateRequest, devicePublicKeys } = await import('../platform/enrolment.ts');
  const { id: kiosk } = config.site;
  const publicKeys = devicePublicKeys(config.keys.path, config.keys.audit);
  const csr = await certificateRequest(filesOf(path, config).key, kiosk);
  writeFileSync(out, `${JSON.stringify({ kiosk, csr, publicKeys }, null, 2)}\n`);
  process.stdout.write(`request of ${kiosk} written to ${out}\n`);
}

async function accept(path: string, file: string): Promise<void> {
  const config = readConfig(path);
  const { checkCertificate } = await import('../platform/enrolment.ts');
  const read = HANDED.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!read.success) throw usage(`${file}: ${z.prettifyError(read.error)}`);
  const { certificate, ca, rootKey, commandKey, peopleKey, notifyKey, operatorKey } = read.data;
  const files = filesOf(path, config);
  checkCertificate(certificate, ca, files.key, config.site.id);
  writeFileSync(files.certificate, certificate);
  writeFileSync(files.ca, ca);
  writeFileSync(files.operator, `${operatorKey}\n`);
  const lines = { certificate: files.certificate, key: files.key, ca: files.ca };
  const keys = { rootKey, commandKey, peopleKey, ...(notifyKey !== undefined && { notifyKey }) };
  const table = Object.entries({ ...lines, ...keys });
  process.stdout.write(
    `For the config, with the broker's address:\n\n[cloud]\nbroker = "mqtts://HOST:8883"\n` +
      `${table.map(([name, value]) => `${name} = "${value}"`).join('\n')}\n`,
  );
}

async function exportKey(path: string, out: string): Promise<void> {
  const config = readConfig(path);
  const { id: kiosk } = config.site;
  const { operator, exported: doneFile } = filesOf(path, config);
  const { exportDeviceKey } = await import('../platform/enrolment.ts');
  const operatorKey = readFileSync(operator, 'utf8').trim();
  exportDeviceKey({ deviceFile: config.keys.path, doneFile, operatorKey, kiosk }, (sealed) =>
    writeFileSync(out, `${JSON.stringify({ kiosk, sealed }, null, 2)}\n`),
  );
  process.stdout.write(`the sealed device key is in ${out}; it is not given again\n`);
}
