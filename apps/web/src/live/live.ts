/**
 * What changed, as it changes: one stream for all tabs of one person and role, whose leader tells the others. It goes on from where it
 * was, after a cut, after sleep, in the tab that leads next.
 */
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { Problem } from '../api/problem.js';
import type { Service } from '../api/service.js';

export type LiveState = 'live' | 'catching' | 'offline';

/** Lists by their address; all of them where it is not known which; of both what was read before a moment, where one is told. */
type Told =
  | { readonly lists: readonly string[] | 'all'; readonly id?: string; readonly before?: number }
  | { readonly state: LiveState };

/** Of whoever comes later: how things stand is told when it changes, and when somebody asks. */
const ASKS = { asks: 'state' } as const;

interface Listener {
  /** @param before of what was read later nothing has changed */
  changed(lists: readonly string[] | 'all', before?: number): void;
  state(state: LiveState): void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** Three heartbeats that did not come: the connection is silent, or the machine slept. */
const SILENT_MS = 45_000;
/** A server that has no such stream is not asked again. */
const NONE = new Set([404, 405, 501]);

const pause = (ms: number, signal: AbortSignal): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(resolve, ms);
  const wake = (): void => {
    clearTimeout(timer);
    resolve(undefined);
  };
  signal.addEventListener('abort', wake, { once: true });
  window.addEventListener('online', wake, { once: true });
  return promise;
};

/** Ends a reading that nothing comes of any more. */
const watchdog = (cut: () => void): { readonly seen: () => void; readonly stop: () => void } => {
  let last = Date.now();
  const timer = setInterval(() => {
    if (Date.now() - last > SILENT_MS) cut();
  }, FIRST_WAIT_MS * 10);
  return {
    seen: () => {
      last = Date.now();
    },
    stop: () => clearInterval(timer),
  };
};

const listsIn = (data: string): readonly string[] => {
  const { lists } = JSON.parse(data) as { readonly lists: readonly string[] };
  return lists;
};

export class Live {
  readonly #service: Service;
  readonly #listener: Listener;
  readonly #channel: BroadcastChannel;
  readonly #end = new AbortController();
  /** Of the last event that any tab heard. */
  #last: string | undefined;
  /** Of whoever leads. */
  #state: LiveState | undefined;

  /** @param of person and role: who sees other lists hears of other changes */
  constructor(service: Service, of: string, listener: Listener) {
    this.#service = service;
    this.#listener = listener;
    this.#channel = new BroadcastChannel(`fascia.live.${of}`);
    this.#channel.onmessage = ({ data }: MessageEvent<Told | typeof ASKS>) =>
      'asks' in data ? this.#answer() : this.#hear(data);
    this.#channel.postMessage(ASKS);
    void navigator.locks
      .request(`fascia.live.${of}`, { signal: this.#end.signal }, () => this.#lead())
      .catch(() => undefined);
  }

  stop(): void {
    this.#end.abort();
    this.#channel.close();
  }

  #answer(): void {
    if (this.#state !== undefined) this.#channel.postMessage({ state: this.#state } satisfies Told);
  }

  #tell(told: Told): void {
    if (this.#end.signal.aborted) return;
    if ('state' in told) this.#state = told.state;
    this.#channel.postMessage(told);
    this.#hear(told);
  }

  #hear(told: Told): void {
    if ('state' in told) return this.#listener.state(told.state);
    this.#last = told.id ?? this.#last;
    this.#listener.changed(told.lists, told.before);
  }

  /** As long as this tab is there. */
  async #lead(): Promise<void> {
    const { signal } = this.#end;
    for (let failed = 0; !signal.aborted; failed += 1) {
      this.#tell({ state: navigator.onLine ? 'catching' : 'offline' });
      try {
        if (await this.#follow(signal)) failed = 0;
      } catch (error) {
        if (error instanceof Problem && NONE.has(error.status)) return;
        this.#tell({ state: 'offline' });
      }
      await pause(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failed), signal);
    }
  }

  /** One connection, until it ends. @returns whether it ever was one */
  async #follow(signal: AbortSignal): Promise<boolean> {
    const cut = new AbortController();
    const dog = watchdog(() => cut.abort());
    const begun = Date.now();
    try {
      const headers = this.#last === undefined ? {} : { 'last-event-id': this.#last };
      const response = await this.#service.listen('live', headers, AbortSignal.any([signal, cut.signal]));
      const body = response.body?.pipeThrough(
        new TransformStream({
          transform: (chunk: Uint8Array<ArrayBuffer>, next) => {
            dog.seen();
            next.enqueue(chunk);
          },
        }),
      );
      if (body === undefined) return false;
      this.#tell({ state: 'live' });
      // What was read before anybody listened is asked for whole, and not what a page asked for when it was opened; afterwards the
      // stream says what it was.
      if (this.#last === undefined) this.#tell({ lists: 'all', before: begun });
      const events = body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
      for await (const { event, id, data } of events as unknown as AsyncIterable<{
        event?: string;
        id?: string;
        data: string;
      }>)
        this.#tell({
          lists: event === 'changed' ? listsIn(data) : 'all',
          ...(id === undefined ? {} : { id }),
        });
      return true;
    } finally {
      dog.stop();
    }
  }
}
