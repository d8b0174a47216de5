/**
 * An answer that goes on: server-sent events (WHATWG HTML, 9.2). However slow its client is, what waits for it are the names of lists,
 * each once, and what they are to be read from.
 */
import { Readable } from 'node:stream';
import { BEAT, eventOf } from './event-stream.js';

const HELD_BYTES = 16 * 1024;

export class LiveStream extends Readable {
  readonly #lists = new Set<string>();
  #resync = false;
  #isDue = false;
  #isReleased = false;
  #id = '';
  #fullSince: number | undefined;
  #isOver = false;

  constructor() {
    super({ highWaterMark: HELD_BYTES });
  }

  /** Since when the client takes nothing, on the monotonic clock; nothing while it does. */
  get fullSince(): number | undefined {
    return this.#fullSince;
  }

  /** Noted, and said when it is {@link release}d and the client takes it. */
  changed(lists: readonly string[], id: string): void {
    for (const list of lists) this.#lists.add(list);
    this.#note(id);
  }

  /** As {@link changed}. */
  resync(id: string): void {
    this.#resync = true;
    this.#note(id);
  }

  /** The client may be told what was noted. */
  release(): void {
    this.#isReleased = true;
    this.#flush();
  }

  /** That the connection is alive, to everybody on the way. */
  beat(): void {
    if (this.#fullSince === undefined) this.#say(BEAT);
  }

  /** Nothing comes any more; nobody waits for a client that takes nothing. */
  end(): void {
    if (this.#isOver) return;
    if (this.#fullSince === undefined) this.push(null);
    else this.destroy();
    this.#isOver = true;
  }

  override _read(): void {
    this.#fullSince = undefined;
    this.#flush();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#isOver = true;
    done(error);
  }

  #note(id: string): void {
    this.#id = id;
    this.#isDue = true;
    this.#isReleased = false;
  }

  #flush(): void {
    if (!this.#isDue || !this.#isReleased || this.#fullSince !== undefined) return;
    const event = this.#resync
      ? eventOf('resync', {}, this.#id)
      : eventOf('changed', { lists: [...this.#lists].toSorted() }, this.#id);
    this.#lists.clear();
    this.#resync = false;
    this.#isDue = false;
    this.#say(event);
  }

  #say(text: string): void {
    if (!this.#isOver && !this.push(text)) this.#fullSince = performance.now();
  }
}
