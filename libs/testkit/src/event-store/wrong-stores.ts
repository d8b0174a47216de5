/** Event stores with one deliberate defect each, and the check that has to notice it. */
import type { AppendRequest, AppendResult, LogHead, Position, StoredEvent, StreamName } from '@fascia/kernel';
import { turn } from './check.js';
import type { StoreFactory } from './check.js';
import { SketchEventStore } from './sketch-event-store.js';

/** Numbers are given in one order and become visible in another; a refused command uses its numbers up. */
class RawSequence extends SketchEventStore {
  #sequence = 0n;

  override async append(request: AppendRequest): Promise<AppendResult> {
    this.assertSize(request);
    const first = this.#sequence + 1n;
    this.#sequence += BigInt(request.events.length);
    for (let turns = Number(first % 5n); turns >= 0; turns -= 1) await turn();
    const refused = this.judge(request);
    if (refused !== undefined) return refused;
    this.log = [...this.log, ...this.eventsOf(request, first)].sort((a, b) => Number(a.position - b.position));
    return { kind: 'appended', version: request.expectedVersion + request.events.length, position: first + BigInt(request.events.length) - 1n };
  }
}

/** The same numbers, visible in their order but with holes. */
class SequenceWithHoles extends SketchEventStore {
  #used = 0n;

  protected override judge(request: AppendRequest): AppendResult | undefined {
    this.#used += 1n;
    return super.judge(request);
  }

  protected override nextPosition(): Position {
    return (this.log.at(-1)?.position ?? 0n) + this.#used;
  }
}

/** `on conflict do nothing`: the loser is told that it won. */
class SilentConflict extends SketchEventStore {
  override async append(request: AppendRequest): Promise<AppendResult> {
    const result = await super.append(request);
    if (result.kind !== 'conflict') return result;
    return { kind: 'appended', version: request.expectedVersion + request.events.length, position: this.nextPosition() };
  }
}

class BlindAppend extends SketchEventStore {
  override append(request: AppendRequest): Promise<AppendResult> {
    return super.append({ ...request, expectedVersion: this.inStream(request.stream).length });
  }
}

/** Looks, waits, then writes what it no longer knows to be right. */
class CheckThenAct extends SketchEventStore {
  protected override async store(request: AppendRequest): Promise<AppendResult> {
    await turn();
    return super.store(request);
  }
}

class ConflictWithoutActual extends SketchEventStore {
  protected override judge(request: AppendRequest): AppendResult | undefined {
    const result = super.judge(request);
    return result?.kind === 'conflict' ? { kind: 'conflict', actual: request.expectedVersion } : result;
  }
}

class LostTail extends SketchEventStore {
  protected override async store(request: AppendRequest): Promise<AppendResult> {
    const result = await super.store(request);
    if (request.events.length > 1) this.log.pop();
    return result;
  }
}

class ReorderedBatch extends SketchEventStore {
  protected override store(request: AppendRequest): Promise<AppendResult> {
    return super.store({ ...request, events: request.events.toReversed() });
  }
}

/** One row per round trip, without a transaction around them. */
class HalfCommands extends SketchEventStore {
  protected override async store(request: AppendRequest): Promise<AppendResult> {
    const events = this.eventsOf(request);
    for (const event of events) {
      this.log.push(event);
      if (events.length > 20) await turn();
    }
    return { kind: 'appended', version: request.expectedVersion + events.length, position: events.at(-1)?.position ?? 0n };
  }
}

/** Says "stored" while the last appends are still in a buffer. */
class AcknowledgesBeforeDurable extends SketchEventStore {
  override crash(): void {
    this.log.splice(-8);
  }
}

/** Whoever shares a batch with a refused command is refused with it. */
class SharedFate extends SketchEventStore {
  #batch: Promise<boolean> | undefined;
  #members: AppendRequest[] = [];

  override async append(request: AppendRequest): Promise<AppendResult> {
    this.assertSize(request);
    this.#members.push(request);
    this.#batch ??= turn().then(() => {
      const bad = this.#members.some((member) => this.judge(member)?.kind === 'conflict');
      this.#members = [];
      this.#batch = undefined;
      return bad;
    });
    if (await this.#batch) return { kind: 'conflict', actual: this.inStream(request.stream).length };
    return this.judge(request) ?? this.store(request);
  }
}

class ForgetsCommands extends SketchEventStore {
  protected override earlier(): readonly StoredEvent[] {
    return [];
  }

  protected override isIdTaken(): boolean {
    return false;
  }
}

