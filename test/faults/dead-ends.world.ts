/**
 * A network in memory: the real aggregates behind the real door, with the real policy, lists and process managers, and the people who
 * work there. What somebody does is followed by all that the product does by itself; time passes when it is told to.
 */
import { accessPolicy, aggregateByCategory, contracts } from '@fascia/composition';
import { isDeclared } from '@fascia/coordination';
import { MemoryEventStore } from '@fascia/event-store';
import {
  uuidFrom,
  type AccessPolicy,
  type Actor,
  type AppendResult,
  type Category,
  type Command,
  type Envelope,
  type EventStore,
  type StoredEvent,
} from '@fascia/kernel';
import { memorySubjectKeys } from '@fascia/sealing';
import { FlakyStore, SetClock } from '@fascia/testkit';
import { type AnyAggregate, Door, makeCodec, Memory, type Outcome } from '@fascia/write-door';
import { Managers } from './dead-ends.managers.js';
import { Tables } from './dead-ends.rows.js';

/** Made once: it remembers its answers. */
const POLICY = accessPolicy();
/** One set of keys: what was written before a history began is opened once for all of them. */
const CODEC = makeCodec(contracts, memorySubjectKeys());
const BEGINNING = '2026-04-02T13:00:00.000Z';

export interface Asked {
  readonly category: Category;
  readonly id: string;
  readonly command: Command & Readonly<Record<string, unknown>>;
}

export interface Move extends Asked {
  readonly by: Actor;
}

/** What is broken on purpose, for the property to find. */
export interface Defect {
  /** Another aggregate in its place. */
  readonly aggregate?: (aggregate: AnyAggregate) => AnyAggregate;
  readonly policy?: (policy: AccessPolicy) => AccessPolicy;
}

/** What happened before, opened. */
export interface Past {
  readonly stored: readonly StoredEvent[];
  readonly opened: readonly Envelope[];
}

/** Takes what is to be stored, and forgets it: whether a command would be done, without doing it. */
class Forgetting extends FlakyStore {
  override append({ expectedVersion, events }: Parameters<EventStore['append']>[0]): Promise<AppendResult> {
    return Promise.resolve({
      kind: 'appended',
      version: expectedVersion + events.length,
      position: 1_000_000n,
    });
  }
}

/** All that is told, in a row. */
const codesOf = (outcome: Outcome): string =>
  outcome.kind === 'refused'
    ? [outcome.refusal, ...(outcome.refusal.also ?? [])].map(({ code }) => code).join(' ')
    : outcome.kind;

export class CareWorld {
  readonly clock = new SetClock(BEGINNING);
  readonly events: Envelope[] = [];
  readonly tables = new Tables(this.events);
  readonly #store = new MemoryEventStore({ clock: this.clock });
  readonly #policy: AccessPolicy;
  readonly #door: Door;
  readonly #managers: Managers;
  readonly #aggregates: ReadonlyMap<Category, AnyAggregate>;
  /** Of commands: what happened before has others. */
  #series = 'before';
  #asked = 0;
  #made = 0;

  constructor({ aggregate = (one) => one, policy = (one) => one }: Defect = {}) {
    this.#policy = policy(POLICY);
    this.#aggregates = new Map([...aggregateByCategory].map(([category, one]) => [category, aggregate(one)]));
    this.#door = this.#doorTo(this.#store);
    this.#managers = new Managers(this.clock, (asked) => this.#carryOut(asked));
  }

  #doorTo(store: EventStore): Door {
    return new Door({
      store,
      codec: CODEC,
      policy: this.#policy,
      clock: this.clock,
      rowsAt: async () => {
        await this.#open();
        return this.tables;
      },
      memory: new Memory(),
    });
  }

  /** What happened so far, for other worlds to begin with. */
  async past(): Promise<Past> {
    return { stored: await this.#store.readAll(0n, 10_000), opened: [...this.events] };
  }

  async begin({ stored, opened }: Past): Promise<void> {
    const commands = Map.groupBy(stored, ({ stream, commandId }) => `${stream} ${commandId}`);
    for (const [first, ...more] of commands.values()) {
      if (first === undefined) continue;
      const { stream, version, commandId, requestDigest } = first;
      await this.#store.append({
        stream,
        expectedVersion: version - 1,
        commandId,
        requestDigest,
        events: [first, ...more],
      });
    }
    this.#series = 'history';
    this.events.push(...opened);
    this.#managers.skip(opened);
  }

  /** Of something new: the same when the same is done again. */
  newId(category: Category): string {
    return uuidFrom('new', category, String((this.#made += 1)));
  }

  get now(): string {
    return this.clock.now().toISOString();
  }

  /** @returns `done`, or why not: each code; what follows from it is done as well */
  async give(move: Move): Promise<string> {
    const before = this.events.length;
    const code = codesOf(await this.#handle(this.#door, move));
    await this.#follow();
    return code === 'done' && this.events.length === before ? 'nothing' : code;
  }

  /** @returns what {@link give} would answer first; nothing is stored */
  async would(move: Move): Promise<string> {
    return codesOf(await this.#handle(this.#doorTo(new Forgetting(this.#store)), move));
  }

  /** Timers that fall due are fired, each at its time. */
  async passes(ms: number): Promise<void> {
    const until = this.clock.now().getTime() + ms;
    for (
      let due = this.#managers.nextDue();
      due !== undefined && due <= until;
      due = this.#managers.nextDue()
    ) {
      this.clock.advance(Math.max(0, due - this.clock.now().getTime()));
      this.#managers.fire();
      await this.#follow();
    }
    this.clock.advance(until - this.clock.now().getTime());
  }

  /** When something happens by itself next, in ms from now. */
  get nextTimer(): number | undefined {
    const due = this.#managers.nextDue();
    return due === undefined ? undefined : Math.max(1, due - this.clock.now().getTime());
  }

  async #handle(door: Door, { category, id, command, by }: Move): Promise<Outcome> {
    const aggregate = this.#aggregates.get(category);
    if (aggregate === undefined || !isDeclared(aggregate, command))
      throw new TypeError(`nobody can ask this: ${JSON.stringify(command)}`);
    this.clock.advance(1000);
    const commandId = uuidFrom('asked', this.#series, String((this.#asked += 1)));
    return door.handle(aggregate, {
      id,
      command,
      by,
      commandId,
      correlationId: commandId,
      causationId: commandId,
    });
  }

  async #carryOut(asked: Asked & { readonly process: string }): Promise<string> {
    const by: Actor = { sub: `process:${asked.process}`, role: 'system' };
    const outcome = await this.#handle(this.#door, { ...asked, by });
    return outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind;
  }

  async #open(): Promise<void> {
    const more = await this.#store.readAll(BigInt(this.events.length), 10_000);
    for (const stored of more) this.events.push(await CODEC.decode(stored));
  }

  async #follow(): Promise<void> {
    do await this.#open();
    while (await this.#managers.step(this.events));
  }
}
