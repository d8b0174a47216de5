/** Event stores that append wrongly, one deliberate defect each. */
import type { AppendRequest, AppendResult, Position, StoredEvent } from '@fascia/kernel';
import { turn } from './check.js';
import { SketchEventStore } from './sketch-event-store.js';

/** Numbers are given in one order and become visible in another; a refused command uses its numbers up. */
export class RawSequence extends SketchEventStore {
  #sequence = 0n;

  override async append(request: AppendRequest): Promise<AppendResult> {
    this.assertSize(request);
    const first = this.#sequence + 1n;
    this.#sequence += BigInt(request.events.length);
    for (let turns = Number(first % 5n); turns >= 0; turns -= 1) await turn();
    const refused = this.judge(request);
    if (refused !== undefined) return refused;
    this.log = [...this.log, ...this.eventsOf(request, first)].sort((a, b) =>
      Number(a.position - b.position),
    );
    return {
      kind: 'appended',
      version: request.expectedVersion + request.events.length,
      position: first + BigInt(request.events.length) - 1n,
    };
  }
}

/** The same numbers, visible in their order but with holes. */
export class SequenceWithHoles extends SketchEventStore {
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
export class SilentConflict extends SketchEventStore {
  override async append(request: AppendRequest): Promise<AppendResult> {
    const result = await super.append(request);
    if (result.kind !== 'conflict') return result;
    return {
      kind: 'appended',
      version: request.expectedVersion + request.events.length,
      position: this.nextPosition(),
    };
  }
}

export class BlindAppend extends SketchEventStore {
  override append(request: AppendRequest): Promise<AppendResult> {
    return super.append({ ...request, expectedVersion: this.inStream(request.stream).length });
  }
}

/** Looks, waits, then writes what it no longer knows to be right. */
export class CheckThenAct extends SketchEventStore {
  protected override async store(request: AppendRequest): Promise<AppendResult> {
    await turn();
    return super.store(request);
  }
}

export class ConflictWithoutActual extends SketchEventStore {
  protected override judge(request: AppendRequest): AppendResult | undefined {
    const result = super.judge(request);
    return result?.kind === 'conflict' ? { kind: 'conflict', actual: request.expectedVersion } : result;
  }
}

export class LostTail extends SketchEventStore {
  protected override async store(request: AppendRequest): Promise<AppendResult> {
    const result = await super.store(request);
    if (request.events.length > 1) this.log.pop();
    return result;
  }
}

export class ReorderedBatch extends SketchEventStore {
  protected override store(request: AppendRequest): Promise<AppendResult> {
    return super.store({ ...request, events: request.events.toReversed() });
  }
}

/** One row per round trip, without a transaction around them. */
export class HalfCommands extends SketchEventStore {
  protected override async store(request: AppendRequest): Promise<AppendResult> {
    const events = this.eventsOf(request);
    for (const event of events) {
      this.log.push(event);
      if (events.length > 20) await turn();
    }
    return {
      kind: 'appended',
      version: request.expectedVersion + events.length,
      position: events.at(-1)?.position ?? 0n,
    };
  }
}

/** Says "stored" while the last appends are still in a buffer. */
export class AcknowledgesBeforeDurable extends SketchEventStore {
  override crash(): void {
    this.log.splice(-8);
  }
}

/** Whoever shares a batch with a refused command is refused with it. */
export class SharedFate extends SketchEventStore {
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

export class ForgetsCommands extends SketchEventStore {
  protected override earlier(): readonly StoredEvent[] {
    return [];
  }

  protected override isIdTaken(): boolean {
    return false;
  }
}

export class IgnoresRequestDigest extends SketchEventStore {
  protected override judge(request: AppendRequest): AppendResult | undefined {
    const earlier = this.earlier(request).at(-1);
    return earlier === undefined
      ? super.judge(request)
      : { kind: 'already', version: earlier.version, position: earlier.position };
  }
}

/** The version is looked at first, so a retry that decided on old state meets a conflict. */
export class VersionBeforeCommand extends SketchEventStore {
  protected override judge(request: AppendRequest): AppendResult | undefined {
    const actual = this.inStream(request.stream).length;
    return actual === request.expectedVersion ? super.judge(request) : { kind: 'conflict', actual };
  }
}

export class CommandIdsOfAllStreams extends SketchEventStore {
  protected override earlier(request: AppendRequest): readonly StoredEvent[] {
    return this.log.filter((event) => event.commandId === request.commandId);
  }
}

export class AlreadyWithNewestVersion extends SketchEventStore {
  protected override earlier(request: AppendRequest): readonly StoredEvent[] {
    return super.earlier(request).length === 0 ? [] : this.inStream(request.stream);
  }
}

export class EventIdsUnchecked extends SketchEventStore {
  protected override isIdTaken(): boolean {
    return false;
  }
}

export class RepeatInRequestUnseen extends SketchEventStore {
  protected override repeatsAnId(): boolean {
    return false;
  }
}

/** Promises ids of the whole log and looks at its own stream only. */
export class EventIdsOfOneStream extends SketchEventStore {
  protected override standsAlready({ stream, events }: AppendRequest): boolean {
    return this.inStream(stream).some((stored) => events.some((event) => event.id === stored.id));
  }
}

export class NoSizeLimit extends SketchEventStore {
  protected override assertSize(): void {}
}

/** As `jsonb` does: the text is read and written anew. */
export class ReserialisedBytes extends SketchEventStore {
  protected override store(request: AppendRequest): Promise<AppendResult> {
    const anew = (bytes: Uint8Array): Uint8Array => new TextEncoder().encode(new TextDecoder().decode(bytes));
    return super.store({
      ...request,
      events: request.events.map((event) => ({
        ...event,
        data: anew(event.data),
        metadata: anew(event.metadata),
      })),
    });
  }
}

export class DigestOfDataOnly extends SketchEventStore {
  protected override digestOf(data: Uint8Array): string {
    return super.digestOf(data, new Uint8Array());
  }
}

export class AnswersItsFirstEvent extends SketchEventStore {
  protected override async store(request: AppendRequest): Promise<AppendResult> {
    const position = this.nextPosition();
    await super.store(request);
    return { kind: 'appended', version: request.expectedVersion + 1, position };
  }
}

/** Looks for the command, waits, and then looks at the version only. */
export class CommandRace extends SketchEventStore {
  override async append(request: AppendRequest): Promise<AppendResult> {
    const known = this.judge(request);
    if (known !== undefined && known.kind !== 'conflict') return known;
    await turn();
    const actual = this.inStream(request.stream).length;
    return actual === request.expectedVersion ? this.store(request) : { kind: 'conflict', actual };
  }
}

/** As a leader that was frozen and leads no more: every fifth append is refused although the stream stands where it should. */
export class ConflictWithTheExpected extends SketchEventStore {
  #appends = 0;

  protected override judge(request: AppendRequest): AppendResult | undefined {
    const verdict = super.judge(request);
    this.#appends += 1;
    return verdict === undefined && this.#appends % 5 === 0
      ? { kind: 'conflict', actual: request.expectedVersion }
      : verdict;
  }
}
