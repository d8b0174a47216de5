/**
 * `subscribe` on the server's own subscription to $all. It can end with an error, or go silent without one: a watchdog
 * compares what arrived with the head, and whatever happens the next subscription begins after the last event delivered.
 */
import { setImmediate as turn } from 'node:timers/promises';
import type { AllStreamResolvedEvent, AllStreamSubscription } from '@eventstore/db-client';
import { StoreUnavailable } from '@fascia/kernel';
import type { Position, StoredEvent } from '@fascia/kernel';
import { Backoff, pause } from '@fascia/retry';
import { Wakeup } from '../wakeup.js';
import type { Connection } from './connection.js';
import { Continuity } from './continuity.js';
import { isNoPosition, readError } from './failures.js';
import { oursFilter, placeOf } from './ours-in-all.js';
import { isOurs, storedOf } from './recorded.js';
import { NoSuchPosition } from './troubles.js';

export interface FollowingOptions {
  readonly batch: number;
  /** How long nothing may arrive before the head is looked at; absent: silence is taken for rest. */
  readonly watchdogMs: number | undefined;
  readonly head: () => Promise<Position>;
  /** What stands after a position, nothing at the head. */
  readonly page: (after: Position) => Promise<readonly StoredEvent[]>;
  /** Where a subscription begins that is to miss nothing after a position. */
  readonly beginAfter: (after: Position) => Promise<Position>;
}

/** A subscription that delivers nothing while the log has grown. */
class Silent extends Error {
  override readonly name = 'Silent';
}

/** Beyond this the server is left waiting: what it sends is held here. */
const HELD_EVENTS = 2_000;

/** A checkpoint, a sign of life, comes after so many events that are not ours. */
const CHECKPOINT_EVERY = 1_000;

const ignore = (): void => undefined;

/** One subscription of the server. */
class Feed {
  readonly #subscription: AllStreamSubscription;
  readonly #bell = new Wakeup();
  #held: AllStreamResolvedEvent[] = [];
  #over: { readonly error: unknown } | undefined;

  constructor(connection: Connection, from: Position) {
    this.#subscription = connection.client.subscribeToAll({
      ...connection.options,
      fromPosition: placeOf(from),
      filter: oursFilter(CHECKPOINT_EVERY, () => this.#bell.notify()),
    });
    this.#subscription.on('error', (error: unknown) => this.#end(error));
    this.#subscription.on('end', () =>
      this.#end(new StoreUnavailable('EventStoreDB ended the subscription')),
    );
    this.#subscription.on('data', (event: AllStreamResolvedEvent) => {
      this.#held.push(event);
      if (this.#held.length >= HELD_EVENTS) this.#subscription.pause();
      this.#bell.notify();
    });
  }

  /** What arrived: at least one event, or none when time is over or the signal aborts. */
  async take(
    limit: number,
    ms: number | undefined,
    signal: AbortSignal,
  ): Promise<{ events: readonly AllStreamResolvedEvent[]; heard: boolean }> {
    const before = this.#bell.count;
    if (this.#held.length === 0 && this.#over === undefined) await this.#bell.sleep(before, ms, signal);
    if (this.#held.length > 0) await turn(); // what came with it in one packet
    const events = this.#held.splice(0, limit);
    if (events.length === 0 && this.#over !== undefined) throw this.#over.error;
    if (this.#held.length < HELD_EVENTS && this.#over === undefined) this.#subscription.resume();
    return { events, heard: this.#bell.count !== before || events.length > 0 };
  }

  close(): void {
    this.#over ??= { error: new StoreUnavailable('closed') };
    this.#subscription.on('error', ignore);
    this.#subscription
      .unsubscribe()
      .catch(ignore)
      .finally(() => this.#subscription.destroy());
  }

  #end(error: unknown): void {
    this.#over ??= { error };
    this.#bell.notify();
  }
}

const watch = async ({ head }: FollowingOptions, last: Position): Promise<void> => {
  if ((await head()) > last) throw new Silent('the log has grown and nothing arrives');
};

async function* follow(
  feed: Feed,
  options: FollowingOptions,
  start: { readonly after: Position; readonly signal: AbortSignal },
): AsyncGenerator<readonly StoredEvent[], void> {
  let last = start.after;
  while (!start.signal.aborted) {
    const { events, heard } = await feed.take(options.batch, options.watchdogMs, start.signal);
    if (start.signal.aborted) return;
    const batch = events
      .flatMap(({ event }) => (event !== undefined && isOurs(event.streamId) ? [storedOf(event)] : []))
      .filter(({ position }) => position > last);
    const newest = batch.at(-1);
    if (newest !== undefined) {
      yield batch;
      last = newest.position;
    } else if (!heard) {
      await watch(options, last);
    }
  }
}

const isPassing = (error: unknown): boolean =>
  error instanceof Silent || readError(error) instanceof StoreUnavailable;

/**
 * First page by page to the head, from where it is known how far nothing follows: a subscription that began before would have
 * the server pass over all that others wrote since, for each subscriber.
 */
async function* catchUp(
  { page }: FollowingOptions,
  { after, signal }: { readonly after: Position; readonly signal: AbortSignal },
): AsyncGenerator<readonly StoredEvent[], void> {
  for (let at = after; !signal.aborted;) {
    const batch = await page(at);
    const newest = batch.at(-1);
    if (newest === undefined || signal.aborted) return;
    yield batch;
    at = newest.position;
  }
}

/** @throws DamagedLog, EventStoreDbAccessDenied, NoSuchPosition */
export async function* following(
  connection: Connection,
  options: FollowingOptions,
  start: { readonly after: Position; readonly signal: AbortSignal },
): AsyncGenerator<readonly StoredEvent[], void> {
  const { signal } = start;
  const continuity = new Continuity();
  let after = start.after;
  const backoff = new Backoff();
  while (!signal.aborted) {
    let feed: Feed | undefined;
    try {
      for await (const batch of catchUp(options, { after, signal })) {
        for (const event of batch) continuity.assert(event);
        yield batch;
        after = batch.at(-1)?.position ?? after;
        backoff.reset();
      }
      if (signal.aborted) return;
      feed = new Feed(connection, await options.beginAfter(after));
      for await (const batch of follow(feed, options, { after, signal })) {
        for (const event of batch) continuity.assert(event);
        yield batch;
        after = batch.at(-1)?.position ?? after;
        backoff.reset();
      }
      return;
    } catch (error) {
      if (isNoPosition(error)) throw new NoSuchPosition(after);
      if (!isPassing(error)) throw readError(error);
    } finally {
      feed?.close();
    }
    await pause(backoff.next(), signal);
  }
}
