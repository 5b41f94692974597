import { serialPort } from '../../../hardware/index.ts';

/** A program that cannot bear what it reads from the port that is its argument. */
const [path = ''] = process.argv.slice(2);
serialPort(
  path,
  115_200,
)({
  opened: () => process.stdout.write('open\n'),
  bytes: () => {
    throw new Error('cannot bear it');
  },
  lost: () => {},
});
