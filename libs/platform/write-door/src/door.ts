/**
 * The one door for commands: load → already stored? → facts → may they? → decide → claim → append, again on a
 * version conflict. After Emmett's `handleCommand`; what is added is access, claims, and answers that repeat.
 */
import {
  patientNamedBy,
  registerStream,
  relationsOf,
  streamOf,
  type AccessPolicy,
  type Actor,
  type Category,
  type Clock,
  type Command,
  type Commands,
  type DomainEvent,
  type EventStore,
  type Parties,
  type Position,
  type Rows,
  type StreamName,
} from '@fascia/kernel';
import {
  Contended,
  type Aggregate,
  type Claimant,
  type CommandRequest,
  type FactRequest,
  type FactTools,
  type Folds,
  type Loaded,
  type Lookup,
  type Outcome,
  type Rehearsal,
  type RehearsalDoor,
  type Rehearsed,
  type View,
  type WriteDoor,
} from './aggregate.js';
import { metadataOf, type Codec } from './codec.js';
import { firstAnswer, historyOf, withPatient, type History } from './history.js';
import { Lanes } from './lanes.js';
import { Memory } from './memory.js';
import { registersIn, type Registers } from './registers.js';
import { unknownReference } from './references.js';
import { Storing, type Decided } from './storing.js';

export interface DoorParts {
  readonly store: EventStore;
  readonly codec: Codec;
  readonly policy: AccessPolicy;
  readonly clock: Clock;
  /** Rows (a patient's, or all) that have reached at least the given position; waits at most 1 s, then `LookupsBehind`. */
  rowsAt(position: Position, patientId?: string): Promise<Rows>;
  /** Absent: as many wait as is usual. */
  readonly lanes?: Lanes;
  /** Absent: one of its own, without snapshots. */
  readonly memory?: Memory;
}

/** A conflict means somebody else won a round; this many in a row mean something is wrong. */
const ROUNDS = 100;

export class Door implements WriteDoor, RehearsalDoor {
  readonly policy: AccessPolicy;
  readonly #parts: DoorParts & { readonly lanes: Lanes };
  readonly #storing: Storing;
  readonly #registers: Registers;

  constructor(parts: DoorParts) {
    this.#parts = { lanes: new Lanes(), memory: new Memory(), ...parts };
    this.#registers = registersIn(this.#parts, parts.clock);
    this.policy = parts.policy;
    this.#storing = new Storing(this.#parts);
  }

  handle<S, C extends Command, E extends DomainEvent, F>(
    aggregate: Aggregate<S, C, E, F>,
    request: CommandRequest<C>,
  ): Promise<Outcome> {
    const stream = streamOf(aggregate.decider.category, request.id);
    return this.#parts.lanes.through(stream, () => this.#inTurn(aggregate, stream, request));
  }

  async rehearse<S, C extends Command, E extends DomainEvent, F>(
    aggregate: Aggregate<S, C, E, F>,
    request: Rehearsed<C>,
  ): Promise<Rehearsal> {
    const history = await this.#historyOf(aggregate.decider, request.id);
    const judged = await this.#judge(aggregate, history, request);
    const prepared = judged.kind === 'forbidden' && aggregate.prepared?.includes(request.command.type);
    const physician = prepared === true ? physicianOf(request.by) : undefined;
    const told =
      physician === undefined ? judged : await this.#judge(aggregate, history, { ...request, by: physician });
    return told.kind === 'decided' ? { kind: 'willBeDone' } : told;
  }

