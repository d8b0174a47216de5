/** Hears on one connection what is said of changed rows; one that breaks, or is silent, is made anew. */
import type { Pool } from 'pg';
import { pause, untilAborted } from '@fascia/retry';
import { LISTEN } from './changed-rows.js';

interface Ears {
  /** What is said from now on is heard; of what was said before something may have been missed. */
  began(): Promise<void>;
  heard(note: string): void;
  /** Nothing is heard until it begins again. */
  failed(error: unknown): void;
}

const ASK_EVERY_MS = 5_000;
/** A connection that is asleep looks like one on which nothing is said. */
const STILL_HEARD = { text: 'select 1', query_timeout: ASK_EVERY_MS };

class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/** Until the signal aborts. */
export const hearChanges = (pool: Pool, signal: AbortSignal, ears: Ears): Promise<void> =>
  untilAborted(
    signal,
    async (wentWell) => {
      const client = await pool.connect();
      const lost = new AbortController();
      for (const event of ['error', 'end'] as const)
        client.on(event, () => {
          lost.abort();
        });
      client.on('notification', ({ payload = '' }) => {
        ears.heard(payload);
      });
      const over = AbortSignal.any([signal, lost.signal]);
      try {
        await client.query(LISTEN);
        await ears.began();
        wentWell();
        while (!over.aborted) {
          await pause(ASK_EVERY_MS, over);
          if (!over.aborted) await client.query(STILL_HEARD);
        }
        if (!signal.aborted) throw new ConnectionLost();
      } finally {
        client.removeAllListeners('notification');
        // It listens: nobody else should be given it.
        client.release(true);
      }
    },
    (error) => {
      ears.failed(error);
    },
  );
