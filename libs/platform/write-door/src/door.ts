/**
 * The one door for commands: load → already stored? → facts → may they? → decide → claim → append, again on a
 * version conflict. After Emmett's `handleCommand`; what is added is access, claims, and answers that repeat.
 */
import {
  categoryOf,
  digestOf,
  eventIdFrom,
  idOf,
  relationsOf,
  streamOf,
  type AccessPolicy,
  type Clock,
  type Command,
  type Commands,
  type DomainEvent,
  type EventStore,
  type NewEvent,
  type Position,
  type Rows,
  type StreamName,
} from '@fascia/kernel';
import type {
  Aggregate,
  CommandRequest,
  FactTools,
  Loaded,
  Lookup,
  Outcome,
  View,
  WriteDoor,
} from './aggregate.js';
import { claimChange, claimIdOf, makeClaims, type ClaimContext, type Claims } from './claims.js';
import type { Codec } from './codec.js';
import { asked, doneAt, factsOf, firstAnswer, historyOf, withPatient, type History } from './history.js';

export interface DoorParts {
  readonly store: EventStore;
  readonly codec: Codec;
  readonly policy: AccessPolicy;
  readonly clock: Clock;
  /** Rows (a patient's, or all) that have reached at least the given position; waits at most 1 s, then `LookupsBehind`. */
  rowsAt(position: Position, patientId?: string): Promise<Rows>;
}

interface Decided<E extends DomainEvent> {
  readonly events: readonly E[];
  readonly at: string;
  readonly patientId?: string;
}

/** A conflict means somebody else won a round; this many in a row mean something is wrong. */
const ROUNDS = 50;

export class Door implements WriteDoor {
  readonly policy: AccessPolicy;
  readonly #parts: DoorParts;
  readonly #claims: Claims;

  constructor(parts: DoorParts) {
    this.#parts = parts;
    this.policy = parts.policy;
    this.#claims = makeClaims(parts.store, parts.codec, parts.clock);
  }