  async #inTurn<S, C extends Command, E extends DomainEvent, F>(
    aggregate: Aggregate<S, C, E, F>,
    stream: StreamName,
    request: CommandRequest<C>,
  ): Promise<Outcome> {
    for (let round = 0; round < ROUNDS; round += 1) {
      await this.#parts.lanes.afterLosing(round);
      const history = await historyOf(this.#parts, aggregate.decider, stream);
      const outcome =
        (await firstAnswer(this.#parts, history, request)) ??
        (await this.#attempt(aggregate, history, request));
      if (outcome !== 'again') return outcome;
    }
    throw new Contended(`${String(ROUNDS)} rounds lost on a ${aggregate.decider.category} stream`);
  }

  /** An aggregate's state as it is now; asks nobody whether they may. */
  load<S, C extends Command, E extends DomainEvent, F>(
    aggregate: Aggregate<S, C, E, F>,
    id: string,
  ): Promise<Loaded<S>> {
    return this.#historyOf(aggregate.decider, id);
  }

  /** What a view makes of a stream as it is now; asks nobody either. */
  async view<S, E extends DomainEvent, T>({ folds, of }: View<S, E, T>, id: string): Promise<T> {
    return of((await this.#historyOf(folds, id)).state);
  }

  /** Whom a stream is about, by its first event. */
  async patientOf(category: Category, id: string): Promise<string | undefined> {
    const [first] = await this.#parts.store.readStream(streamOf(category, id), 1, 1);
    return first && metadataOf(first).patientId;
  }

  /** Who has claims in a register now. */
  async claimants(...key: readonly string[]): Promise<readonly Claimant[]> {
    const { held } = await this.#registers.load(registerStream(...key));
    return held.map(({ owner, ownerVersion }) => ({ owner, ownerVersion }));
  }

  #historyOf<S, E extends DomainEvent>(folds: Folds<S, E>, id: string): Promise<History<S>> {
    return historyOf(this.#parts, folds, streamOf(folds.category, id));
  }

  async #attempt<S, C extends Command, E extends DomainEvent, F>(
    aggregate: Aggregate<S, C, E, F>,
    history: History<S>,
    request: CommandRequest<C>,
  ): Promise<Outcome | 'again'> {
    const judged = await this.#judge(aggregate, history, request);
    if (judged.kind !== 'decided') return judged;
    const { kind: _decided, ...decided } = judged;
    return decided.events.length === 0
      ? this.#storing.remember(aggregate, history, request, decided)
      : this.#storing.store(aggregate, history, request, decided);
  }

  /** Everything that is asked before anything is stored. */
  async #judge<S, C extends Command, E extends DomainEvent, F>(
    aggregate: Aggregate<S, C, E, F>,
    history: History<S>,
    request: Rehearsed<C>,
  ): Promise<Exclude<Rehearsal, { kind: 'willBeDone' }> | (Decided<E> & { readonly kind: 'decided' })> {
    const { decider } = aggregate;
    const { command, id, by, ifVersion } = request;
    const creating = createsBy(aggregate, command);
    if (history.version === 0 && !creating) return { kind: 'notFound' };

    const at = this.#parts.clock.now().toISOString();
    const about = { command, state: history.state, id, by, at };
    const toolsNow = (): FactTools => this.#factTools(history.patientId ?? patientNamedBy(command));
    const tools = toolsNow();
    const subject = await aggregate.subject(about, tools);
    const denied = this.#denied(aggregate, about, subject.parties);
    if (denied !== undefined) return denied;
    if (ifVersion !== undefined && ifVersion !== history.version)
      return { kind: 'stale', actual: history.version };
    const unknown = await unknownReference(aggregate.references, about, subject, tools);
    if (unknown !== undefined) return { kind: 'refused', refusal: unknown };

    const facts = await aggregate.facts(about, tools);
    const decision = decider.decide(command, history.state, { at, by, id, facts });
    if (!decision.ok) return { kind: 'refused', refusal: decision.refusal };
    const { patientId } = subject;
    const refusedAgain = async () => {
      const again = await aggregate.facts(about, toolsNow());
      const decidedAgain = decider.decide(command, history.state, { at, by, id, facts: again });
      return decidedAgain.ok ? undefined : decidedAgain.refusal;
    };
    const twice = aggregate.decidedTwice?.includes(command.type) === true ? { refusedAgain } : {};
    return { kind: 'decided', events: decision.events, at, ...withPatient(patientId), ...twice };
  }

  #denied<S, C extends Command, E extends DomainEvent, F>(
    aggregate: Aggregate<S, C, E, F>,
    about: FactRequest<S, C>,
    parties: Parties,
  ): Exclude<Rehearsal, { kind: 'willBeDone' }> | undefined {
    const relations = relationsOf(about.by, parties);
    const ask = { role: about.by.role, relations, resource: aggregate.decider.category };
    const decision = this.policy.decide({ ...ask, action: about.command.type });
    if (decision.allowed) return undefined;
    const visible =
      createsBy(aggregate, about.command) || this.policy.decide({ ...ask, action: 'Read' }).allowed;
    return visible ? { kind: 'forbidden', policy: decision.policy } : { kind: 'notFound' };
  }

  /**
   * @param patientId whom the command is about: questions that name nobody are about the same. Where neither stream nor command
   * says it (what is made under an order), the streams that were looked at before the question do, when they are of one patient
   */
  #factTools(patientId: string | undefined): FactTools {
    const rows = new Map<string | undefined, Promise<Rows>>();
    const claims = new Map<StreamName, Promise<readonly Claimant[]>>();
    const met = new Set<string>();
    const historyAt = this.#rememberedFor(({ patientId: about }) => {
      if (about !== undefined) met.add(about);
    });
    const meantBy = (): string | undefined => patientId ?? (met.size === 1 ? [...met][0] : undefined);
    const rowsAtHead = async (about: string | undefined): Promise<Rows> =>
      this.#parts.rowsAt((await this.#parts.store.head()).position, about);
    return {
      load: ({ decider }, id) => historyAt(decider, id),
      view: async ({ folds, of }, id) => of((await historyAt(folds, id)).state),
      patientOf: (category, id) => this.patientOf(category, id),
      lookup: async <R>(question: Lookup<R>): Promise<R> => {
        const about = question.about ?? meantBy();
        const known = rows.get(about) ?? rowsAtHead(about);
        rows.set(about, known);
        return question.run(await known);
      },
      claimants: (...key) => {
        const name = registerStream(...key);
        const found = claims.get(name) ?? this.claimants(...key);
        claims.set(name, found);
        return found;
      },
    };
  }

  /** Each stream once: who may, what is named, and what is decided are judged by the same. */
  #rememberedFor(meets: (history: History<unknown>) => void) {
    const seen = new Map<unknown, Map<string, Promise<unknown>>>();
    return async <S, E extends DomainEvent>(folds: Folds<S, E>, id: string): Promise<History<S>> => {
      const ofKind = seen.get(folds.evolve) ?? new Map<string, Promise<unknown>>();
      seen.set(folds.evolve, ofKind);
      const loading = ofKind.get(id) ?? this.#historyOf(folds, id);
      ofKind.set(id, loading);
      // What stands under a fold was made of it.
      const history = (await loading) as History<S>;
      meets(history);
      return history;
    };
  }
}

/** For whom a delegate prepares something. That they act for them, and in one organisation, was seen to where they came in. */
const physicianOf = ({ sub, role, organizationId, onBehalfOf }: Actor): Actor | undefined =>
  role !== 'delegate' || organizationId === undefined || onBehalfOf === undefined
    ? undefined
    : { sub, role: 'physician', organizationId, practitionerId: onBehalfOf };

/** Any other command on a stream that does not exist is "not found". */
const createsBy = ({ commands }: { readonly commands: Commands }, { type }: Command): boolean =>
  commands[type]?.begins === true;
