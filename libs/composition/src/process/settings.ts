/** Settings from the environment, checked once at start: a wrong one is a sentence, not a stack trace. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { DEFAULT_TIMES, type ProcessTimes } from '@fascia/coordination';
import { PATIENCE, type Patience } from '@fascia/event-store';
import type { ScreensConfig } from '@fascia/http';
import { LANE_LIMITS, MEMORY_LIMITS, type LaneLimits, type MemoryLimits } from '@fascia/write-door';

const MIB = 1024 * 1024;

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  );

const minutes = z.coerce.number('a number of minutes').int().min(1).max(1_440);

/** `10`, or `10, <id of an organisation>=5, …`. */
const idle = list.transform((said, context) => {
  const [first = '10', ...others] = said;
  const pairs = others.map((one) => one.split('=') as [string, string]);
  const parsed = z
    .object({ minutes, of: z.record(z.uuid('the id of an organisation'), minutes) })
    .safeParse({ minutes: first, of: Object.fromEntries<unknown>(pairs) });
  if (parsed.success) return parsed.data;
  context.addIssue({
    code: 'custom',
    message: 'minutes from 1 to 1440, and after commas those of organisations: 10, <id>=5',
  });
  return z.NEVER;
});

const originOf = (url: string): string => new URL(url).origin;

/** A timer cannot be set for longer than 24 days. */
const seconds = (ms: number) =>
  z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(ms / 1_000);

