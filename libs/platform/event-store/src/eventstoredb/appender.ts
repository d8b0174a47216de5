/** Appends to one stream go one after another; each is judged on what the stream holds, sent, and sent again when in doubt. */
import { NO_STREAM } from '@eventstore/db-client';
import type { BinaryEventData } from '@eventstore/db-client';
import { OutcomeUnknown, StoreUnavailable } from '@fascia/kernel';
import type { AppendRequest, AppendResult, Position, StreamName } from '@fascia/kernel';
import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from './connection.js';
import { accessDenied, failureOf, tooLarge } from './failures.js';
import { LogsDiffer } from '../copy-log.js';
import { eventDataOf, type CopyRequest, type Known } from './recorded.js';
import { StreamTail, type StreamTails } from './stream-tails.js';

export interface AppenderOptions {
  /** How long an append of unknown outcome is sent again before its caller is told so. */
  readonly retryMs: number;
  readonly queueAppends: number;
}

interface Reader {
  /** From a version (inclusive) to the end of the stream. */
  known(stream: StreamName, from: number): Promise<readonly Known[]>;
}

const BETWEEN_RETRIES_MS = 50;

/** Of a stream that its caller says is new: nothing is read before, the server tells when that is wrong. */
const NEW_STREAM = new StreamTail();

const NOT_PROMISED = Symbol('the server does not promise the position of the last event');

/** The server speaks of another version. */
class Refused {
  /** @param doubt of an attempt before, which perhaps was stored; absent when there was none */
  constructor(readonly doubt: unknown) {}
}

const broke = (cause: unknown): OutcomeUnknown =>
  new OutcomeUnknown('the connection broke after sending; send again with the same ids', { cause });

export class Appender {
  readonly #lanes = new Map<StreamName, Promise<unknown>>();
  #waiting = 0;
  #closed = false;

  constructor(
    private readonly connection: Connection,
    private readonly reader: Reader,
    private readonly tails: StreamTails,
    private readonly options: AppenderOptions,
  ) {}