  async handle<S, C extends Command, E extends DomainEvent, F>(
    aggregate: Aggregate<S, C, E, F>,
    request: CommandRequest<C>,
  ): Promise<Outcome> {
    const stream = streamOf(aggregate.decider.category, request.id);
    for (let round = 0; round < ROUNDS; round += 1) {
      const history = await this.#load(aggregate, stream);
      const outcome =
        (await firstAnswer(this.#parts, aggregate, history, request)) ??
        (await this.#attempt(aggregate, history, request));
      if (outcome !== 'again') return outcome;
    }
    throw new Error(`${ROUNDS} version conflicts in a row on a ${aggregate.decider.category} stream`);
  }

  /** An aggregate's state as it is now; asks nobody whether they may. */
  load<S, C extends Command, E extends DomainEvent, F>(
    aggregate: Aggregate<S, C, E, F>,
    id: string,
  ): Promise<Loaded<S>> {
    return this.#load(aggregate, streamOf(aggregate.decider.category, id));
  }

  /** What a view makes of a stream as it is now; asks nobody either. */
  async view<E extends DomainEvent, T>({ category, of }: View<E, T>, id: string): Promise<T> {
    return of(await factsOf<E>(this.#parts, streamOf(category, id)));
  }

  #load<S, C extends Command, E extends DomainEvent, F>(
    aggregate: Pick<Aggregate<S, C, E, F>, 'decider'>,
    stream: StreamName,
  ): Promise<History<S, E>> {
    return historyOf(this.#parts, aggregate, stream);
  }

  async #attempt<S, C extends Command, E extends DomainEvent, F>(
    aggregate: Aggregate<S, C, E, F>,
    history: History<S, E>,
    request: CommandRequest<C>,
  ): Promise<Outcome | 'again'> {
    const { decider } = aggregate;
    const { command, id, by, ifVersion } = request;
    const creating = createsBy(aggregate, command);
    if (history.version === 0 && !creating) return { kind: 'notFound' };

    const at = this.#parts.clock.now().toISOString();
    const about = { command, state: history.state, id, by, at };
    const facts = await aggregate.facts(about, this.#factTools(history.patientId ?? patientNamedBy(command)));
    const denied = this.#denied(aggregate, about, facts);
    if (denied !== undefined) return denied;
    if (ifVersion !== undefined && ifVersion !== history.version)
      return { kind: 'stale', actual: history.version };

    const decision = decider.decide(command, history.state, { at, by, id, facts });
    if (!decision.ok) return { kind: 'refused', refusal: decision.refusal };
    if (decision.events.length === 0) return doneAt(aggregate, history, history.version, request);

    return this.#store(aggregate, history, request, {
      events: decision.events,
      at,
      ...withPatient(aggregate.patientId(about, facts)),
    });
  }

  /** What was decided, once what it needs is claimed. */
  async #store<S, C extends Command, E extends DomainEvent, F>(
    aggregate: Aggregate<S, C, E, F>,
    history: History<S, E>,
    request: CommandRequest<C>,
    decided: Decided<E>,
  ): Promise<Outcome | 'again'> {
    const { decider } = aggregate;
    const { id, by, ifVersion } = request;
    const { at, patientId } = decided;
    const digest = await this.#parts.codec.requestDigest(asked(history.stream, request, patientId));
    const metadata = {
      occurredAt: at,
      actor: by,
      commandId: request.commandId,
      requestDigest: digest,
      correlationId: request.correlationId,
      causationId: request.causationId,
      ...withPatient(patientId),
    };
    const newFacts = decided.events.map((event, index) => ({
      ...event,
      id: eventIdFrom(request.commandId, index),
      at,
      by,
    }));
    const after = newFacts.reduce((sofar, fact) => decider.evolve(sofar, fact), history.state);
    const { added, dropped } = claimChange(aggregate, history, after, id);
    const claimContext = this.#claimContext(aggregate, history.stream, request);
    const taken = await this.#claims.make(added, claimContext);
    if (taken !== undefined) return { kind: 'refused', refusal: taken };

    const events = await Promise.all(
      newFacts.map((fact, index) =>
        this.#parts.codec.encode({
          stream: history.stream,
          version: history.version + 1 + index,
          id: fact.id,
          event: { type: fact.type, data: fact.data },
          metadata,
        }),
      ),
    );
    const result = await this.#parts.store.append({
      stream: history.stream,
      expectedVersion: history.version,
      commandId: request.commandId,
      requestDigest: digest,
      events,
    });
    switch (result.kind) {
      case 'appended':
        await this.#claims.release(dropped, claimContext);
        return {
          kind: 'done',
          id,
          version: result.version,
          position: result.position,
          digest: digestOfLast(events),
          stage: decider.stage(after),
          created: history.version === 0,
          repeated: false,
        };
      case 'already':
        return 'again'; // the next load finds it and answers as the first time
      // What was claimed stays until it is needed or expires: another command of this stream may hold the same claim.
      case 'idReused':
        return { kind: 'keyReused' };
      case 'conflict':
        return ifVersion === undefined ? 'again' : { kind: 'stale', actual: result.actual };
    }
  }

  #denied<S, C extends Command, E extends DomainEvent, F>(
    aggregate: Aggregate<S, C, E, F>,
    about: Parameters<Aggregate<S, C, E, F>['parties']>[0],
    facts: F,
  ): Outcome | undefined {
    const relations = relationsOf(about.by, aggregate.parties(about, facts));
    const ask = { role: about.by.role, relations, resource: aggregate.decider.category };
    const decision = this.policy.decide({ ...ask, action: about.command.type });
    if (decision.allowed) return undefined;
    const visible =
      createsBy(aggregate, about.command) || this.policy.decide({ ...ask, action: 'Read' }).allowed;
    return visible ? { kind: 'forbidden', policy: decision.policy } : { kind: 'notFound' };
  }

  /** @param patientId whom the command is about: questions that name nobody are about the same */
  #factTools(patientId: string | undefined): FactTools {
    const rows = new Map<string | undefined, Promise<Rows>>();
    const rowsAtHead = async (about: string | undefined): Promise<Rows> =>
      this.#parts.rowsAt((await this.#parts.store.head()).position, about);
    return {
      load: (aggregate, id) => this.load(aggregate, id),
      view: (view, id) => this.view(view, id),
      lookup: async <R>(question: Lookup<R>): Promise<R> => {
        const about = question.about ?? patientId;
        const known = rows.get(about) ?? rowsAtHead(about);
        rows.set(about, known);
        return question.run(await known);
      },
    };
  }

  #claimContext<S, C extends Command, E extends DomainEvent, F>(
    aggregate: Aggregate<S, C, E, F>,
    owner: StreamName,
    request: CommandRequest<C>,
  ): ClaimContext {
    return {
      owner,
      by: request.by,
      commandId: request.commandId,
      correlationId: request.correlationId,
      isHeldBy: async (other, claimId) => {
        if (categoryOf(other) !== aggregate.decider.category)
          throw new Error('a register serves one category of owners');
        const { state } = await this.#load(aggregate, other);
        const held = aggregate.holds?.(state, idOf(other)) ?? [];
        return held.some((claim) => claimIdOf(other, claim) === claimId);
      },
    };
  }
}

const digestOfLast = (events: readonly NewEvent[]): string => {
  const last = events.at(-1);
  return last === undefined ? '' : digestOf(last.data, last.metadata).toString('hex');
};

/** Any other command on a stream that does not exist is "not found". */
const createsBy = ({ commands }: { readonly commands: Commands }, { type }: Command): boolean =>
  commands[type]?.kind === 'creates';

const patientNamedBy = (command: Command): string | undefined => {
  const { patientId } = command as { patientId?: unknown };
  return typeof patientId === 'string' ? patientId : undefined;
};
