/** What is measured, by its fixed names: dashboards and alarms stand on them. */
import type { AccessRecorder } from '@fascia/audit';
import { PROCESS_COMMANDS, PROCESS_INPUTS, type Coordinator } from '@fascia/coordination';
import { parkedSubjects, type DeliveryCounts } from '@fascia/delivery';
import type { Metrics } from '@fascia/observability';
import type { Rows } from '@fascia/kernel';
import type { LiveLists } from '@fascia/read-store';
import { TIMERS } from '../contexts.js';
import type { Clocks } from './clocks.js';
import type { Progress } from './progress.js';
import { firstOverdue, hasTimers, standingsOf, type StandingParts, type Standings } from './standing.js';
import { silentOf, type SilentParts } from './silent.js';
import { unansweredOf, type UnansweredParts } from './unanswered.js';

/** One scrape asks once, however many values it reads. */
const FRESH_MS = 500;

const shared = <T>(ask: () => Promise<T>): (() => Promise<T>) => {
  let asked: { readonly at: number; readonly answer: Promise<T> } | undefined;
  return () => {
    if (asked === undefined || performance.now() - asked.at > FRESH_MS)
      asked = { at: performance.now(), answer: ask() };
    return asked.answer;
  };
};

/** The log, the relay, every follower, parked streams: from the tables, so one process may tell for all. */
export const watchTopology = (metrics: Metrics, parts: UnansweredParts & SilentParts): void => {
  const standings = shared<Standings>(() => standingsOf(parts));
  watchUnanswered(metrics, parts);
  metrics.gauge(
    'fascia_referrals_silent',
    'Open referrals for which nobody is asked and no visit is to come; not a number while a list that tells is being built',
    async () => (await silentOf(parts))?.referrals ?? Number.NaN,
  );
  metrics.gauge('fascia_log_position', 'Position of the last stored event', async () =>
    Number((await standings()).head),
  );
  metrics.gauge('fascia_relay_position', 'Position up to which the log was handed to Kafka', async () =>
    Number((await standings()).relay?.position ?? 0n),
  );
  metrics.gauge(
    'fascia_relay_age_seconds',
    'Age of the oldest event that was not handed to Kafka yet',
    async () => (await standings()).relay?.ageSeconds ?? 0,
  );
  metrics.gauges(
    'fascia_partition_behind',
    'Positions that a follower has still to come in a partition',
    ['follower', 'partition'],
    async () =>
      (await standings()).followers.map(({ follower, partition, behind }) => ({
        labels: { follower, partition: String(partition) },
        value: Number(behind),
      })),
  );
  metrics.gauges(
    'fascia_parked_streams',
    'Streams that a read model could not take, or not all of',
    ['model'],
    async () =>
      (await parkedByModel(parts.rows)).map(({ model, streams }) => ({ labels: { model }, value: streams })),
  );
  metrics.gauges(
    'fascia_parked_subjects',
    'Instances, timers and streams that a follower could not take',
    ['follower'],
    async () => {
      const parked = await parkedSubjects(parts.rows);
      return FOLLOWERS.map((follower) => ({
        labels: { follower },
        value: parked.filter((one) => one.follower === follower).length,
      }));
    },
  );
  metrics.gauge(
    'fascia_timers_overdue_seconds',
    'How long the timer has been due that is due longest and was not parked',
    () => overdueSeconds(parts),
  );
};

/** Who parks what it cannot take. */
const FOLLOWERS = [PROCESS_INPUTS, PROCESS_COMMANDS, TIMERS];

/** Not a number while nobody has kept timers yet. */
const overdueSeconds = async (parts: StandingParts): Promise<number> => {
  if (!(await hasTimers(parts.rows))) return Number.NaN;
  const first = await firstOverdue(parts);
  return first === undefined ? 0 : (parts.clock.now().getTime() - Date.parse(first.due_at)) / 1_000;
};

interface ParkedIn {
  readonly model: string;
  readonly streams: number;
  /** Of them, those whose rows are there, without what was passed over. */
  readonly passed: number;
}

