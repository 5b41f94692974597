import type { OpenBytePort } from '../../hardware/bus/byte-port.ts';
import type { App } from '../../src/app.ts';
import type { Log, LogFields } from '../../src/control/ports.ts';
import type { PersonRecord } from '../../src/domain/person.ts';
import type { Fail } from './checks/fail.ts';
import type { SecretCheck } from './checks/secrets.ts';

/** Where a storm listens at the controller, or gets in between. */

/** The port, but `cutsWrite` may end everything just before an unlock has left. */
export function tappedPort(open: OpenBytePort, cutsWrite: () => boolean): OpenBytePort {
  return (handlers) =>
    open({
      ...handlers,
      opened: (port) =>
        handlers.opened({
          close: () => port.close(),
          write: (bytes, written) => {
            if (!isUnlock(bytes) || !cutsWrite()) port.write(bytes, written);
          },
        }),
    });
}

/** A request of the kind `U`, as the boards of a storm have it: no other has that letter. */
function isUnlock(bytes: Uint8Array): boolean {
  return bytes.includes(VERB_UNLOCK);
}

const VERB_UNLOCK = 0x55;

interface SignIns {
  /** Who is let in without computing a hash; null for everybody to be checked. */
  readonly waved: () => PersonRecord | null;
  /** Told of each answer that is being computed. */
  readonly computing: (answer: Promise<unknown>) => void;
}

/** PINs are computed in real time: whoever runs the clock must know of it, to wait. */
export function tapSignIn(app: App, { waved, computing }: SignIns): void {
  const check = app.signIn.check.bind(app.signIn);
  Object.assign(app.signIn, {
    check: (staff: string, pin: string) => {
      const person = waved();
      const answer =
        person === null ? check(staff, pin) : Promise.resolve({ kind: 'welcome' as const, person });
      computing(answer);
      return answer;
    },
  });
}

/** Errors of the world, which a storm brings about on purpose. */
const EXPECTED = ['cloud link needs a person', 'the database was restored: look into every slot'];

/** A log that nobody reads, but in which no secret may stand and no error of ours. */
export function inspectedLog(secrets: () => SecretCheck, fail: Fail): Log {
  const told = (message: string, fields?: LogFields): void => secrets().logged(message, fields);
  return {
    debug: (message, fields) => {
      // Noise is what the wire said, and too much of it.
      if (!message.startsWith('noise')) told(message, fields);
    },
    info: told,
    warn: told,
    error: (message, fields) => {
      told(message, fields);
      if (EXPECTED.includes(message)) return;
      const error = fields?.error;
      fail('LOG', `"${message}" ${error instanceof Error ? error.stack : String(error)}`);
    },
  };
}