class IgnoresRequestDigest extends SketchEventStore {
  protected override judge(request: AppendRequest): AppendResult | undefined {
    const earlier = this.earlier(request).at(-1);
    return earlier === undefined ? super.judge(request) : { kind: 'already', version: earlier.version, position: earlier.position };
  }
}

/** The version is looked at first, so a retry that decided on old state meets a conflict. */
class VersionBeforeCommand extends SketchEventStore {
  protected override judge(request: AppendRequest): AppendResult | undefined {
    const actual = this.inStream(request.stream).length;
    return actual === request.expectedVersion ? super.judge(request) : { kind: 'conflict', actual };
  }
}

class CommandIdsOfAllStreams extends SketchEventStore {
  protected override earlier(request: AppendRequest): readonly StoredEvent[] {
    return this.log.filter((event) => event.commandId === request.commandId);
  }
}

class AlreadyWithNewestVersion extends SketchEventStore {
  protected override earlier(request: AppendRequest): readonly StoredEvent[] {
    return super.earlier(request).length === 0 ? [] : this.inStream(request.stream);
  }
}

class EventIdsUnchecked extends SketchEventStore {
  protected override isIdTaken(): boolean {
    return false;
  }
}

class NoSizeLimit extends SketchEventStore {
  protected override assertSize(): void {}
}

/** As `jsonb` does: the text is read and written anew. */
class ReserialisedBytes extends SketchEventStore {
  protected override store(request: AppendRequest): Promise<AppendResult> {
    const anew = (bytes: Uint8Array): Uint8Array => new TextEncoder().encode(new TextDecoder().decode(bytes));
    return super.store({ ...request, events: request.events.map((event) => ({ ...event, data: anew(event.data), metadata: anew(event.metadata) })) });
  }
}

class DigestOfDataOnly extends SketchEventStore {
  protected override digestOf(data: Uint8Array): string {
    return super.digestOf(data, new Uint8Array());
  }
}

class SteppingClock extends SketchEventStore {
  #ticks = 0;

