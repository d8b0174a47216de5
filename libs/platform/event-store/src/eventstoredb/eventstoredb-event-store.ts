/**
 * The event store on EventStoreDB (22.6 or later, MaxAppendSize of 16000000 bytes). Positions are its commit positions:
 * ordered and sparse. `recordedAt` is the server's own time of an event, the same for every reader: that it never decreases
 * holds as long as nobody sets a clock of the cluster back.
 * The streams of ours must not be given `$maxCount`, `$maxAge` or `$tb`, nor be deleted: a gap is an error here.
 */
import { BACKWARDS, END, START } from '@eventstore/db-client';
import type { AllStreamResolvedEvent, ResolvedEvent } from '@eventstore/db-client';
import type { AppendRequest, AppendResult, LogHead, Position, StoredEvent, StreamName } from '@fascia/kernel';
import { assertAppendable, assertPage } from '../appendable.js';
import { LogsDiffer, type LogTarget } from '../copy-log.js';
import { Appender } from './appender.js';
import { Connection } from './connection.js';
import { Continuity } from './continuity.js';
import { DamagedLog, failureOf } from './failures.js';
import { following } from './following.js';
import { epochOf } from './log-epoch.js';
import { isOurs, knownOf, positionOf, storedOf, type CopyRequest, type Known } from './recorded.js';
import { StreamTails } from './stream-tails.js';

export interface EventStoreDbEventStoreOptions {
  /** `esdb://user:password@host:port` or `esdb+discover://…`; special characters of user and password as in a URL. */
  readonly connectionString: string;
  /** How long an append of unknown outcome is sent again; default 5 s. */
  readonly retryMs?: number;
  /** A call unanswered for so long counts as broken; default 10 s. */
  readonly answerMs?: number;
  /** Appends that may wait; default 4096, beyond which they fail with StoreUnavailable. */
  readonly queueAppends?: number;
  /** How long a subscription may be silent before the head is looked at; default 2 s, Infinity for never. */
  readonly watchdogMs?: number;
  /** Events per batch of a subscription; default 500. */
  readonly subscriptionPage?: number;
  /** Events of streams that are remembered to know a repetition without reading; default 200 000. */
  readonly rememberedEvents?: number;
}

const KNOWN_PAGE = 1_000;

/** How far back the head is looked for, page by page: a quiet log ends in statistics of the server. */
const HEAD_PAGES = [4, 64, 1_000];

/** Events of one command are appended together, as they were; what a page cuts off comes with the next. */
const commandsOf = (events: readonly StoredEvent[]): readonly CopyRequest[] => {
  const requests: (CopyRequest & { events: StoredEvent[] })[] = [];
  for (const event of events) {
    const { stream, version, commandId, requestDigest, recordedAt } = event;
    const last = requests.at(-1);
    if (last?.stream === stream && last.commandId === commandId) last.events.push(event);
    else
      requests.push({
        stream,
        expectedVersion: version - 1,
        commandId,
        requestDigest,
        recordedAt,
        events: [event],
      });
  }
  return requests;
};

const at = (position: Position): typeof START | { commit: bigint; prepare: bigint } =>
  position === 0n ? START : { commit: position, prepare: position };

export class EventStoreDbEventStore implements LogTarget {
  readonly contiguousPositions = false;
  readonly eventIds = 'stream';
  readonly #connection: Connection;
  readonly #tails: StreamTails;
  readonly #appender: Appender;
  readonly #options: EventStoreDbEventStoreOptions;
  readonly #closed = new AbortController();

