import { RealClock } from '../real-clock.ts';
import { LiveKiosk } from './live-kiosk.ts';

const FOLDER = 'var/demo/live';

/** Plays the kiosk live in this terminal until somebody quits. Gives the exit status. */
export async function playLive(): Promise<number> {
  // React's development build measures every frame and keeps the measurements.
  process.env.NODE_ENV ??= 'production';
  const { show } = await import('./show.ts');
  const live = new LiveKiosk(FOLDER, new RealClock());
  process.once('exit', () => live.unplug());
  try {
    const keypad = await live.start();
    await show(live, keypad);
    await live.stop();
  } catch (error) {
    if (!(error instanceof Error && 'exitStatus' in error)) throw error;
    process.stderr.write(`npm start: ${error.message}\n`);
    return Number(error.exitStatus);
  }
  process.stdout.write(`What is in the locker stays in ${FOLDER}; without it all begins anew.\n`);
  return 0;
}