  /** @throws StoreUnavailable, OutcomeUnknown, AppendTooLarge */
  async submit(request: AppendRequest): Promise<AppendResult> {
    if (this.#closed) throw new StoreUnavailable('the event store is closed');
    if (this.#waiting >= this.options.queueAppends)
      throw new StoreUnavailable('too many appends are waiting');
    this.#waiting += 1;
    const before = this.#lanes.get(request.stream) ?? Promise.resolve();
    const append = before.then(() => this.#append(request));
    const lane = append.catch(() => undefined);
    this.#lanes.set(request.stream, lane);
    try {
      return await append;
    } catch (error) {
      this.tails.forget(request.stream);
      throw error;
    } finally {
      this.#waiting -= 1;
      if (this.#lanes.get(request.stream) === lane) this.#lanes.delete(request.stream);
    }
  }

  /** What another log holds: judged there, so only its place in the stream is checked. @throws LogsDiffer, StoreUnavailable, OutcomeUnknown */
  async copy(request: CopyRequest): Promise<void> {
    this.tails.forget(request.stream);
    if ((await this.#insist(request)) instanceof StreamTail)
      throw new LogsDiffer(`${request.stream} is not at version ${request.expectedVersion} in the target`);
  }

  /** Takes no more appends; resolves when every accepted one has its answer. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#lanes.values());
  }

  async #append(request: AppendRequest): Promise<AppendResult> {
    let tail = this.tails.get(request.stream) ?? (request.expectedVersion === 0 ? NEW_STREAM : undefined);
    if (tail?.version !== request.expectedVersion) tail = await this.#look(request.stream);
    const verdict = tail.judge(request);
    if (verdict !== undefined) return verdict;
    const sent = await this.#insist(request);
    return sent instanceof StreamTail
      ? (sent.judge(request) ?? { kind: 'conflict', actual: sent.version })
      : this.#answer(request, sent);
  }

  /**
   * A conflict is believed when the stream does not stand where the request expects it. A leader that was frozen, and does
   * not know yet that another node leads, speaks of conflicts where there are none.
   * @returns how the stream stands instead
   */
  async #insist(request: AppendRequest | CopyRequest): Promise<Position | typeof NOT_PROMISED | StreamTail> {
    const deadline = performance.now() + this.options.retryMs;
    let doubt: unknown;
    for (;;) {
      const sent = await this.#send(request);
      if (!(sent instanceof Refused)) return sent;
      doubt ??= sent.doubt;
      const tail = await this.#look(request.stream);
      if (tail.version !== request.expectedVersion) return tail;
      if (performance.now() >= deadline) {
        if (doubt !== undefined) throw broke(doubt);
        throw new StoreUnavailable('EventStoreDB refuses the version at which the stream stands');
      }
      await delay(BETWEEN_RETRIES_MS);
    }
  }

  /** From the last event that is known: when it is not there, the log was put back, and all of the stream is read. */
  async #look(stream: StreamName): Promise<StreamTail> {
    const tail = this.tails.get(stream);
    if (tail === undefined || tail.version === 0) return this.#lookAtAll(stream);
    const [last, ...further] = await this.reader.known(stream, tail.version);
    return last !== undefined && tail.endsWith(last) === true
      ? this.tails.extend(stream, further)
      : this.#lookAtAll(stream);
  }

  async #lookAtAll(stream: StreamName): Promise<StreamTail> {
    this.tails.forget(stream);
    return this.tails.extend(stream, await this.reader.known(stream, 1));
  }

  async #answer(request: AppendRequest, sent: Position | typeof NOT_PROMISED): Promise<AppendResult> {
    const version = request.expectedVersion + request.events.length;
    const { commandId, requestDigest } = request;
    const known =
      sent === NOT_PROMISED
        ? await this.#readBack(request)
        : request.events.map(({ id, keyHash }) => ({
            commandId,
            id,
            keyHash,
            requestDigest,
            version,
            position: sent,
          }));
    this.tails.extend(request.stream, known);
    const last = known.at(-1);
    if (last?.version !== version)
      throw new OutcomeUnknown('what was stored cannot be read back; send again with the same ids');
    return { kind: 'appended', version, position: last.position };
  }

  async #readBack({ stream, expectedVersion, events }: AppendRequest): Promise<readonly Known[]> {
    try {
      return (await this.reader.known(stream, expectedVersion + 1)).slice(0, events.length);
    } catch (error) {
      throw new OutcomeUnknown('stored, but where is not known; send again with the same ids', {
        cause: error,
      });
    }
  }

  /** The ids make a repetition safe: the server answers as the first time. */
  async #send(request: AppendRequest | CopyRequest): Promise<Position | typeof NOT_PROMISED | Refused> {
    const deadline = performance.now() + this.options.retryMs;
    let unknown: unknown;
    let refused: unknown;
    const data = request.events.map((event) => eventDataOf(request, event));
    for (;;) {
      try {
        return await this.#call(request, data);
      } catch (error) {
        switch (failureOf(error)) {
          case 'conflict':
            return new Refused(unknown);
          case 'too large':
            throw tooLarge(error);
          case 'denied':
            throw accessDenied(error);
          case 'not leader':
            refused = error;
            break;
          case 'not sent':
            if (unknown === undefined)
              throw new StoreUnavailable('EventStoreDB cannot be reached', { cause: error });
            break;
          case 'no stream':
          case 'refused':
          case 'unknown':
            unknown = error;
        }
      }
      if (performance.now() >= deadline) {
        if (unknown === undefined)
          throw new StoreUnavailable('no node of EventStoreDB leads', { cause: refused });
        throw broke(unknown);
      }
      await delay(BETWEEN_RETRIES_MS);
    }
  }

  async #call(
    { stream, expectedVersion }: AppendRequest,
    data: BinaryEventData[],
  ): Promise<Position | typeof NOT_PROMISED> {
    const expectedRevision = expectedVersion === 0 ? NO_STREAM : BigInt(expectedVersion - 1);
    const { position } = await this.connection.client.appendToStream(stream, data, {
      ...this.connection.options,
      expectedRevision,
    });
    return data.length > 1 || position === undefined ? NOT_PROMISED : position.commit;
  }
}
