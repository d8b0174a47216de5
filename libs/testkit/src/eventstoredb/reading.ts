/** Read: a page of a stream or of $all, and subscriptions to either. */
import { randomUUID } from 'node:crypto';
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { EventLog } from './event-log.js';
import { badRequest, invalidPosition, tooSlow, type Release } from './failures.js';
import type { Faults, Work } from './faults.js';
import type { Recorded } from './log-file.js';
import {
  caughtUpResponse,
  checkpointResponse,
  confirmationResponse,
  eventResponse,
  filterOf,
  notFoundResponse,
  streamNameOf,
  type Filter,
} from './words.js';

type Call = ServerWritableStream<ReadReq, ReadResp>;

/** A place in the log or in a stream: an index into its events. */
interface Cursor {
  readonly length: () => number;
  readonly at: (index: number) => Recorded | undefined;
}

export interface Reading {
  readonly log: EventLog;
  readonly faults: Faults;
  readonly work: Omit<Work, 'following'>;
  readonly release: Release;
}

const BACKWARDS = 1;
const TURN_EVERY = 1_000;

/** @returns whether there is still somebody to send to. */
const send = async (call: Call, message: ReadResp, signal: AbortSignal): Promise<boolean> => {
  if (signal.aborted) return false;
  if (call.write(message)) return true;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      call.off('drain', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    call.once('drain', done);
    signal.addEventListener('abort', done, { once: true });
  });
  return !signal.aborted;
};

const goneSignal = (call: Call): AbortController => {
  const gone = new AbortController();
  for (const event of ['cancelled', 'close', 'error']) call.on(event, () => gone.abort());
  return gone;
};

const cursorOf = (log: EventLog, options: ReadReq.Options): Cursor => {
  if (options.hasAll()) return { length: () => log.length, at: (index) => log.at(index) };
  const stream = streamNameOf(options.getStream()?.getStreamIdentifier());
  return { length: () => log.stream(stream).length, at: (index) => log.stream(stream)[index] };
};

/**
 * Index of the event at the place asked for; the length when that is the end.
 * @throws ServiceError for a position at which no event begins
 */
const startOf = ({ log, release }: Reading, options: ReadReq.Options, cursor: Cursor): number => {
  const [all, stream] = [options.getAll(), options.getStream()];
  if (all?.hasStart() || stream?.hasStart()) return 0;
  if (all?.hasEnd() || stream?.hasEnd()) return cursor.length();
  if (stream !== undefined) return Number(stream.getRevision());
  const position = BigInt(all?.getPosition()?.getCommitPosition() ?? '0');
  const index = log.indexFrom(position);
  const found = log.at(index);
  if (position !== 0n && found !== undefined && found.position !== position) throw invalidPosition(release);
  return index;
};

const isBeyond = (log: EventLog, options: ReadReq.Options): boolean => {
  const position = options.getAll()?.getPosition()?.getCommitPosition();
  return position !== undefined && log.indexFrom(BigInt(position)) >= log.length;
};

const readPage = async (call: Call, server: Reading, options: ReadReq.Options): Promise<void> => {
  const { log, work } = server;
  const { signal } = goneSignal(call);
  const stream = options.getStream();
  const name = streamNameOf(stream?.getStreamIdentifier());
  if (stream !== undefined && log.stream(name).length === 0) {
    await send(call, notFoundResponse(name), signal);
    return void call.end();
  }
  const [cursor, filter] = [cursorOf(log, options), filterOf(options)];
  const structured = options.getUuidOption()?.hasStructured() ?? false;
  const backwards = (options.getReadDirection() as number) === BACKWARDS;
  const start = startOf(server, options, cursor);
  // Backwards through $all begins before the position, through a stream at the revision, as the server has it.
  let index = backwards ? Math.min(options.hasAll() ? start - 1 : start, cursor.length() - 1) : start;
  for (let left = BigInt(options.getCount()); left > 0n; index += backwards ? -1 : 1) {
    const event = index < 0 ? undefined : cursor.at(index);
    if (event === undefined) break;
    work.lookedAt += 1;
    // A million events a second is what a server passes over at best; who takes a call back meanwhile is heard.
    if (work.lookedAt % TURN_EVERY === 0) await delay(1);
    if (signal.aborted) return;
    if (filter !== undefined && !filter.matches(event)) continue;
    if (!(await send(call, eventResponse(event, structured), signal))) return;
    work.sent += 1;
    left -= 1n;
  }
  call.end();
};

