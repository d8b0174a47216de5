/** The product in this process: over a log of one's choice, with its models and processes in a spec's hands. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { mountIssuer } from '@fascia/access';
import type { Broker } from '@fascia/broker';
import {
  adminOf,
  aggregateByCategory,
  ALONE,
  AUDIT,
  auditDoors,
  auditModels,
  CARE,
  careModels,
  CaughtUpByTables,
  checkFollowers,
  checkModels,
  commandDoors,
  DoorsModule,
  edgeOf,
  identityFor,
  openDoors,
  openFoundation,
  Progress,
  projectionOf,
  queryDoors,
  readSide,
  seedDemo,
  settingsFrom,
  TIMERS,
  timerModels,
  writeSide,
  type Foundation,
  type ReadSide,
} from '@fascia/composition';
import { Coordinator, DEFAULT_TIMES, processes, type AnyProcess } from '@fascia/coordination';
import { brokerDelivery, Relay, storeDelivery, type Delivery } from '@fascia/delivery';
import { eventIdFrom, type DomainEvent, type EventStore, type StreamName } from '@fascia/kernel';
import { createLogger } from '@fascia/observability';
import type { ReadModel } from '@fascia/read-store';
import type { ModelAdmin, ProjectionHost } from '@fascia/read-store/host';
import { freePorts, testDatabase } from '@fascia/testkit';
import { readWhole } from '@fascia/write-door';
import type { Pool } from 'pg';
import { tokenOf } from '../journeys/harness.js';
import { Person, type Service } from '../journeys/person.js';
import type { Told } from './coordinator.world.js';

export interface RunningParts {
  /** What it runs on in place of the log that it opened. */
  readonly store?: (opened: EventStore) => EventStore;
  readonly environment?: Readonly<Record<string, string>>;
  readonly model?: (model: ReadModel) => ReadModel;
  readonly process?: (process: AnyProcess) => AnyProcess;
  /** A deliberate defect in what everything stands on. */
  readonly broken?: (foundation: Foundation) => Partial<Foundation>;
  /** With it care and processes follow the log as the relay hands it over. */
  readonly broker?: Broker;
}

export interface Said {
  readonly level: string;
  readonly msg: string;
  /** ISO 8601. */
  readonly time: string;
  readonly [detail: string]: unknown;
}

interface Going {
  readonly foundation: Foundation;
  readonly reads: ReadSide;
  readonly admin: ModelAdmin;
  readonly hosts: readonly ProjectionHost[];
  readonly coordinator: Coordinator;
  stop(): Promise<void>;
}

const STILL_MS = 60_000;
const LOOK_EVERY_MS = 20;

const relayed = (
  { store, rows, log, pool }: Foundation,
  broker: Broker,
): { readonly delivery: Delivery; readonly relay: Relay } => ({
  relay: new Relay({ store, broker, pool, rows, log }),
  delivery: brokerDelivery({
    broker,
    store,
    rows,
    log,
    silenceMs: 20,
    groupOf: (follower) => follower,
    countsOf: () => ({ skipped: () => undefined, healed: () => undefined, refused: () => undefined }),
  }),
});

/** Followers of all kinds, on the log itself or behind a relay. */
const follow = async (foundation: Foundation, parts: RunningParts): Promise<Going> => {
  const { model = (same) => same, process = (same) => same, broker } = parts;
  const { store, codec, rows, clock, log } = foundation;
  const { relay, delivery = storeDelivery(store) } = broker === undefined ? {} : relayed(foundation, broker);
  const care = projectionOf(foundation, CARE, careModels.map(model), delivery);
  const records = projectionOf(foundation, AUDIT, auditModels.map(model), storeDelivery(store));
  const timers = projectionOf(foundation, TIMERS, timerModels.map(model), delivery);
  const caughtUp = relay === undefined ? care : new CaughtUpByTables(rows, CARE, careModels);
  const writes = writeSide(foundation, caughtUp);
  const reads = readSide(foundation);
  const coordinator = new Coordinator({
    store,
    delivery,
    codec,
    door: writes.door,
    rows,
    clock,
    processes: processes(DEFAULT_TIMES).map(process),
    aggregates: aggregateByCategory,
    log,
  });
  const hosts = [care, records, timers];
  relay?.start();
  await Promise.all(hosts.map((host) => host.start()));
  coordinator.start();
  if ((await store.head()).position === 0n) await seedDemo({ ...writes, codec }, () => undefined);
  const { verifier, development } = await identityFor(foundation.settings, rows, () => undefined);
  const edge = edgeOf(foundation, {
    verifier,
    caughtUp,
    accessLog: reads.recorder,
    touchedAt: () => care.touchedAt('practitioner'),
  });
  const progress = new Progress({ ...foundation, recorder: reads.recorder });
  const operations = adminOf(foundation, { hosts, progress });
  const doors = await openDoors('a spec', foundation, {
    module: DoorsModule.of(
      edge,
      commandDoors(writes, reads, foundation),
      queryDoors(foundation, writes, reads, operations),
      auditDoors(foundation, reads),
    ),
    mount: (fastify) => {
      if (development !== undefined) mountIssuer(fastify, development);
    },
    watch: (_metrics, health) => {
      checkModels(health, rows, hosts);
      checkFollowers(health, rows);
    },
    progress,
    owns: () => true,
    stop: async () => {
      await reads.stop();
      await coordinator.stop();
      await Promise.all(hosts.map((host) => host.stop()));
      await relay?.stop();
    },
  });
  return { foundation, reads, admin: operations.admin, hosts, coordinator, stop: () => doors.stop() };
};

