import { Counter, Gauge, Registry } from 'prom-client';
import { SLOT_STATUSES, statusOf } from '../domain/slot.ts';
import type { Tools } from './tools.ts';

/** The text format of Prometheus, version 0.0.4. */
export const METRICS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/**
 * M15: what a monitoring system asks for every few seconds, each figure read when it is asked.
 * Counters begin with the program, as Prometheus expects them to.
 */
export function metricsOf(tools: Tools): Registry {
  const registry = new Registry();
  kioskMetrics(registry, tools);
  parcelMetrics(registry, tools);
  boardMetrics(registry, tools);
  return registry;
}

function kioskMetrics(registry: Registry, { status, version }: Tools): void {
  const gauge = gaugesOf(registry);
  gauge('lockerd_info', 'Which kiosk and which program this is; always 1.', () => [
    [1, { kiosk: status().kiosk, version }],
  ]);
  gauge('lockerd_uptime_seconds', 'Since the program was started.', () => [[status().upSeconds]]);
  gauge('lockerd_serving', '1 once every door was read and people are served.', () => [
    [status().serving ? 1 : 0],
  ]);
  gauge('lockerd_open_doors', 'Doors that are open.', () => [[status().openDoors.length]]);
  gauge('lockerd_dark_slots', 'Slots whose board does not answer.', () => [[status().darkSlots]]);
  gauge('lockerd_clock_state', '1 for what the time of day is worth now.', () => {
    const { state } = status().clock;
    return CLOCK_STATES.map((one) => [one === state ? 1 : 0, { state: one }]);
  });
  gauge('lockerd_clock_error_seconds', 'Within what the time of day is right, if known.', () => {
    const { errorMs } = status().clock;
    return errorMs === null ? [] : [[errorMs / 1_000]];
  });
}

const CLOCK_STATES = ['synced', 'holdover', 'unsynced'] as const;

function parcelMetrics(registry: Registry, { status, store, site, supervisor }: Tools): void {
  const gauge = gaugesOf(registry);
  gauge('lockerd_slots', 'Slots of each locker and size, by status.', () => {
    const counts = new Map<string, [number, Labels]>();
    for (const { id, size } of site.slots) {
      const record = supervisor.find(id);
      if (record === null) continue;
      const [locker = ''] = id.split('/');
      for (const one of SLOT_STATUSES) {
        const labels = { locker, size, status: one };
        const key = Object.values(labels).join(' ');
        const [before] = counts.get(key) ?? [0];
        counts.set(key, [before + (statusOf(record) === one ? 1 : 0), labels]);
      }
    }
    return [...counts.values()];
  });
  gauge('lockerd_parcels', 'Parcels on record, by status.', () =>
    Object.entries(store.parcels.countByStatus()).map(([one, n]) => [n, { status: one }]),
  );
  gauge('lockerd_outbox_events', 'Events that the cloud has not acknowledged.', () => [
    [status().queue.count],
  ]);
  gauge('lockerd_outbox_oldest_age_seconds', 'For how long the oldest of them waits.', () => [
    [status().queue.oldestSeconds ?? 0],
  ]);
  const events = new Counter({
    ...{ name: 'lockerd_events_total', help: 'Rows of the journal, by type.' },
    ...{ labelNames: ['type'], registers: [registry] },
  });
  for (const type of COUNTED_FROM_START) events.inc({ type }, 0);
  store.journal.onCommitted((rows) => {
    for (const { t } of rows) events.inc({ type: t });
  });
}

/** A rate can only be told of what was there, as 0, before it happened first. */
const COUNTED_FROM_START = [
  ...['parcel.stored', 'parcel.retrieved', 'parcel.expired', 'parcel.cancelled', 'slot.forced'],
];

function boardMetrics(registry: Registry, { boards }: Tools): void {
  const gauge = gaugesOf(registry);
  const counter = countersOf(registry);
  const ofEach = (figures: (board: Board) => Figures): Figures =>
    boards().flatMap((one) =>
      figures(one).map(([value, labels]): Figure => {
        return [value, { bus: one.bus, board: one.board, ...labels }];
      }),
    );
  gauge('lockerd_board_up', '1 for a board that answers as it should.', () =>
    ofEach(({ health }) => [[health === 'online' || health === 'quiet' ? 1 : 0]]),
  );
  gauge('lockerd_board_last_reply_seconds', 'How long the last answer took.', () =>
    ofEach(({ lastLatencyMs }) => [[lastLatencyMs / 1_000]]),
  );
  gauge('lockerd_board_slowest_reply_seconds', 'How long the slowest answer took.', () =>
    ofEach(({ maxLatencyMs }) => [[maxLatencyMs / 1_000]]),
  );
  counter('lockerd_board_requests_total', 'Requests that were sent to a board.', () =>
    ofEach(({ sent }) => [[sent]]),
  );
  counter('lockerd_board_outcomes_total', 'What became of the requests to a board.', () =>
    ofEach(({ answered, refused, noReply, badReply }) => [
      [answered, { outcome: 'answered' }],
      [refused, { outcome: 'refused' }],
      [noReply, { outcome: 'no_reply' }],
      [badReply, { outcome: 'bad_reply' }],
    ]),
  );
  counter('lockerd_board_discards_total', 'Pieces that were no reply, by reason.', () =>
    ofEach(({ discarded }) => Object.entries(discarded).map(([reason, n]) => [n, { reason }])),
  );
}

type Board = ReturnType<Tools['boards']>[number];
type Labels = Readonly<Record<string, string>>;
type Figure = readonly [value: number, labels?: Labels];
type Figures = readonly Figure[];
/** All that any figure here is told apart by. */
const LABELS = [
  ...['kiosk', 'version', 'state', 'locker', 'size', 'status', 'bus', 'board', 'outcome', 'reason'],
];

/** Reads what is now, each time that somebody asks. */
const gaugesOf = (registry: Registry) => (name: string, help: string, read: () => Figures) => {
  new Gauge({
    ...{ name, help, labelNames: LABELS, registers: [registry] },
    collect() {
      this.reset();
      for (const [value, labels = {}] of read()) this.set(labels, value);
    },
  });
};

/** For what is counted elsewhere. */
const countersOf = (registry: Registry) => (name: string, help: string, read: () => Figures) => {
  new Counter({
    ...{ name, help, labelNames: LABELS, registers: [registry] },
    collect() {
      this.reset();
      for (const [value, labels = {}] of read()) this.inc(labels, value);
    },
  });
};
