/**
 * How far somebody had looked for the head, noted in a stream of our own whenever the log has grown enough, so that a start
 * need not look again at what others wrote before it. It can always be thrown away: one that does not fit is ignored.
 */
import { BACKWARDS, END } from '@eventstore/db-client';
import type { Connection } from './connection.js';
import type { Looked } from './ours-in-all.js';

/** No dash: it is no stream of events of ours, and readers pass over it. */
const STREAM = 'fasciahead';

/** Bytes of the log between two notes: what a start looks at, and one small event for all of that. */
const EVERY = 16n * 1024n * 1024n;

const DIGITS = /^\d{1,20}$/;

const parse = (text: string): Looked | undefined => {
  const [ours = '', position = '', id] = text.split(' ');
  return DIGITS.test(ours) && DIGITS.test(position) && id !== undefined
    ? { ours: BigInt(ours), mark: { position: BigInt(position), id } }
    : undefined;
};

export class HeadNote {
  #noted: bigint | undefined;
  #writing = false;

  constructor(private readonly connection: Connection) {}

  /** @throws StoreUnavailable */
  async last(): Promise<Looked | undefined> {
    const [newest] = await this.connection.page((client, options) =>
      client.readStream(STREAM, { ...options, direction: BACKWARDS, fromRevision: END, maxCount: 1 }),
    );
    const looked =
      newest?.event === undefined
        ? undefined
        : parse(Buffer.from(newest.event.data as Uint8Array).toString('utf8'));
    this.#noted = looked?.mark.position ?? 0n;
    return looked;
  }

  /** Beside whatever the caller does: a note that could not be written is written with the next look. */
  offer(looked: Looked): void {
    if (this.#writing || (this.#noted !== undefined && looked.mark.position - this.#noted < EVERY)) return;
    this.#writing = true;
    void this.#write(looked)
      .catch(() => undefined)
      .finally(() => (this.#writing = false));
  }

  async #write(looked: Looked): Promise<void> {
    // Another process may have noted it.
    await this.last();
    if (looked.mark.position - (this.#noted ?? 0n) < EVERY) return;
    const { ours, mark } = looked;
    const note = {
      id: crypto.randomUUID(),
      type: 'HeadSeen',
      contentType: 'application/octet-stream' as const,
      data: new TextEncoder().encode([ours, mark.position, mark.id].join(' ')),
      metadata: undefined,
    };
    await this.connection.client.appendToStream(STREAM, note, this.connection.options);
    this.#noted = mark.position;
  }
}
