/** The coordinator over a log in memory, with the real contexts and policy; checkpoints are on PostgreSQL. */
import { randomUUID } from 'node:crypto';
import { BEGINNING_SQL, FOLLOWER_SQL, storeDelivery } from '@fascia/delivery';
import { Coordinator, DEFAULT_TIMES, processes, type AnyProcess } from '@fascia/coordination';
import {
  categoryOf,
  eventIdFrom,
  type Actor,
  type Category,
  type DomainEvent,
  type Envelope,
  type EventStore,
  type StreamName,
  type Rows,
} from '@fascia/kernel';
import { memorySubjectKeys } from '@fascia/sealing';
import { FlakyStore, memoryStore, SetClock, testDatabase, until } from '@fascia/testkit';
import { Door, makeCodec, readWhole, type Outcome } from '@fascia/write-door';
import { Pool } from 'pg';
import { accessPolicy, aggregateByCategory, contracts } from '@fascia/composition';

/** One parse of the policies for all worlds: it is pure. */
const policy = accessPolicy();

export interface Checkpoints {
  query<T extends object>(text: string, values?: readonly unknown[]): Promise<readonly T[]>;
  /** As a new installation begins. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

export const checkpoints = async (): Promise<Checkpoints> => {
  const database = await testDatabase();
  const pool = new Pool({ connectionString: database.connectionString });
  await pool.query(FOLLOWER_SQL + BEGINNING_SQL);
  return {
    query: async <T extends object>(text: string, values: readonly unknown[] = []) =>
      (await pool.query<T>(text, [...values])).rows,
    forget: async () => {
      await pool.query('truncate delivery.checkpoint, delivery.parked, delivery.process_start');
    },
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
};

/** What the guards of these stories ask the projections has no answer: nobody has said anything of sharing. */
const noRows = (): Promise<Rows> => Promise.resolve({ query: () => Promise.resolve([]) });

export interface Told {
  readonly by: Actor;
  readonly patientId: string;
}

export class World {
  readonly clock = new SetClock('2026-04-02T09:00:00.000Z');
  readonly log = new FlakyStore(memoryStore(randomUUID()));
  readonly codec = makeCodec(contracts, memorySubjectKeys());
  readonly said: string[] = [];
  readonly #running: Coordinator[] = [];

  constructor(private readonly rows: Checkpoints) {}

  door(store: EventStore = this.log): Door {
    return new Door({ store, codec: this.codec, policy, clock: this.clock, rowsAt: noRows });
  }

  start(
    store: EventStore = this.log,
    running: readonly AnyProcess[] = processes(DEFAULT_TIMES),
  ): Coordinator {
    const coordinator = new Coordinator({
      store,
      delivery: storeDelivery(store),
      codec: this.codec,
      door: this.door(store),
      rows: this.rows,
      clock: this.clock,
      processes: running,
      aggregates: aggregateByCategory,
      log: (what) => {
        this.said.push(what);
      },
      lookEveryMs: 20,
    });
    coordinator.start();
    this.#running.push(coordinator);
    return coordinator;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#running.splice(0).map((coordinator) => coordinator.stop()));
  }

  /** A person's command, which must succeed. */
  async ask(category: Category, id: string, by: Actor, command: { readonly type: string }): Promise<Outcome> {
    const aggregate = aggregateByCategory.get(category);
    if (aggregate === undefined) throw new Error(`no aggregate ${category}`);
    const commandId = randomUUID();
    return this.door().handle(aggregate, {
      id,
      command,
      by,
      commandId,
      correlationId: commandId,
      causationId: commandId,
    });
  }

  /** Facts as they would have been stored, without asking whether they may be. */
  async tell(stream: StreamName, { by, patientId }: Told, ...events: readonly DomainEvent[]): Promise<void> {
    const version = (await readWhole(this.log, stream)).length;
    const commandId = randomUUID();
    const encoded = await Promise.all(
      events.map((event, index) =>
        this.codec.encode({
          stream,
          version: version + 1 + index,
          id: eventIdFrom(commandId, index),
          event,
          metadata: {
            occurredAt: this.clock.now().toISOString(),
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
    await this.log.append({
      stream,
      expectedVersion: version,
      commandId,
      requestDigest: commandId,
      events: encoded,
    });
  }

  async everything(): Promise<readonly Envelope[]> {
    return Promise.all((await this.log.readAll(0n, 10_000)).map((stored) => this.codec.decode(stored)));
  }

  async typesOf(stream: StreamName): Promise<readonly string[]> {
    return (await readWhole(this.log, stream)).map(({ type }) => type);
  }

  /** Every input handled and every command sent, by each coordinator. */
  async settled(): Promise<void> {
    await until(
      async () => {
        const { position } = await this.log.head();
        const done = this.#running.every(
          ({ positions }) => positions.inputs >= position && positions.commands >= position,
        );
        return done && (await this.log.head()).position === position;
      },
      { message: 'the coordinator to have nothing left to do', deadlineMs: 60_000 },
    );
  }

  /** The store broke as planned: whatever runs on it gets nothing stored any more. */
  async diedOf(store: FlakyStore, append: number): Promise<void> {
    await until(() => store.appends >= append, {
      message: `append ${append} to be tried`,
      deadlineMs: 60_000,
      everyMs: 1,
    });
  }

  /** What became of every stream, apart from order between streams: what two runs must have in common. */
  async picture(): Promise<Readonly<Record<string, readonly string[]>>> {
    const byStream = new Map<StreamName, string[]>();
    for (const { stream, type, data } of await this.everything()) {
      const command =
        type === 'CommandRequested' ? ` ${(data as { command: { type: string } }).command.type}` : '';
      byStream.set(stream, [...(byStream.get(stream) ?? []), type + command]);
    }
    // Processes handle inputs of different streams in either order.
    const entries = [...byStream].map(
      ([stream, types]) => [stream, categoryOf(stream) === 'process' ? types.toSorted() : types] as const,
    );
    return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }
}

export const openTasks = async (
  world: World,
): Promise<readonly { readonly type: string; readonly organizationIds: readonly string[] }[]> => {
  const events = await world.everything();
  const over = new Set(
    events
      .filter(({ type }) => type === 'CareTaskCompleted' || type === 'CareTaskCancelled')
      .map(({ stream }) => stream),
  );
  return events.flatMap(({ type, stream, data }) => {
    if (type !== 'CareTaskCreated' || over.has(stream)) return [];
    const asked = data as { type: string; assignment: { organizationIds: string[] } };
    return [{ type: asked.type, organizationIds: asked.assignment.organizationIds }];
  });
};
