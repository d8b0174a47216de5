/**
 * One client, used so that its habits do no harm:
 * - user and password are taken out of the connection string, which the client prints when it dislikes a part of it, and
 *   given with each call. Such appends also go one call each: the client's other way keeps the calls of all clients of a
 *   process in one table, which an error of any of them empties; the answer that comes then ends the process;
 * - a read has no deadline there, so it gets one here, and what is left half read is cancelled;
 * - an error that comes after somebody stopped listening would end the process: somebody always listens.
 */
import { EventStoreDBClient } from '@eventstore/db-client';
import type { Credentials, StreamingRead } from '@eventstore/db-client';
import { StoreUnavailable } from '@fascia/kernel';
import { setTimeout as delay } from 'node:timers/promises';
import { failureOf, readError } from './failures.js';
import { UnsuitableEventStoreDb } from './troubles.js';

/** What every call is given: only the leader is sure to hold what was acknowledged. */
export interface CallOptions {
  readonly credentials: Credentials;
  readonly requiresLeader: boolean;
  /** Milliseconds; the client does not look at it in reads. */
  readonly deadline: number;
}

const CREDENTIALS = /^([a-z+]+:\/\/)([^:/@]+):([^@]+)@/;

/** Without TLS the client sends none, whatever it is given. */
const NOBODY: Credentials = { username: 'nobody', password: 'nothing' };

const LEADER_ATTEMPTS = 5;
const BETWEEN_ATTEMPTS_MS = 50;

const ignore = (): void => undefined;

const connect = (address: string): EventStoreDBClient => {
  try {
    return EventStoreDBClient.connectionString(address);
  } catch (error) {
    throw new UnsuitableEventStoreDb(
      `the connection string of EventStoreDB cannot be read: ${error instanceof Error ? error.message : 'unknown'}`,
    );
  }
};

export class Connection {
  readonly client: EventStoreDBClient;
  readonly options: CallOptions;

  /** @throws UnsuitableEventStoreDb when the connection string cannot be used; it is not repeated in the sentence */
  constructor(connectionString: string, answerMs: number) {
    const [, , username, password] = CREDENTIALS.exec(connectionString) ?? [];
    const given = username !== undefined && password !== undefined;
    if (!given && !/[?&]tls=false\b/i.test(connectionString)) {
      throw new UnsuitableEventStoreDb(
        'the connection string of EventStoreDB names no user and password: esdb://user:password@host:port',
      );
    }
    this.options = {
      credentials: given
        ? { username: decodeURIComponent(username), password: decodeURIComponent(password) }
        : NOBODY,
      requiresLeader: true,
      deadline: answerMs,
    };
    this.client = connect(connectionString.replace(CREDENTIALS, '$1'));
  }

  /**
   * What a read delivers, in order; up to the last one that is wanted, if it says which that is.
   * @throws the error that {@link readError} makes of the client's
   */
  async page<E>(
    open: (client: EventStoreDBClient, options: CallOptions) => StreamingRead<E>,
    isLast: (event: E) => boolean = () => false,
  ): Promise<readonly E[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#collect(open(this.client, this.options), isLast);
      } catch (error) {
        const failure = failureOf(error);
        if (failure === 'no stream') return [];
        if (failure !== 'not leader' || attempt === LEADER_ATTEMPTS) throw readError(error);
        await delay(BETWEEN_ATTEMPTS_MS);
      }
    }
  }

  async close(): Promise<void> {
    await this.client.dispose();
  }

  async #collect<E>(stream: StreamingRead<E>, isLast: (event: E) => boolean): Promise<readonly E[]> {
    stream.on('error', ignore);
    const events: E[] = [];
    let over: 'whole' | 'silent' | undefined;
    const silent = new StoreUnavailable('EventStoreDB does not answer');
    // Taken back and then read to its end: what is only dropped stays with the client, and keeps it from being closed.
    const takeBack = (as: 'whole' | 'silent'): void => {
      over = as;
      void stream.cancel().catch(ignore);
    };
    const patience = setTimeout(() => {
      if (over !== undefined) return void stream.destroy(silent);
      takeBack('silent');
      patience.refresh();
    }, this.options.deadline);
    try {
      for await (const event of stream) {
        if (over !== undefined) continue;
        patience.refresh();
        events.push(event);
        if (isLast(event)) takeBack('whole');
      }
      if (over === 'silent') throw silent;
      return events;
    } finally {
      clearTimeout(patience);
      void stream.cancel().catch(ignore);
    }
  }
}