export const parkedByModel = (rows: Rows): Promise<readonly ParkedIn[]> =>
  rows.query<ParkedIn>(
    `select m.name as model, count(p.stream)::int as streams, (count(p.stream) filter (where not p.held))::int as passed
     from read.model m left join read.parked p on p.model = m.name and p.generation = m.generation group by m.name order by m.name`,
  );

const watchUnanswered = (metrics: Metrics, parts: UnansweredParts): void => {
  const unanswered = shared(() => unansweredOf(parts));
  metrics.gauge(
    'fascia_process_commands_unanswered',
    'Commands of process managers that have had no outcome for longer than the stated time',
    async () => (await unanswered()).commands,
  );
  metrics.gauge(
    'fascia_process_commands_unanswered_oldest_seconds',
    'How long the oldest of them has had none',
    async () => (await unanswered()).oldestSeconds,
  );
};

export const watchProgress = (metrics: Metrics, progress: Progress): void => {
  metrics.gauges(
    'fascia_follower_stalled_seconds',
    'How long a follower that has something to come has not moved',
    ['follower', 'partition'],
    () =>
      progress.waiting.map(({ follower, partition, seconds }) => ({
        labels: { follower, partition: String(partition) },
        value: seconds,
      })),
  );
};

export const watchClocks = (metrics: Metrics, clocks: Clocks): void => {
  metrics.gauge(
    'fascia_log_ahead_seconds',
    "How far the last event's recordedAt is ahead of this process's clock",
    () => clocks.reading.logAheadSeconds,
  );
  metrics.gauge(
    'fascia_database_clock_ahead_seconds',
    "The database's clock less this process's",
    () => clocks.reading.databaseAheadSeconds,
  );
};

export const watchReads = (
  metrics: Metrics,
  { recorder, live }: { readonly recorder: AccessRecorder; readonly live: LiveLists },
): void => {
  metrics.gauge('fascia_access_records_waiting', 'Access records not stored yet', () => recorder.waiting);
  metrics.gauge(
    'fascia_live_streams',
    'Callers who are told which of their lists change',
    () => live.watching,
  );
  metrics.totals(
    'fascia_live_resyncs_total',
    'Times that one of them had to read everything again',
    [],
    () => [{ labels: {}, value: live.resyncs }],
  );
};

export const watchCoordinator = (metrics: Metrics, coordinator: Coordinator): void => {
  metrics.gauge(
    'fascia_process_commands_outstanding',
    'Commands of process managers that were taken from the log and have no outcome yet',
    () => coordinator.outstanding,
  );
};

/** Counts what deliveries did beside delivering. */
export class DeliveryTally {
  readonly #skipped = new Map<string, number>();
  readonly #healed = new Map<string, number>();
  readonly #refused = new Map<string, number>();

  of(follower: string): DeliveryCounts {
    const count =
      (into: Map<string, number>) =>
      (events: number): void => {
        into.set(follower, (into.get(follower) ?? 0) + events);
      };
    return { skipped: count(this.#skipped), healed: count(this.#healed), refused: count(this.#refused) };
  }

  /** Over all followers, for the status screen. */
  get totals(): { readonly healed: number; readonly skipped: number } {
    const sum = (of: ReadonlyMap<string, number>): number =>
      [...of.values()].reduce((total, one) => total + one, 0);
    return { healed: sum(this.#healed), skipped: sum(this.#skipped) };
  }

  watch(metrics: Metrics): void {
    const tell = (name: string, help: string, from: ReadonlyMap<string, number>): void => {
      metrics.totals(name, help, ['follower'], () =>
        [...from].map(([follower, value]) => ({ labels: { follower }, value })),
      );
    };
    tell(
      'fascia_deliveries_skipped_total',
      'Records skipped because their event was had already',
      this.#skipped,
    );
    tell(
      'fascia_deliveries_healed_total',
      'Events read from the store because their record did not come',
      this.#healed,
    );
    tell(
      'fascia_deliveries_refused_total',
      'Records passed over because they were not signed as the relay signs',
      this.#refused,
    );
  }
}
