import type { Clock } from './ports.ts';

const FROM_HOUR = 2;
const TO_HOUR = 5;

/** Whether nobody is likely to come, by the kiosk's clock: between two and five. */
export function nightIn(timeZone: string): (clock: Clock) => boolean {
  const format = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' });
  return (clock) => {
    const hour = Number(format.format(clock.wallMs()));
    return hour >= FROM_HOUR && hour < TO_HOUR;
  };
}