/** One subscription: what is there, then what comes, with a checkpoint whenever enough was passed over. */
class Following {
  readonly #call: Call;
  readonly #log: EventLog;
  readonly #work: Reading['work'];
  readonly #cursor: Cursor;
  readonly #filter: Filter | undefined;
  readonly #structured: boolean;
  readonly #gone: AbortController;
  #silent: boolean;
  #passedOver = 0;
  #index: number;

  constructor(call: Call, server: Reading, options: ReadReq.Options) {
    const { log, work } = server;
    this.#call = call;
    this.#log = log;
    this.#work = work;
    // Also when the log has grown past the position.
    this.#silent = isBeyond(log, options);
    this.#cursor = cursorOf(log, options);
    this.#filter = filterOf(options);
    this.#structured = options.getUuidOption()?.hasStructured() ?? false;
    this.#gone = goneSignal(call);
    const start = startOf(server, options, this.#cursor);
    // A position or revision is where the subscriber stands: what follows it comes first.
    const stands = options.getAll()?.hasPosition() === true || options.getStream()?.hasRevision() === true;
    this.#index = stands && start < this.#cursor.length() ? start + 1 : start;
  }

  silence(): void {
    this.#silent = true;
  }

  drop(): void {
    this.#call.emit('error', tooSlow());
    this.#gone.abort();
  }

  async run(): Promise<void> {
    const { signal } = this.#gone;
    await send(this.#call, confirmationResponse(randomUUID()), signal);
    let caughtUp = false;
    while (!signal.aborted) {
      const seen = this.#log.length;
      while (!this.#silent && this.#index < this.#cursor.length()) {
        if (!(await this.#next())) return;
      }
      if (!this.#silent && !caughtUp) {
        caughtUp = true;
        await this.#checkpoint();
        await send(this.#call, caughtUpResponse(), signal);
      }
      await this.#log.grown(seen, signal);
    }
  }

  async #next(): Promise<boolean> {
    const event = this.#cursor.at(this.#index);
    if (event === undefined) return false;
    this.#index += 1;
    this.#passedOver += 1;
    this.#work.lookedAt += 1;
    if (this.#work.lookedAt % TURN_EVERY === 0) await turn();
    const wanted = this.#filter?.matches(event) ?? true;
    if (wanted && !(await send(this.#call, eventResponse(event, this.#structured), this.#gone.signal)))
      return false;
    if (wanted) this.#work.sent += 1;
    if (this.#filter !== undefined && this.#passedOver >= this.#filter.checkpointEvery)
      await this.#checkpoint();
    return !this.#gone.signal.aborted;
  }

  async #checkpoint(): Promise<void> {
    this.#passedOver = 0;
    const last = this.#cursor.at(this.#index - 1);
    if (this.#filter !== undefined && last !== undefined)
      await send(this.#call, checkpointResponse(last.position), this.#gone.signal);
  }
}

export const read = async (call: Call, server: Reading): Promise<void> => {
  const { faults, work } = server;
  work.reads += 1;
  const options = call.request.getOptions();
  if (options === undefined) throw badRequest('there are no options');
  if (!options.hasSubscription()) return readPage(call, server, options);
  const following = new Following(call, server, options);
  faults.subscriptions.add(following);
  await following.run().finally(() => faults.subscriptions.delete(following));
};
