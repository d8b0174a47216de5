/** Sends one batch of appends, and decides what a failure means for each of its commands. */
import { setTimeout as delay } from 'node:timers/promises';
import { OutcomeUnknown, StoreUnavailable } from '@fascia/kernel';
import type { AppendRequest, AppendResult } from '@fascia/kernel';
import { saysItOnlyReads } from '@fascia/retry';
import type { Pool, PoolClient } from 'pg';
import { isBadCommand, isConnectionLost, isTransient, violates } from './failures.js';
import type { Settled } from './gatherer.js';
import { appendStatement, resultOf } from './statements.js';

export interface AppendSenderOptions {
  /** How long a batch of unknown outcome is sent again before its callers are told so. */
  readonly retryMs: number;
}

const BETWEEN_RETRIES_MS = 50;

const settled = (value: AppendResult): Settled<AppendResult> => ({ ok: true, value });

export class AppendSender {
  readonly #pool: Pool;
  readonly #options: AppendSenderOptions;

  constructor(pool: Pool, options: AppendSenderOptions) {
    this.#pool = pool;
    this.#options = options;
  }

  /** One bad command never fails its neighbours: the batch is sent again one by one. */
  async send(batch: readonly AppendRequest[]): Promise<readonly Settled<AppendResult>[]> {
    try {
      return (await this.#sendWhole(batch)).map(settled);
    } catch (error) {
      if (!isBadCommand(error)) throw error;
      if (batch.length === 1)
        return [violates(error, 'event_id') ? settled({ kind: 'idReused' }) : { ok: false, error }];
    }
    const answers: Settled<AppendResult>[] = [];
    for (const request of batch) {
      answers.push(
        ...(await this.send([request]).catch((error: unknown) => [{ ok: false as const, error }])),
      );
    }
    return answers;
  }

  /**
   * A batch whose outcome is unknown is sent again with the same ids: what was stored answers `already`.
   * @throws StoreUnavailable when nothing can have been stored, OutcomeUnknown otherwise
   */
  async #sendWhole(batch: readonly AppendRequest[]): Promise<readonly AppendResult[]> {
    let unknown: unknown;
    const deadline = performance.now() + this.#options.retryMs;
    for (;;) {
      const client = await this.#pool.connect().catch((error: unknown) => {
        if (unknown === undefined)
          throw new StoreUnavailable('PostgreSQL cannot be reached', { cause: error });
      });
      if (client !== undefined) {
        try {
          return await this.#call(client, batch);
        } catch (error) {
          const refused = isTransient(error);
          if (refused && unknown === undefined)
            throw new StoreUnavailable('PostgreSQL refused for now', { cause: error });
          if (!refused && !isConnectionLost(error)) throw error;
          // Refused after an attempt that broke off: of that one it says nothing.
          unknown ??= error;
        }
      }
      if (performance.now() >= deadline) {
        throw new OutcomeUnknown('the connection broke after sending; send again with the same ids', {
          cause: unknown,
        });
      }
      await delay(BETWEEN_RETRIES_MS);
    }
  }

  async #call(client: PoolClient, batch: readonly AppendRequest[]): Promise<readonly AppendResult[]> {
    let lost = true;
    try {
      const { rows } = await client.query<unknown[]>(appendStatement(batch));
      lost = false;
      return rows.map(resultOf);
    } catch (error) {
      lost = isConnectionLost(error) || saysItOnlyReads(error);
      throw error;
    } finally {
      client.release(lost);
    }
  }
}
