/** The metrics that dashboards and alerts stand on are the ones that processes tell. */
import {
  DeliveryTally,
  Progress,
  watchCoordinator,
  watchProgress,
  watchReads,
  Clocks,
  watchClocks,
  watchTopology,
  type ReadSide,
} from '@fascia/composition';
import { DEFAULT_TIMES, type Coordinator } from '@fascia/coordination';
import type { EventStore, Rows } from '@fascia/kernel';
import { Metrics } from '@fascia/observability';
import { METRICS } from './names.js';

const answers: Readonly<Record<string, readonly object[]>> = {
  'delivery.relay': [{ position: '90', epoch: 'e', last: ['80', '90'] }],
  'read.slice': [
    { follower: 'care', partition: 0, partitions: 2, position: '75' },
    { follower: 'care', partition: 1, partitions: 2, position: '90' },
    { follower: 'audit', partition: 0, partitions: 1, position: '99' },
  ],
  'read.model': [{ model: 'task', streams: 2 }],
};

const rows: Rows = {
  query: <T extends object>(text: string) =>
    Promise.resolve(
      (answers[Object.keys(answers).find((table) => text.includes(table)) ?? ''] ?? []) as readonly T[],
    ),
};

const store = {
  head: () => Promise.resolve({ position: 100n, epoch: 'e' }),
  readAll: () => Promise.resolve([{ recordedAt: '2026-04-01T09:00:00.000Z' }]),
} as unknown as EventStore;

const scraped = async (): Promise<string> => {
  const metrics = new Metrics({ ofProcess: false });
  const parts = {
    store,
    rows,
    clock: { now: () => new Date('2026-04-01T09:00:02.500Z') },
    settings: { stalledMs: 30_000, unansweredMs: 60_000, clockMs: 5_000, times: DEFAULT_TIMES },
    log: () => undefined,
  };
  watchTopology(metrics, parts);
  watchClocks(metrics, new Clocks(parts));
  const progress = new Progress(parts);
  await progress.look();
  watchProgress(metrics, progress);
  watchReads(metrics, { recorder: { waiting: 3 }, live: { watching: 6, resyncs: 2 } } as ReadSide);
  watchCoordinator(metrics, { outstanding: 4 } as Coordinator);
  const tally = new DeliveryTally();
  tally.of('care').healed(5);
  tally.of('care').healed(1);
  tally.of('care').skipped(7);
  tally.of('care').refused(8);
  tally.watch(metrics);
  metrics.observeRequest({ method: 'GET', route: '/x', status: 200 }, 0.01);
  return metrics.registry.metrics();
};

describe('the metrics of the processes', () => {
  it.each(Object.entries(METRICS))('tell %s by %j', async (name, labels) => {
    const text = await scraped();
    expect(text).toContain(`# TYPE ${name} `);
    const line =
      text
        .split('\n')
        .find(
          (one) =>
            one.startsWith(`${name}{`) || one.startsWith(`${name}_bucket{`) || one.startsWith(`${name} `),
        ) ?? '';
    expect([...line.matchAll(/(\w+)="/g)].map(([, label]) => label).toSorted()).toEqual(
      [...labels].toSorted(),
    );
  });

  it('say what the tables say', async () => {
    const text = await scraped();
    for (const line of [
      'fascia_log_position 100',
      'fascia_relay_position 90',
      'fascia_relay_age_seconds 2.5',
      'fascia_partition_behind{follower="care",partition="0"} 5',
      'fascia_partition_behind{follower="care",partition="1"} 0',
      'fascia_partition_behind{follower="audit",partition="0"} 1',
      'fascia_parked_streams{model="task"} 2',
      'fascia_access_records_waiting 3',
      'fascia_live_streams 6',
      'fascia_live_resyncs_total 2',
      'fascia_process_commands_outstanding 4',
      'fascia_deliveries_healed_total{follower="care"} 6',
      'fascia_deliveries_skipped_total{follower="care"} 7',
      'fascia_deliveries_refused_total{follower="care"} 8',
    ])
      expect(text).toContain(`${line}\n`);
  });
});
