/**
 * A slow, correct event store that is easy to break: each step of an append is a method of its own.
 * The wrong stores beside it override one step each, to prove that the suite notices.
 */
import { createHash } from 'node:crypto';
import { APPEND_LIMIT_BYTES, AppendTooLarge } from '@fascia/kernel';
import type {
  AppendRequest,
  AppendResult,
  EventStore,
  LogHead,
  Position,
  StoredEvent,
  StreamName,
} from '@fascia/kernel';
import { turn } from './check.js';

const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

export class SketchEventStore implements EventStore {
  readonly contiguousPositions: boolean = true;
  readonly eventIds: EventStore['eventIds'] = 'log';
  protected log: StoredEvent[] = [];

  async append(request: AppendRequest): Promise<AppendResult> {
    this.assertSize(request);
    await turn();
    return this.judge(request) ?? this.store(request);
  }

  async readStream(stream: StreamName, from: number, limit: number): Promise<readonly StoredEvent[]> {
    return this.inStream(stream)
      .filter((event) => event.version >= from)
      .slice(0, limit);
  }

  async readAll(after: Position, limit: number): Promise<readonly StoredEvent[]> {
    return this.log.filter((event) => event.position > after).slice(0, limit);
  }

  async readAt(position: Position): Promise<StoredEvent | undefined> {
    return this.log.find((event) => event.position === position);
  }

  async *subscribe(after: Position, signal: AbortSignal): AsyncGenerator<readonly StoredEvent[], void> {
    let last = after;
    while (!signal.aborted) {
      const batch = await this.readAll(last, 100);
      if (signal.aborted) return;
      if (batch.length > 0) yield batch;
      last = batch.at(-1)?.position ?? last;
      await turn();
    }
  }

  async head(): Promise<LogHead> {
    return { position: this.log.at(-1)?.position ?? 0n, epoch: 'sketch' };
  }

  /** What `kill -9` would leave. */
  crash(): void {}

  close(): void {}

  protected assertSize(request: AppendRequest): void {
    const bytes = request.events.reduce((sum, event) => sum + event.data.length + event.metadata.length, 0);
    if (bytes > APPEND_LIMIT_BYTES) throw new AppendTooLarge(`${bytes} bytes`);
  }

  /** @returns nothing when the request may be stored. */
  protected judge(request: AppendRequest): AppendResult | undefined {
    const earlier = this.earlier(request).at(-1);
    if (earlier !== undefined) {
      if (earlier.requestDigest !== request.requestDigest) return { kind: 'idReused' };
      return { kind: 'already', version: earlier.version, position: earlier.position };
    }
    if (this.isIdTaken(request)) return { kind: 'idReused' };
    const actual = this.inStream(request.stream).length;
    return actual === request.expectedVersion ? undefined : { kind: 'conflict', actual };
  }

  protected async store(request: AppendRequest): Promise<AppendResult> {
    const events = this.eventsOf(request);
    this.log.push(...events);
    const last = events.at(-1);
    return { kind: 'appended', version: last?.version ?? 0, position: last?.position ?? 0n };
  }

  protected inStream(stream: StreamName): readonly StoredEvent[] {
    return this.log.filter((event) => event.stream === stream);
  }

  protected earlier(request: AppendRequest): readonly StoredEvent[] {
    return this.inStream(request.stream).filter((event) => event.commandId === request.commandId);
  }

  protected isIdTaken(request: AppendRequest): boolean {
    return this.repeatsAnId(request) || this.standsAlready(request);
  }

  protected repeatsAnId({ events }: AppendRequest): boolean {
    return new Set(events.map((event) => event.id)).size < events.length;
  }

  protected standsAlready({ stream, events }: AppendRequest): boolean {
    const ids = events.map((event) => event.id);
    const where = this.eventIds === 'log' ? this.log : this.inStream(stream);
    return where.some((event) => ids.includes(event.id));
  }

  protected nextPosition(): Position {
    return (this.log.at(-1)?.position ?? 0n) + 1n;
  }

  protected now(): string {
    return '2026-04-01T09:30:00.000Z';
  }

  protected digestOf(data: Uint8Array, metadata: Uint8Array): string {
    return sha256(sha256(data), sha256(metadata)).toString('hex');
  }

  protected eventsOf(request: AppendRequest, first: Position = this.nextPosition()): readonly StoredEvent[] {
    return request.events.map((event, index) => ({
      ...event,
      position: first + BigInt(index),
      stream: request.stream,
      version: request.expectedVersion + index + 1,
      recordedAt: this.now(),
      commandId: request.commandId,
      requestDigest: request.requestDigest,
      digest: this.digestOf(event.data, event.metadata),
    }));
  }
}
