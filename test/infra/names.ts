/** What the files under infra/ may name. One list of each: a misspelt setting or metric is silent otherwise. */

import { SETTING_NAMES } from '@fascia/composition';

/** Every process that is run beside others, and the port where it listens. */
export const PROCESSES = {
  gateway: 4600,
  'write-api': 4601,
  'read-api': 4602,
  'audit-api': 4603,
  relay: 4611,
  projector: 4612,
  coordinator: 4613,
} as const;

export type ProcessName = keyof typeof PROCESSES;

export const PROCESS_NAMES = Object.keys(PROCESSES) as readonly ProcessName[];

/** Those that decode events; the relay sends what is stored, the gateway knows nothing. */
export const OPEN_PERSONAL_FIELDS: readonly ProcessName[] = [
  'write-api',
  'read-api',
  'audit-api',
  'projector',
  'coordinator',
];

export const SECRET_SETTINGS: readonly string[] = ['DATABASE_URL', 'FASCIA_KEYS', 'EVENTSTOREDB_URL'];

/** Every setting may be read from a file instead: `<NAME>_FILE`. */
export const isSetting = (name: string): boolean =>
  SETTING_NAMES.includes(name) || SETTING_NAMES.includes(name.replace(/_FILE$/, ''));

/** With their labels. */
export const METRICS: Readonly<Record<string, readonly string[]>> = {
  fascia_log_position: [],
  fascia_relay_position: [],
  fascia_relay_age_seconds: [],
  fascia_partition_behind: ['follower', 'partition'],
  fascia_follower_stalled_seconds: ['follower', 'partition'],
  fascia_log_ahead_seconds: [],
  fascia_database_clock_ahead_seconds: [],
  fascia_parked_streams: ['model'],
  fascia_parked_subjects: ['follower'],
  fascia_timers_overdue_seconds: [],
  fascia_process_commands_outstanding: [],
  fascia_process_commands_unanswered: [],
  fascia_process_commands_unanswered_oldest_seconds: [],
  fascia_referrals_silent: [],
  fascia_access_records_waiting: [],
  fascia_live_streams: [],
  fascia_live_resyncs_total: [],
  fascia_deliveries_healed_total: ['follower'],
  fascia_deliveries_skipped_total: ['follower'],
  fascia_deliveries_refused_total: ['follower'],
  fascia_http_request_duration_seconds: ['method', 'route', 'status', 'le'],
};

/** Of Node's default metrics, of Prometheus itself and of kube-state-metrics. */
export const METRICS_OF_OTHERS: readonly string[] = [
  'nodejs_eventloop_lag_p99_seconds',
  'process_resident_memory_bytes',
  'up',
  'kube_pod_status_ready',
];

export const FOLLOWERS: readonly string[] = ['care', 'process-inputs', 'process-commands', 'timers'];
