/** Event stores that read wrongly, one deliberate defect each. */
import type { LogHead, Position, StoredEvent, StreamName } from '@fascia/kernel';
import { turn } from './check.js';
import { SketchEventStore } from './sketch-event-store.js';

export class SteppingClock extends SketchEventStore {
  #ticks = 0;

  protected override now(): string {
    this.#ticks += 1;
    return new Date(Date.UTC(2026, 3, 1) + (this.#ticks % 7) * 1_000).toISOString();
  }
}

export class UnboundedPages extends SketchEventStore {
  override readAll(after: Position): Promise<readonly StoredEvent[]> {
    return super.readAll(after, Infinity);
  }
}

/** Ordered as text: 9 after 10. */
export class TextOrder extends SketchEventStore {
  override async readAll(after: Position, limit: number): Promise<readonly StoredEvent[]> {
    const later = this.log.filter((event) => event.position > after);
    return later.sort((a, b) => (String(a.position) < String(b.position) ? -1 : 1)).slice(0, limit);
  }
}

export class HeadBehind extends SketchEventStore {
  override async head(): Promise<LogHead> {
    return { position: this.log.at(-2)?.position ?? 0n, epoch: 'sketch' };
  }
}

/** Answers the next event where none stands. */
export class NearestPosition extends SketchEventStore {
  override async readAt(position: Position): Promise<StoredEvent | undefined> {
    return this.log.find((event) => event.position >= position);
  }
}

/** Takes a position for the one before which it reads. */
export class PositionOffByOne extends SketchEventStore {
  override async readAt(position: Position): Promise<StoredEvent | undefined> {
    return this.log.find((event) => event.position > position);
  }
}

export class ReadsFromTheNext extends SketchEventStore {
  override readStream(stream: StreamName, from: number, limit: number): Promise<readonly StoredEvent[]> {
    return super.readStream(stream, from + 1, limit);
  }
}

export class RepeatingSubscription extends SketchEventStore {
  override async *subscribe(
    after: Position,
    signal: AbortSignal,
  ): AsyncGenerator<readonly StoredEvent[], void> {
    for await (const batch of super.subscribe(after, signal)) {
      yield batch;
      yield batch.slice(-1);
    }
  }
}

/** Starts listening only after it has read what was there: what falls between is lost. */
export class GapBetweenReadingAndListening extends SketchEventStore {
  override async *subscribe(
    after: Position,
    signal: AbortSignal,
  ): AsyncGenerator<readonly StoredEvent[], void> {
    const there = await this.readAll(after, Infinity);
    if (there.length > 0) yield there;
    await turn();
    yield* super.subscribe((await this.head()).position, signal);
  }
}

export class DeafSubscription extends SketchEventStore {
  override async *subscribe(after: Position): AsyncGenerator<readonly StoredEvent[], void> {
    const there = await this.readAll(after, Infinity);
    if (there.length > 0) yield there;
  }
}

export class EndlessSubscription extends SketchEventStore {
  readonly #closed = new AbortController();

  override subscribe(after: Position): AsyncGenerator<readonly StoredEvent[], void> {
    return super.subscribe(after, this.#closed.signal);
  }

  override close(): void {
    this.#closed.abort();
  }
}
