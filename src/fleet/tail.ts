import { type CloudEvent, MESSAGES, parsed } from '../cloud/messages.ts';
import { ofEveryKiosk, topicsOf } from '../cloud/topics.ts';
import type { BrokerLine } from './broker-line.ts';

export type { CloudEvent } from '../cloud/messages.ts';

/** Hands on events as they come, of one kiosk or of all. @throws FleetError at the line's end. */
export async function followEvents(
  line: BrokerLine,
  kiosk: string | undefined,
  heard: (event: CloudEvent) => void,
): Promise<never> {
  const topic = kiosk === undefined ? ofEveryKiosk('evt') : topicsOf(kiosk).evt;
  await line.hear([topic], (_topic, payload) => {
    const events = parsed(MESSAGES.evt.schema, payload) ?? [];
    for (const event of [events].flat()) heard(event);
  });
  return line.orLost(new Promise<never>(() => {}));
}