const schema = z
  .object({
    FASCIA_HOST: z.string().default('127.0.0.1'),
    FASCIA_PORT: z.coerce.number('a number from 0 to 65535').int().min(0).max(65_535).optional(),
    /** Where people reach it, when that is not where this process listens. */
    FASCIA_PUBLIC_URL: z.url().optional(),
    FASCIA_DATA_DIR: z.string().min(1).default('.fascia'),
    /** A PostgreSQL of your own; the embedded one when absent. */
    DATABASE_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'postgresql://user:password@host:5432/database')
      .optional(),
    /** How long is waited for a connection, for an answer, in a transaction, and for what takes long by nature. */
    DATABASE_CONNECT_SECONDS: seconds(PATIENCE.connectMs),
    DATABASE_ANSWER_SECONDS: seconds(PATIENCE.answerMs),
    DATABASE_IDLE_SECONDS: seconds(PATIENCE.idleMs),
    DATABASE_LONG_SECONDS: seconds(PATIENCE.longMs),
    EVENT_STORE: z.enum(['postgres', 'eventstoredb']).default('postgres'),
    EVENTSTOREDB_URL: z
      .string()
      .regex(/^esdb(\+discover)?:\/\//, 'esdb://user:password@host:2113?tls=true')
      .optional(),
    KAFKA_BROKERS: list,
    KAFKA_CLIENT: z.enum(['kafkajs', 'platformatic']).default('kafkajs'),
    KAFKA_TOPIC: z
      .string()
      .regex(/^[\w.-]{1,200}$/)
      .default('fascia.care.v1'),
    /** Of the topic when it has to be made. */
    FASCIA_PARTITIONS: z.coerce.number().int().min(1).max(1_000).default(12),
    FASCIA_KEYS: z.string().optional(),
    /** An OIDC issuer of your own; the development issuer when absent. */
    OIDC_ISSUER: z.url().optional(),
    OIDC_AUDIENCE: z.string().default('fascia'),
    OIDC_JWKS_URL: z.url().optional(),
    /** As whom the screens come to the issuer, and what they ask of it. */
    FASCIA_WEB_CLIENT_ID: z.string().default('fascia-web'),
    FASCIA_WEB_SCOPE: z.string().default('openid profile offline_access fascia'),
    FASCIA_WEB_RESOURCE: z.string().optional(),
    /** Where an issuer answers the screens beside its own origin, as when its token endpoint is on another. */
    FASCIA_WEB_CONNECT: list.pipe(
      z.array(z.url({ protocol: /^https?$/, error: 'origins, separated by commas' }).transform(originOf)),
    ),
    /** After which the screens are covered when nobody touches them; organisations may have times of their own. */
    FASCIA_IDLE_MINUTES: idle,
    /** Subjects that are operators before anybody is enrolled. */
    FASCIA_OPERATORS: list,
    /** After which a draft that nobody sent is discarded. */
    FASCIA_DRAFT_DAYS: z.coerce.number().int().min(1).max(3_650).default(DEFAULT_TIMES.draftDays),
    /** After which what somebody typed and did not send is gone. */
    FASCIA_FORM_DAYS: z.coerce.number().int().min(1).max(3_650).default(7),
    /** After which a follower that has something to come and does not move is named; then its process is not ready. */
    FASCIA_STALLED_SECONDS: z.coerce.number().int().min(1).max(86_400).default(30),
    /** After which a command of a process manager that has no outcome is shown. */
    FASCIA_UNANSWERED_SECONDS: z.coerce.number().int().min(1).max(86_400).default(60),
    /** By which clocks may differ, or the log be ahead of them, before it is said. */
    FASCIA_CLOCK_SECONDS: z.coerce.number().int().min(1).max(86_400).default(5),
    /** How many commands may wait for one stream, beside the one whose turn it is. */
    FASCIA_WAITING_COMMANDS: z.coerce.number().int().min(0).max(100_000).default(LANE_LIMITS.waiting),
    /** How long each of them waits for its turn. */
    FASCIA_WAITING_SECONDS: z.coerce
      .number()
      .int()
      .min(1)
      .max(600)
      .default(LANE_LIMITS.waitMs / 1_000),
    /** Of what a process remembers of streams, in MiB. */
    FASCIA_REMEMBERED_MB: z.coerce
      .number()
      .int()
      .min(1)
      .max(1_000_000)
      .default(MEMORY_LIMITS.bytes / MIB),
    /** By so many events a stream grows before it is worth a snapshot. */
    FASCIA_SNAPSHOT_EVENTS: z.coerce.number().int().min(500).default(MEMORY_LIMITS.snapshotEvents),
    /** How often a live stream says that it is there: a proxy cuts what is silent for long. */
    FASCIA_HEARTBEAT_SECONDS: z.coerce.number().int().min(1).max(120).default(15),
    FASCIA_LOG: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
    FASCIA_LOG_FILE: z.string().optional(),
    /** Where the one address sends requests on to. */
    FASCIA_WRITE_URL: z.url().default('http://127.0.0.1:4601'),
    FASCIA_READ_URL: z.url().default('http://127.0.0.1:4602'),
    FASCIA_AUDIT_URL: z.url().default('http://127.0.0.1:4603'),
  })
  .refine((found) => found.EVENT_STORE === 'postgres' || found.EVENTSTOREDB_URL !== undefined, {
    path: ['EVENTSTOREDB_URL'],
    message: 'needed when EVENT_STORE is eventstoredb: esdb://user:password@host:2113?tls=true',
  });

/** Every setting's name; each may instead be read from the file that `<NAME>_FILE` names. */
export const SETTING_NAMES: readonly string[] = Object.keys(schema.shape);

export interface Settings {
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  /** With PostgreSQL. */
  readonly patience: Patience;
  /** Absent: events are kept in PostgreSQL. */
  readonly eventStoreDbUrl: string | undefined;
  readonly kafka: {
    readonly brokers: readonly string[];
    readonly client: 'kafkajs' | 'platformatic';
    readonly topic: string;
    readonly partitions: number;
  };
  readonly keys: string | undefined;
  readonly issuer: { readonly url: string; readonly jwksUrl: string | undefined } | undefined;
  readonly audience: string;
  readonly web: {
    readonly clientId: string;
    readonly scope: string;
    readonly resource: string | undefined;
    /** Origins. */
    readonly connect: readonly string[];
    readonly idle: ScreensConfig['idle'];
  };
  readonly operators: readonly string[];
  readonly times: ProcessTimes;
  readonly formDays: number;
  readonly stalledMs: number;
  readonly clockMs: number;
  readonly unansweredMs: number;
  readonly lanes: LaneLimits;
  readonly memory: MemoryLimits;
  readonly heartbeatMs: number;
  readonly logLevel: string;
  readonly logFile: string | undefined;
  readonly upstreams: { readonly write: string; readonly read: string; readonly audit: string };
}