  /** @throws EventStoreDbAccessDenied, UnsuitableEventStoreDb, StoreUnavailable */
  static async open(options: EventStoreDbEventStoreOptions): Promise<EventStoreDbEventStore> {
    const store = new EventStoreDbEventStore(options);
    try {
      await epochOf(store.#connection);
      return store;
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  private constructor(options: EventStoreDbEventStoreOptions) {
    this.#options = options;
    this.#connection = new Connection(options.connectionString, options.answerMs ?? 10_000);
    this.#tails = new StreamTails(options.rememberedEvents ?? 200_000);
    const reader = { known: (stream: StreamName, from: number) => this.#known(stream, from) };
    this.#appender = new Appender(this.#connection, reader, this.#tails, {
      retryMs: options.retryMs ?? 5_000,
      queueAppends: options.queueAppends ?? 4_096,
    });
  }

  async append(request: AppendRequest): Promise<AppendResult> {
    assertAppendable(request);
    return this.#appender.submit(request);
  }

  async readStream(stream: StreamName, from: number, limit: number): Promise<readonly StoredEvent[]> {
    assertPage(limit);
    const first = Math.max(from, 1);
    const page = await this.#streamPage(stream, first, limit);
    // Whoever reads a stream to its end is about to append to it.
    if (first === 1 && page.length < limit) this.#tails.extend(stream, page.map(knownOf));
    return page.map(storedOf);
  }

  /** The client's read knows no filter: events that are not ours come over and are passed over. */
  async readAll(after: Position, limit: number): Promise<readonly StoredEvent[]> {
    assertPage(limit);
    const [events, continuity] = [[] as StoredEvent[], new Continuity()];
    for (let last = after; events.length < limit;) {
      // From a position on, which is the event that was seen last.
      const maxCount = limit - events.length + 1;
      const page = await this.#allPage(last, maxCount);
      for (const event of page) {
        if (!isOurs(event.streamId) || positionOf(event) <= last) continue;
        const stored = storedOf(event);
        continuity.assert(stored);
        events.push(stored);
      }
      const newest = page.at(-1);
      if (newest === undefined || page.length < maxCount) break;
      last = positionOf(newest);
    }
    return events.slice(0, limit);
  }

  async readAt(position: Position): Promise<StoredEvent | undefined> {
    if (position <= 0n) return undefined;
    const [event] = await this.#allPage(position, 1).catch((error: unknown) => {
      // What the server says of a position between two events, such as one of another log.
      if (failureOf(error) === 'refused') return [];
      throw error;
    });
    return event !== undefined && positionOf(event) === position && isOurs(event.streamId)
      ? storedOf(event)
      : undefined;
  }

  subscribe(after: Position, signal: AbortSignal): AsyncIterable<readonly StoredEvent[]> {
    const { watchdogMs = 2_000, subscriptionPage: batch = 500 } = this.#options;
    const options = {
      batch,
      watchdogMs: Number.isFinite(watchdogMs) ? watchdogMs : undefined,
      head: () => this.#headPosition(),
    };
    return following(this.#connection, options, {
      after,
      signal: AbortSignal.any([signal, this.#closed.signal]),
    });
  }

  async head(): Promise<LogHead> {
    const [position, epoch] = await Promise.all([this.#headPosition(), epochOf(this.#connection)]);
    return { position, epoch };
  }

  async copyIn(events: readonly StoredEvent[], after: string | undefined): Promise<void> {
    const last = await this.readAt(await this.#headPosition());
    if (last?.id !== after) throw new LogsDiffer('somebody else writes to the target');
    for (const request of commandsOf(events)) await this.#appender.copy(request);
  }

  /** Answers what was accepted, then ends subscriptions and connection. */
  async close(): Promise<void> {
    await this.#appender.close();
    this.#closed.abort();
    await this.#connection.close();
  }

  async #headPosition(): Promise<Position> {
    let from: typeof END | { commit: bigint; prepare: bigint } = END;
    for (let page = 0; ; page += 1) {
      const maxCount = HEAD_PAGES[page] ?? 1_000;
      const events = await this.#connection.page((client, options) =>
        client.readAll({ ...options, direction: BACKWARDS, fromPosition: from, maxCount }),
      );
      const recorded = events.flatMap(({ event }) => event ?? []);
      const newest = recorded.find(({ streamId }) => isOurs(streamId));
      if (newest !== undefined) return positionOf(newest);
      const oldest = recorded.at(-1);
      if (oldest === undefined || events.length < maxCount) return 0n;
      from = oldest.position;
    }
  }

  async #allPage(
    from: Position,
    maxCount: number,
  ): Promise<readonly NonNullable<AllStreamResolvedEvent['event']>[]> {
    const page = await this.#connection.page((client, options) =>
      client.readAll({ ...options, fromPosition: at(from), maxCount }),
    );
    return page.flatMap(({ event }) => event ?? []);
  }

  /** @throws DamagedLog when a version is missing */
  async #streamPage(
    stream: StreamName,
    first: number,
    maxCount: number,
  ): Promise<readonly NonNullable<ResolvedEvent['event']>[]> {
    const page = await this.#connection.page((client, options) =>
      client.readStream(stream, { ...options, fromRevision: BigInt(first - 1), maxCount }),
    );
    const events = page.flatMap(({ event }) => event ?? []);
    events.forEach(({ revision }, index) => {
      if (Number(revision) !== first - 1 + index)
        throw new DamagedLog(`version ${first + index} of ${stream} is missing`);
    });
    return events;
  }

  async #known(stream: StreamName, from: number): Promise<readonly Known[]> {
    const known: Known[] = [];
    for (;;) {
      const page = await this.#streamPage(stream, from + known.length, KNOWN_PAGE);
      known.push(...page.map(knownOf));
      if (page.length < KNOWN_PAGE) return known;
    }
  }
}
