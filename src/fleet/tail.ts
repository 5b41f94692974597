import { type CloudEvent, MESSAGES } from '../cloud/messages.ts';
import { ofEveryKiosk, topicsOf } from '../cloud/topics.ts';
import type { BrokerLine } from './broker-line.ts';
import { jsonOf } from './overview.ts';

export type { CloudEvent } from '../cloud/messages.ts';

/** Hands on events as they come, of one kiosk or of all. @throws FleetError at the line's end. */
export async function followEvents(
  line: BrokerLine,
  kiosk: string | undefined,
  heard: (event: CloudEvent) => void,
): Promise<never> {
  const topic = kiosk === undefined ? ofEveryKiosk('evt') : topicsOf(kiosk).evt;
  await line.hear([topic], (_topic, payload) => {
    const events = MESSAGES.evt.schema.safeParse(jsonOf(payload)).data ?? [];
    for (const event of [events].flat()) heard(event);
  });
  return line.orLost(new Promise<never>(() => {}));
}
