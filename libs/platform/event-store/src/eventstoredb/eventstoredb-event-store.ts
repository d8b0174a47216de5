/**
 * The event store on EventStoreDB (22.6 or later, MaxAppendSize of 16000000 bytes). Positions are its commit positions:
 * ordered and sparse. `recordedAt` is the leader's own time of an event, the same for every reader. It never decreases under one
 * leader whose clock is not set back; else it steps back by as much as the clocks differ, and "as known at T" is no prefix
 * of the log for a T within the step (docs/adr/0006-eventstoredb-one-call-per-append.md says why it is not mended).
 * The streams of ours must not be given `$maxCount`, `$maxAge` or `$tb`, nor be deleted: a gap is an error here.
 */
import type { ResolvedEvent } from '@eventstore/db-client';
import { StoreUnavailable } from '@fascia/kernel';
import type { AppendRequest, AppendResult, LogHead, Position, StoredEvent, StreamName } from '@fascia/kernel';
import { assertAppendable, assertPage } from '../appendable.js';
import { LogsDiffer, type LogTarget } from '../copy-log.js';
import { Appender } from './appender.js';
import { certificateTrouble } from './certificate.js';
import { Connection } from './connection.js';
import { Continuity } from './continuity.js';
import { isNoPosition } from './failures.js';
import { following } from './following.js';
import { KnownHead } from './known-head.js';
import { namedLog } from './log-epoch.js';
import { eventAt, oursFrom } from './ours-in-all.js';
import { isOurs, knownOf, positionOf, storedOf, type CopyRequest, type Known } from './recorded.js';
import { StreamTails } from './stream-tails.js';
import { DamagedLog, NoSuchPosition, UnsuitableEventStoreDb } from './troubles.js';

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
const CERTIFICATE_MS = 5_000;

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

export class EventStoreDbEventStore implements LogTarget {
  readonly contiguousPositions = false;
  readonly eventIds = 'stream';
  readonly #connection: Connection;
  readonly #head: KnownHead;
  readonly #tails: StreamTails;
  readonly #appender: Appender;
  readonly #options: EventStoreDbEventStoreOptions;
  readonly #closed = new AbortController();

  /** @throws EventStoreDbAccessDenied, UnsuitableEventStoreDb, StoreUnavailable */
  static async open(options: EventStoreDbEventStoreOptions): Promise<EventStoreDbEventStore> {
    const store = new EventStoreDbEventStore(options);
    try {
      await namedLog(store.#connection);
      return store;
    } catch (error) {
      await store.close();
      const trouble =
        error instanceof StoreUnavailable
          ? await certificateTrouble(options.connectionString, CERTIFICATE_MS)
          : undefined;
      throw trouble === undefined ? error : new UnsuitableEventStoreDb(trouble, { cause: error });
    }
  }

  private constructor(options: EventStoreDbEventStoreOptions) {
    this.#options = options;
    this.#connection = new Connection(options.connectionString, options.answerMs ?? 10_000);
    this.#head = new KnownHead(this.#connection, async () => (await namedLog(this.#connection)).mark);
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

  /** @throws NoSuchPosition */
  async readAll(after: Position, limit: number): Promise<readonly StoredEvent[]> {
    assertPage(limit);
    const to = await this.#head.position();
    if (after > to) throw new NoSuchPosition(after);
    if (after === to) return [];
    const start = await this.#head.startAfter(after);
    const [events, continuity] = [[] as StoredEvent[], new Continuity()];
    for (let at = start ?? after; events.length < limit && at < to;) {
      // From a position on, which is the event that was seen last.
      const page = await this.#oursPage({ from: at, to, maxCount: limit - events.length + 1 });
      const [first] = page;
      if (start === undefined && at === after && (first === undefined || positionOf(first) !== after))
        throw new NoSuchPosition(after);
      for (const event of page) {
        if (!isOurs(event.streamId) || positionOf(event) <= after || positionOf(event) === at) continue;
        const stored = storedOf(event);
        continuity.assert(stored);
        events.push(stored);
      }
      const newest = page.at(-1);
      // The head that was seen is there no more: the log was put back meanwhile.
      if (newest === undefined || positionOf(newest) === at) break;
      at = positionOf(newest);
    }
    return events.slice(0, limit);
  }

  async readAt(position: Position): Promise<StoredEvent | undefined> {
    if (position <= 0n) return undefined;
    const event = await eventAt(this.#connection, position);
    return event !== undefined && isOurs(event.streamId) ? storedOf(event) : undefined;
  }

  subscribe(after: Position, signal: AbortSignal): AsyncIterable<readonly StoredEvent[]> {
    const { watchdogMs = 2_000, subscriptionPage: batch = 500 } = this.#options;
    const options = {
      batch,
      watchdogMs: Number.isFinite(watchdogMs) ? watchdogMs : undefined,
      head: () => this.#head.position(),
      page: (position: Position) => this.readAll(position, batch),
      beginAfter: (position: Position) => this.#head.beginAfter(position),
    };
    return following(this.#connection, options, {
      after,
      signal: AbortSignal.any([signal, this.#closed.signal]),
    });
  }

  async head(): Promise<LogHead> {
    const [position, { epoch }] = await Promise.all([this.#head.position(), namedLog(this.#connection)]);
    return { position, epoch };
  }

  async copyIn(events: readonly StoredEvent[], after: string | undefined): Promise<void> {
    const last = await this.readAt(await this.#head.position());
    if (last?.id !== after) throw new LogsDiffer('somebody else writes to the target');
    for (const request of commandsOf(events)) await this.#appender.copy(request);
  }

  /** Answers what was accepted, then ends subscriptions and connection. */
  async close(): Promise<void> {
    await this.#appender.close();
    this.#closed.abort();
    await this.#connection.close();
  }

  async #oursPage(part: Parameters<typeof oursFrom>[1]): ReturnType<typeof oursFrom> {
    try {
      return await oursFrom(this.#connection, part);
    } catch (error) {
      throw isNoPosition(error) ? new NoSuchPosition(part.from) : error;
    }
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