/** The environment does not fit; the message names each variable and what it should be. */
export class SettingsInvalid extends Error {
  override readonly name = 'SettingsInvalid';
}

type Environment = Readonly<Record<string, string | undefined>>;

const orNothing = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

const fromFile = (name: string, path: string): string => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new SettingsInvalid(`${name}_FILE: ${path} cannot be read`);
  }
};

const valueOf = (env: Environment, name: string): string | undefined => {
  // FASCIA_LOG_FILE is a setting itself, not the file of FASCIA_LOG.
  const path = SETTING_NAMES.includes(`${name}_FILE`) ? undefined : orNothing(env[`${name}_FILE`]);
  return orNothing(env[name]) ?? (path === undefined ? undefined : fromFile(name, path));
};

const DEFAULT_PORT = 4600;

/** @param port where this process listens when nothing is said */
export const settingsFrom = (env: Environment, port = DEFAULT_PORT): Settings => {
  const parsed = schema.safeParse(
    Object.fromEntries(SETTING_NAMES.map((name) => [name, valueOf(env, name)])),
  );
  if (!parsed.success) {
    throw new SettingsInvalid(
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'),
    );
  }
  const found = parsed.data;
  const listens = found.FASCIA_PORT ?? port;
  return {
    host: found.FASCIA_HOST,
    port: listens,
    publicUrl:
      found.FASCIA_PUBLIC_URL?.replace(/\/$/, '') ?? `http://${found.FASCIA_HOST}:${String(listens)}`,
    dataDir: found.FASCIA_DATA_DIR,
    databaseUrl: found.DATABASE_URL,
    patience: {
      connectMs: found.DATABASE_CONNECT_SECONDS * 1_000,
      answerMs: found.DATABASE_ANSWER_SECONDS * 1_000,
      idleMs: found.DATABASE_IDLE_SECONDS * 1_000,
      longMs: found.DATABASE_LONG_SECONDS * 1_000,
    },
    eventStoreDbUrl: found.EVENT_STORE === 'eventstoredb' ? found.EVENTSTOREDB_URL : undefined,
    kafka: {
      brokers: found.KAFKA_BROKERS,
      client: found.KAFKA_CLIENT,
      topic: found.KAFKA_TOPIC,
      partitions: found.FASCIA_PARTITIONS,
    },
    keys: found.FASCIA_KEYS,
    issuer:
      found.OIDC_ISSUER === undefined ? undefined : { url: found.OIDC_ISSUER, jwksUrl: found.OIDC_JWKS_URL },
    audience: found.OIDC_AUDIENCE,
    web: {
      clientId: found.FASCIA_WEB_CLIENT_ID,
      scope: found.FASCIA_WEB_SCOPE,
      resource: found.FASCIA_WEB_RESOURCE,
      connect: found.FASCIA_WEB_CONNECT,
      idle: found.FASCIA_IDLE_MINUTES,
    },
    operators: found.FASCIA_OPERATORS,
    times: { ...DEFAULT_TIMES, draftDays: found.FASCIA_DRAFT_DAYS },
    formDays: found.FASCIA_FORM_DAYS,
    stalledMs: found.FASCIA_STALLED_SECONDS * 1_000,
    clockMs: found.FASCIA_CLOCK_SECONDS * 1_000,
    unansweredMs: found.FASCIA_UNANSWERED_SECONDS * 1_000,
    memory: { bytes: found.FASCIA_REMEMBERED_MB * MIB, snapshotEvents: found.FASCIA_SNAPSHOT_EVENTS },
    lanes: { waiting: found.FASCIA_WAITING_COMMANDS, waitMs: found.FASCIA_WAITING_SECONDS * 1_000 },
    heartbeatMs: found.FASCIA_HEARTBEAT_SECONDS * 1_000,
    logLevel: found.FASCIA_LOG,
    logFile: found.FASCIA_LOG_FILE,
    upstreams: { write: found.FASCIA_WRITE_URL, read: found.FASCIA_READ_URL, audit: found.FASCIA_AUDIT_URL },
  };
};
