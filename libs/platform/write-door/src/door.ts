/**
 * The one door for commands: load → already stored? → facts → may they? → decide → claim → append, again on a
 * version conflict. After Emmett's `handleCommand`; what is added is access, claims, and answers that repeat.
 */
import { createHash } from 'node:crypto';
import {
  categoryOf, eventIdFrom, factOf, idOf, relationsOf, streamOf,
  type AccessPolicy, type Clock, type Command, type DomainEvent, type EventStore, type Fact, type Position, type Rows, type StoredEvent, type StreamName,
} from '@fascia/kernel';
import type { Aggregate, Claim, CommandRequest, FactTools, Loaded, Lookup, Outcome, WriteDoor } from './aggregate.js';
import { makeClaims, claimIdOf, type ClaimContext, type Claims } from './claims.js';
import { canonicalBytes, type Codec } from './codec.js';
import { readWhole } from './read-whole.js';

export interface DoorParts {
  readonly store: EventStore;
  readonly codec: Codec;
  readonly policy: AccessPolicy;
  readonly clock: Clock;
  /** Rows (a patient's, or all) that have reached at least the given position; waits at most 1 s, then `LookupsBehind`. */
  rowsAt(position: Position, patientId?: string): Promise<Rows>;
}

/** What was asked, by whom: two attempts are the same when this is. */
export const requestDigest = (stream: StreamName, request: CommandRequest<Command>): string =>
  createHash('sha256')
    .update(canonicalBytes([stream, request.command, request.by]))
    .digest('hex');

interface History<S, E extends DomainEvent> extends Loaded<S> {
  readonly stored: readonly StoredEvent[];
  readonly facts: readonly Fact<E>[];
  /** Whom its events are about, when they are about a patient. */
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
    const digest = requestDigest(stream, request);
    for (let round = 0; round < ROUNDS; round += 1) {
      const history = await this.#load(aggregate, stream);
      const outcome =
        firstAnswer(aggregate, history, request, digest) ?? (await this.#attempt(aggregate, history, request, digest));
      if (outcome !== 'again') return outcome;
    }
    throw new Error(`${ROUNDS} version conflicts in a row on a ${aggregate.decider.category} stream`);
  }

  /** An aggregate's state as it is now; asks nobody whether they may. */
  load<S, C extends Command, E extends DomainEvent, F>(aggregate: Aggregate<S, C, E, F>, id: string): Promise<Loaded<S>> {
    return this.#load(aggregate, streamOf(aggregate.decider.category, id));
  }

