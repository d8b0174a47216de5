/**
 * What this process knows of streams: their version, and which commands and event ids they hold. Good for judging a request
 * only while the version is the one that the request expects: then nobody else has appended, or the server says so.
 */
import type { AppendRequest, AppendResult, StreamName } from '@fascia/kernel';
import { LRUCache } from 'lru-cache';
import type { Known } from './recorded.js';

export class StreamTail {
  #version = 0;
  #lastId = '';
  readonly #commands = new Map<string, Known>();
  readonly #ids = new Set<string>();

  get version(): number {
    return this.#version;
  }

  /** Whether this event is the last one that is known; nothing when it says nothing about that. */
  endsWith({ version, id }: Known): boolean | undefined {
    return version === this.#version ? id === this.#lastId : undefined;
  }

  add(event: Known): void {
    this.#version = event.version;
    this.#lastId = event.id;
    this.#commands.set(event.commandId, event);
    this.#ids.add(event.id);
  }

  /** @returns nothing when the events are to be stored. */
  judge({ commandId, requestDigest, events, expectedVersion }: AppendRequest): AppendResult | undefined {
    const earlier = this.#commands.get(commandId);
    if (earlier !== undefined) {
      const { version, position } = earlier;
      return earlier.requestDigest === requestDigest
        ? { kind: 'already', version, position }
        : { kind: 'idReused' };
    }
    const ids = new Set(events.map(({ id }) => id));
    if (ids.size < events.length || [...ids].some((id) => this.#ids.has(id))) return { kind: 'idReused' };
    return expectedVersion === this.#version ? undefined : { kind: 'conflict', actual: this.#version };
  }
}

/** The streams used last, bounded by their events together. */
export class StreamTails {
  readonly #tails: LRUCache<StreamName, StreamTail>;

  /** @param limit in events; a longer stream is not remembered */
  constructor(limit: number) {
    // A stream that is known to be empty takes room as well.
    this.#tails = new LRUCache({ maxSize: limit, sizeCalculation: ({ version }) => version + 1 });
  }

  get(stream: StreamName): StreamTail | undefined {
    return this.#tails.get(stream);
  }

  /**
   * Takes further events of a stream; those that are known already change nothing. Where another event stands at the end of
   * what is known, the log was put back and went on otherwise: what is known is forgotten.
   */
  extend(stream: StreamName, events: readonly Known[]): StreamTail {
    const known = this.#tails.get(stream);
    const other = known !== undefined && events.some((event) => known.endsWith(event) === false);
    const tail = known === undefined || other ? new StreamTail() : known;
    for (const event of events) if (event.version === tail.version + 1) tail.add(event);
    this.#tails.delete(stream); // its size is taken when it is put in, not when it grows
    this.#tails.set(stream, tail);
    return tail;
  }

  forget(stream: StreamName): void {
    this.#tails.delete(stream);
  }
}