export class Running implements Service {
  readonly #tokens = new Map<string, Promise<string>>();

  private constructor(
    private readonly going: Going,
    /** What it said of what was odd, oldest first. */
    readonly said: readonly Said[],
    private readonly clean: () => Promise<void>,
  ) {}

  /** On a database of its own; the demo's network is in its log. */
  static async start(parts: RunningParts = {}): Promise<Running> {
    const database = await testDatabase();
    const dataDir = mkdtempSync(join(tmpdir(), 'fascia-running-'));
    const [port = 0] = await freePorts(1);
    const settings = settingsFrom({
      DATABASE_URL: database.connectionString,
      FASCIA_DATA_DIR: dataDir,
      FASCIA_PORT: String(port),
      ...parts.environment,
    });
    const said: Said[] = [];
    const logger = createLogger({
      level: 'warn',
      stream: { write: (line) => void said.push(JSON.parse(line) as Said) },
    });
    const opened = await openFoundation(settings, logger, { poll: ALONE, say: () => undefined });
    const store = parts.store?.(opened.store) ?? opened.store;
    const foundation = { ...opened, store };
    const going = await follow({ ...foundation, ...parts.broken?.(foundation) }, parts);
    return new Running(going, said, async () => {
      if (going.foundation.pool !== opened.pool) await going.foundation.pool.end();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    });
  }

  get url(): string {
    return this.foundation.settings.publicUrl;
  }

  get foundation(): Foundation {
    return this.going.foundation;
  }

  get pool(): Pool {
    return this.foundation.pool;
  }

  get store(): EventStore {
    return this.foundation.store;
  }

  get admin(): ModelAdmin {
    return this.going.admin;
  }

  get reads(): ReadSide {
    return this.going.reads;
  }

  /** Every model that is kept, as its host has it. */
  get models() {
    return this.going.hosts.flatMap(({ models }) => models);
  }

  token(person: string): Promise<string> {
    const known = this.#tokens.get(person) ?? tokenOf(this.url, person);
    this.#tokens.set(person, known);
    return known;
  }

  as(person: string): Person {
    return new Person(this, person);
  }

  async stop(): Promise<void> {
    await this.going.stop();
    await this.clean();
  }

  async rows<T extends object>(text: string, values: readonly unknown[] = []): Promise<readonly T[]> {
    return (await this.pool.query<T>(text, [...values])).rows;
  }

  async ready(): Promise<{ readonly status: number; readonly text: string }> {
    const answer = await fetch(`${this.url}/health/ready`);
    return { status: answer.status, text: await answer.text() };
  }

  /** Facts as they would have been stored. */
  async tell(stream: StreamName, { by, patientId }: Told, ...events: readonly DomainEvent[]): Promise<void> {
    const { store, codec } = this.foundation;
    const version = (await readWhole(store, stream)).length;
    const commandId = randomUUID();
    const encoded = await Promise.all(
      events.map((event, index) =>
        codec.encode({
          stream,
          version: version + 1 + index,
          id: eventIdFrom(commandId, index),
          event,
          metadata: {
            occurredAt: new Date().toISOString(),
            actor: by,
            patientId,
            correlationId: commandId,
            causationId: commandId,
            commandId,
            requestDigest: commandId,
          },
        }),
      ),
    );
    await store.append({
      stream,
      expectedVersion: version,
      commandId,
      requestDigest: commandId,
      events: encoded,
    });
  }

  /** Who has not come to where the log ends now; whose records are still to be stored is not there either. */
  async behind(): Promise<readonly string[]> {
    const { waiting } = this.reads.recorder;
    const { position } = await this.store.head();
    const { inputs, commands } = this.going.coordinator.positions;
    const standing: readonly (readonly [string, bigint])[] = [
      ...this.going.hosts.map((host) => [host.projection, host.position] as const),
      ['process-inputs', inputs],
      ['process-commands', commands],
    ];
    const late = standing.filter(([, at]) => at < position).map(([name]) => name);
    return waiting > 0 ? [...late, 'access-records'] : late;
  }

  /** Whoever is behind after a time stands still. */
  async standingStill(withinMs = STILL_MS): Promise<readonly string[]> {
    for (const deadline = Date.now() + withinMs; ;) {
      const behind = await this.behind();
      if (behind.length === 0 || Date.now() > deadline) return behind;
      await delay(LOOK_EVERY_MS);
    }
  }
}
