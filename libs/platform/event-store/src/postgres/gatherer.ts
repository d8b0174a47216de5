/**
 * Gathers the commands of one process into batches: while one batch is being stored, the next one grows.
 * A lone caller on an idle lane waits for nothing but the end of the current turn of the event loop.
 */
import { StoreUnavailable } from '@fascia/kernel';

export interface Gathered {
  /** A batch never holds two commands that share one of these; the later one waits for its turn. */
  readonly keys: readonly string[];
  readonly bytes: number;
}

export type Settled<R> =
  { readonly ok: true; readonly value: R } | { readonly ok: false; readonly error: unknown };

export interface GathererOptions<C, R> {
  /** One answer per command, in order; a rejection is the answer to all of them. */
  readonly send: (batch: readonly C[]) => Promise<readonly Settled<R>[]>;
  /** Batches in flight at once; a further one starts only when it would be half full: two small ones cost more than one. */
  readonly lanes: number;
  readonly batchCommands: number;
  readonly batchBytes: number;
  readonly queueCommands: number;
  readonly queueBytes: number;
}

interface Waiting<C, R> {
  readonly command: C;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

export class Gatherer<C extends Gathered, R> {
  readonly #options: GathererOptions<C, R>;
  #queue: Waiting<C, R>[] = [];
  #queuedBytes = 0;
  #busyLanes = 0;
  #scheduled = false;
  #closed = false;
  readonly #keysInFlight = new Set<string>();
  readonly #idle: (() => void)[] = [];

  constructor(options: GathererOptions<C, R>) {
    this.#options = options;
  }

  /** @throws StoreUnavailable when the queue is full or closed; nothing was sent then. */
  submit(command: C): Promise<R> {
    if (this.#closed) return Promise.reject(new StoreUnavailable('the event store is closed'));
    const { queueCommands, queueBytes } = this.#options;
    const fits = this.#queue.length < queueCommands && this.#queuedBytes + command.bytes <= queueBytes;
    if (!fits) return Promise.reject(new StoreUnavailable('too many appends are waiting'));
    return new Promise((resolve, reject) => {
      this.#queue.push({ command, resolve, reject });
      this.#queuedBytes += command.bytes;
      if (this.#mayStart()) this.#schedule();
    });
  }

  /** Takes no more commands; resolves when every accepted one has its answer. */
  close(): Promise<void> {
    this.#closed = true;
    if (this.#busyLanes === 0 && this.#queue.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #mayStart(): boolean {
    const { lanes, batchCommands } = this.#options;
    if (this.#queue.length === 0 || this.#busyLanes >= lanes) return false;
    return this.#busyLanes === 0 || this.#queue.length >= batchCommands / 2;
  }

  // Not at once: callers released together by the last batch come back in the same turn and share the next one.
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      while (this.#mayStart()) {
        const batch = this.#take();
        if (batch.length === 0) return; // everything waits for a batch in flight
        void this.#run(batch);
      }
    });
  }

  #take(): readonly Waiting<C, R>[] {
    const { batchCommands, batchBytes } = this.#options;
    const batch: Waiting<C, R>[] = [];
    const left: Waiting<C, R>[] = [];
    const passedOver = new Set<string>();
    let bytes = 0;
    for (const waiting of this.#queue) {
      const { keys, bytes: more } = waiting.command;
      const room = batch.length < batchCommands && (batch.length === 0 || bytes + more <= batchBytes);
      // A command passed over holds back later ones with its keys, or they would overtake it.
      if (room && keys.every((key) => !this.#keysInFlight.has(key) && !passedOver.has(key))) {
        batch.push(waiting);
        bytes += more;
        for (const key of keys) this.#keysInFlight.add(key);
      } else {
        left.push(waiting);
        for (const key of keys) passedOver.add(key);
      }
    }
    this.#queue = left;
    this.#queuedBytes -= bytes;
    return batch;
  }

  async #run(batch: readonly Waiting<C, R>[]): Promise<void> {
    this.#busyLanes += 1;
    const answers = await this.#options
      .send(batch.map((waiting) => waiting.command))
      .catch((error: unknown) => batch.map(() => ({ ok: false as const, error })));
    this.#busyLanes -= 1;
    batch.forEach((waiting, index) => {
      for (const key of waiting.command.keys) this.#keysInFlight.delete(key);
      const answer = answers[index] ?? {
        ok: false,
        error: new Error('the store gave no answer to this command'),
      };
      if (answer.ok) waiting.resolve(answer.value);
      else waiting.reject(answer.error);
    });
    this.#schedule();
    if (this.#closed && this.#busyLanes === 0 && this.#queue.length === 0)
      for (const done of this.#idle.splice(0)) done();
  }
}