  async #load<S, C extends Command, E extends DomainEvent, F>(
    { decider }: Pick<Aggregate<S, C, E, F>, 'decider'>,
    stream: StreamName,
  ): Promise<History<S, E>> {
    const stored = await readWhole(this.#parts.store, stream);
    const envelopes = await Promise.all(stored.map((event) => this.#parts.codec.decode(event)));
    const facts = envelopes.map((envelope) => factOf(envelope) as Fact<E>);
    const state = facts.reduce((sofar, fact) => decider.evolve(sofar, fact), decider.initial);
    return { state, version: stored.length, stream, stored, facts, ...withPatient(envelopes.find((envelope) => envelope.patientId !== undefined)?.patientId) };
  }

  async #attempt<S, C extends Command, E extends DomainEvent, F>(
    aggregate: Aggregate<S, C, E, F>,
    history: History<S, E>,
    request: CommandRequest<C>,
    digest: string,
  ): Promise<Outcome | 'again'> {
    const { decider } = aggregate;
    const { command, id, by, ifVersion } = request;
    const creating = aggregate.creates.includes(command.type);
    if (history.version === 0 && !creating) return { kind: 'notFound' };

    const at = this.#parts.clock.now().toISOString();
    const about = { command, state: history.state, id, by, at };
    const facts = await aggregate.facts(about, this.#factTools(history.patientId ?? patientNamedBy(command)));
    const denied = this.#denied(aggregate, about, facts);
    if (denied !== undefined) return denied;
    if (ifVersion !== undefined && ifVersion !== history.version) return { kind: 'stale', actual: history.version };

    const decision = decider.decide(command, history.state, { at, by, id, facts });
    if (!decision.ok) return { kind: 'refused', refusal: decision.refusal };
    if (decision.events.length === 0) return doneAt(aggregate, history, history.version, request);

    const metadata = {
      occurredAt: at, actor: by, commandId: request.commandId, requestDigest: digest,
      correlationId: request.correlationId, causationId: request.causationId,
      ...withPatient(aggregate.patientId(about, facts)),
    };
    const newFacts = decision.events.map(
      (event, index) => ({ ...event, id: eventIdFrom(request.commandId, index), at, by }),
    );
    const after = newFacts.reduce((sofar, fact) => decider.evolve(sofar, fact), history.state);
    const { added, dropped } = claimChange(aggregate, history, after, id);
    const claimContext = this.#claimContext(aggregate, history.stream, request);
    const taken = await this.#claims.make(added, claimContext);
    if (taken !== undefined) return { kind: 'refused', refusal: taken };

    const events = await Promise.all(
      newFacts.map((fact, index) =>
        this.#parts.codec.encode({
          stream: history.stream, version: history.version + 1 + index, id: fact.id, event: { type: fact.type, data: fact.data }, metadata,
        }),
      ),
    );
    const result = await this.#parts.store.append({
      stream: history.stream, expectedVersion: history.version, commandId: request.commandId, requestDigest: digest, events,
    });
    switch (result.kind) {
      case 'appended':
        await this.#claims.release(dropped, claimContext);
        return {
          kind: 'done', id, version: result.version, position: result.position, stage: decider.stage(after), created: history.version === 0, repeated: false,
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
    const visible = aggregate.creates.includes(about.command.type) || this.policy.decide({ ...ask, action: 'Read' }).allowed;
    return visible ? { kind: 'forbidden', policy: decision.policy } : { kind: 'notFound' };
  }

  /** @param patientId whom the command is about: questions that name nobody are about the same */
  #factTools(patientId: string | undefined): FactTools {
    const rows = new Map<string | undefined, Promise<Rows>>();
    const rowsAtHead = async (about: string | undefined): Promise<Rows> => this.#parts.rowsAt((await this.#parts.store.head()).position, about);
    return {
      load: (aggregate, id) => this.load(aggregate, id),
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
        if (categoryOf(other) !== aggregate.decider.category) throw new Error('a register serves one category of owners');
        const { state } = await this.#load(aggregate, other);
        const held = aggregate.holds?.(state, idOf(other)) ?? [];
        return held.some((claim) => claimIdOf(other, claim) === claimId);
      },
    };
  }
}

const patientNamedBy = (command: Command): string | undefined => {
  const { patientId } = command as { patientId?: unknown };
  return typeof patientId === 'string' ? patientId : undefined;
};

const withPatient = (patientId: string | undefined): { patientId?: string } => (patientId === undefined ? {} : { patientId });

/** The answer of a command that is already in the stream: as the first time, whatever happened since. */
const firstAnswer = <S, C extends Command, E extends DomainEvent, F>(
  aggregate: Aggregate<S, C, E, F>,
  history: History<S, E>,
  request: CommandRequest<C>,
  digest: string,
): Outcome | undefined => {
  const last = history.stored.findLast((event) => event.commandId === request.commandId);
  if (last === undefined) return undefined;
  if (last.requestDigest !== digest) return { kind: 'keyReused' };
  return doneAt(aggregate, history, last.version, request);
};

const doneAt = <S, C extends Command, E extends DomainEvent, F>(
  { decider }: Aggregate<S, C, E, F>,
  history: History<S, E>,
  version: number,
  request: CommandRequest<C>,
): Outcome => {
  const state = history.facts.slice(0, version).reduce((sofar, fact) => decider.evolve(sofar, fact), decider.initial);
  const created = history.stored[0]?.commandId === request.commandId;
  return { kind: 'done', id: request.id, version, position: history.stored[version - 1]?.position ?? 0n, stage: decider.stage(state), created, repeated: true };
};

const claimChange = <S, C extends Command, E extends DomainEvent, F>(
  { holds }: Aggregate<S, C, E, F>,
  { state, stream }: History<S, E>,
  after: S,
  id: string,
): { added: readonly Claim[]; dropped: readonly Claim[] } => {
  if (holds === undefined) return { added: [], dropped: [] };
  const before = new Map(holds(state, id).map((claim) => [claimIdOf(stream, claim), claim]));
  const wanted = new Map(holds(after, id).map((claim) => [claimIdOf(stream, claim), claim]));
  return {
    added: [...wanted].filter(([claimId]) => !before.has(claimId)).map(([, claim]) => claim),
    dropped: [...before].filter(([claimId]) => !wanted.has(claimId)).map(([, claim]) => claim),
  };
};
