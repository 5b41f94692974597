import type { Messenger } from '../../sim/cloud/messenger.ts';
import type { CloudPerson } from '../../sim/cloud/people-table.ts';
import { ANNA } from '../app/bench-kiosk.ts';
import { CloudBench } from './cloud-bench.ts';

const ANNA_OF_CLOUD: CloudPerson = { id: 'c_anna', role: 'customer', contact: ANNA };

/** A kiosk whose people are told by the cloud, or first by it. */
export class ToldByCloud extends CloudBench {
  /** Everything that went over the broker, as it stood there. */
  readonly wire: string[] = [];

  constructor(order: ConstructorParameters<typeof CloudBench>[2] = ['cloud']) {
    super({ idlePollMs: 2_000 }, 1, order);
    this.broker.subscribe('#', ({ topic, payload }) => {
      this.wire.push(`${topic} ${new TextDecoder().decode(payload)}`);
    });
    this.start();
  }

  get messenger(): Messenger {
    if (this.consumer.messenger === null) throw new Error('nobody tells people');
    return this.consumer.messenger;
  }

  /** Of one kind, oldest first. */
  told(kind: string) {
    return this.messenger.told.filter((one) => one.kind === kind);
  }

  /** The numbers that the recipient was sent last. */
  override numbers() {
    const { code = '', second = '' } = this.messenger.told.at(-1)?.said ?? {};
    return { code, second };
  }

  /** A parcel for her lies in a slot; gives both. */
  async stored(): Promise<{ readonly slot: string; readonly parcel: string }> {
    this.consumer.changePeople(this.site, [ANNA_OF_CLOUD]);
    this.until('she is known', () => this.view.prov?.rev === this.view.people.rev);
    const d = { carrier: 'ACME', label: 'AC0012345', size: 'S', recipient: 'c_anna' };
    const { parcel = '' } = this.result(this.consumer.send(this.site, 'parcel.announce', d));
    const { slot } = this.drop(await this.courier(), parcel);
    return { slot, parcel };
  }
}
