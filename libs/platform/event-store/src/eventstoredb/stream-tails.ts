/**
 * What this process knows of streams: their version, and which commands and event ids they hold. Good for judging a request
 * only while the version is the one that the request expects: then nobody else has appended, or the server says so.
 */
import type { AppendRequest, AppendResult, StreamName } from '@fascia/kernel';
import type { Known } from './recorded.js';

export class StreamTail {
  #version = 0;
  readonly #commands = new Map<string, Known>();
  readonly #ids = new Set<string>();

  get version(): number {
    return this.#version;
  }

  add(event: Known): void {
    this.#version = event.version;
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
  readonly #tails = new Map<StreamName, StreamTail>();
  #events = 0;

  constructor(private readonly limit: number) {}

  get(stream: StreamName): StreamTail | undefined {
    const tail = this.#tails.get(stream);
    if (tail === undefined) return undefined;
    this.#tails.delete(stream);
    this.#tails.set(stream, tail);
    return tail;
  }

  /** Takes further events of a stream; those that are known already change nothing. */
  extend(stream: StreamName, events: readonly Known[]): StreamTail {
    const known = this.get(stream);
    const tail = known ?? new StreamTail();
    this.#tails.set(stream, tail);
    if (known === undefined) this.#events += 1; // a stream that is known to be empty takes room as well
    for (const event of events) {
      if (event.version !== tail.version + 1) continue;
      tail.add(event);
      this.#events += 1;
    }
    this.#trim(stream);
    return tail;
  }

  forget(stream: StreamName): void {
    const tail = this.#tails.get(stream);
    if (tail === undefined) return;
    this.#tails.delete(stream);
    this.#events -= tail.version + 1;
  }

  #trim(kept: StreamName): void {
    for (const oldest of this.#tails.keys()) {
      if (this.#events <= this.limit || oldest === kept) return;
      this.forget(oldest);
    }
  }
}