  protected override now(): string {
    this.#ticks += 1;
    return new Date(Date.UTC(2026, 3, 1) + (this.#ticks % 7) * 1_000).toISOString();
  }
}

class UnboundedPages extends SketchEventStore {
  override readAll(after: Position): Promise<readonly StoredEvent[]> {
    return super.readAll(after, Infinity);
  }
}

class AnswersItsFirstEvent extends SketchEventStore {
  protected override async store(request: AppendRequest): Promise<AppendResult> {
    const position = this.nextPosition();
    await super.store(request);
    return { kind: 'appended', version: request.expectedVersion + 1, position };
  }
}

/** Looks for the command, waits, and then looks at the version only. */
class CommandRace extends SketchEventStore {
  override async append(request: AppendRequest): Promise<AppendResult> {
    const known = this.judge(request);
    if (known !== undefined && known.kind !== 'conflict') return known;
    await turn();
    const actual = this.inStream(request.stream).length;
    return actual === request.expectedVersion ? this.store(request) : { kind: 'conflict', actual };
  }
}

/** Ordered as text: 9 after 10. */
class TextOrder extends SketchEventStore {
  override async readAll(after: Position, limit: number): Promise<readonly StoredEvent[]> {
    const later = this.log.filter((event) => event.position > after);
    return later.sort((a, b) => (String(a.position) < String(b.position) ? -1 : 1)).slice(0, limit);
  }
}

class HeadBehind extends SketchEventStore {
  override async head(): Promise<LogHead> {
    return { position: this.log.at(-2)?.position ?? 0n, epoch: 'sketch' };
  }
}

class ReadsFromTheNext extends SketchEventStore {
  override readStream(stream: StreamName, from: number, limit: number): Promise<readonly StoredEvent[]> {
    return super.readStream(stream, from + 1, limit);
  }
}

class RepeatingSubscription extends SketchEventStore {
  override async *subscribe(after: Position, signal: AbortSignal): AsyncGenerator<readonly StoredEvent[], void> {
    for await (const batch of super.subscribe(after, signal)) {
      yield batch;
      yield batch.slice(-1);
    }
  }
}

/** Starts listening only after it has read what was there: what falls between is lost. */
class GapBetweenReadingAndListening extends SketchEventStore {
  override async *subscribe(after: Position, signal: AbortSignal): AsyncGenerator<readonly StoredEvent[], void> {
    const there = await this.readAll(after, Infinity);
    if (there.length > 0) yield there;
    await turn();
    yield* super.subscribe((await this.head()).position, signal);
  }
}

class DeafSubscription extends SketchEventStore {
  override async *subscribe(after: Position): AsyncGenerator<readonly StoredEvent[], void> {
    const there = await this.readAll(after, Infinity);
    if (there.length > 0) yield there;
  }
}

class EndlessSubscription extends SketchEventStore {
  readonly #closed = new AbortController();

  override subscribe(after: Position): AsyncGenerator<readonly StoredEvent[], void> {
    return super.subscribe(after, this.#closed.signal);
  }

  override close(): void {
    this.#closed.abort();
  }
}

const factoryOf = (Store: new () => SketchEventStore): StoreFactory => async () => {
  const store = new Store();
  return { store, crash: async () => store.crash(), close: async () => store.close() };
};

/** The same store without a defect: passes every check. */
export const sketchStore: StoreFactory = factoryOf(SketchEventStore);

export interface WrongStore {
  readonly defect: string;
  readonly factory: StoreFactory;
  /** Name of a check that has to fail. */
  readonly caughtBy: string;
}

const VERSION = 'a wrong version is answered with the actual one, and nothing is stored';
const ONE_WINS = 'of parallel appends to one stream exactly one wins each version';
const IN_ORDER = 'every event of a command is stored, in its order';
const SUBSCRIPTION = 'a subscription delivers everything once, in order, and wakes';
const FORWARD = 'a reader who only moves forward misses nothing while others write';
const TWO_CALLERS = 'two callers at once with one command store it once';
const AGAIN = 'the same command again answers `already` with the first result';

const row = (defect: string, Store: new () => SketchEventStore, caughtBy: string): WrongStore =>
  ({ defect, factory: factoryOf(Store), caughtBy });

export const wrongStores: readonly WrongStore[] = [
  row('position from a raw sequence', RawSequence, FORWARD),
  row('positions ordered as text', TextOrder, FORWARD),
  row('a sequence with holes', SequenceWithHoles, 'positions count up by one where that is promised'),
  row('a conflict that is not told', SilentConflict, VERSION),
  row('expected version ignored', BlindAppend, VERSION),
  row('looks first, writes later', CheckThenAct, ONE_WINS),
  row('a conflict without the actual version', ConflictWithoutActual, VERSION),
  row('the last event of a command lost', LostTail, IN_ORDER),
  row('the first event answered instead of the last', AnswersItsFirstEvent, 'an append answers the version and position of its last event'),
  row('a command looked for too early', CommandRace, TWO_CALLERS),
  row('a head that lags', HeadBehind, 'the head is the last event, in a log with one name'),
  row('events of a command in another order', ReorderedBatch, IN_ORDER),
  row('half a command visible', HalfCommands, 'a command is visible in full or not at all'),
  row('acknowledged before durable', AcknowledgesBeforeDurable, 'what was acknowledged survives kill -9, and the rest can be sent again'),
  row('one bad command fails its neighbours', SharedFate, 'one bad command never fails its neighbours'),
  row('commands forgotten', ForgetsCommands, AGAIN),
  row('request digest ignored', IgnoresRequestDigest, 'another request under the same command id is refused'),
  row('version judged before the command id', VersionBeforeCommand, AGAIN),
  row('command ids of all streams in one heap', CommandIdsOfAllStreams, 'a command id stands for a request within its stream only'),
  row('`already` with the newest version', AlreadyWithNewestVersion, AGAIN),
  row('event ids not checked', EventIdsUnchecked, 'an event id that exists anywhere is refused'),
  row('no size limit', NoSizeLimit, '1 MiB is taken, one byte more is refused before anything is stored'),
  row('bytes read and written anew', ReserialisedBytes, 'bytes come back as they were given'),
  row('digest of the data only', DigestOfDataOnly, 'a stored event says whose it is and carries its digest'),
  row('a clock that steps back', SteppingClock, 'the recording time never decreases along the log'),
  row('pages without bound', UnboundedPages, 'pages are bounded and continue where the last one ended'),
  row('reading from the next version', ReadsFromTheNext, 'pages are bounded and continue where the last one ended'),
  row('a subscription that repeats', RepeatingSubscription, SUBSCRIPTION),
  row('a gap between reading and listening', GapBetweenReadingAndListening, SUBSCRIPTION),
  row('a subscription that does not wake', DeafSubscription, SUBSCRIPTION),
  row('a subscription that does not end', EndlessSubscription, 'a subscription ends when told to, also while it waits'),
];
