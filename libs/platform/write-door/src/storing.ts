/** What was decided is stored, once what it needs is claimed; what it gave up is released after. */
import {
  categoryOf,
  digestOf,
  eventIdFrom,
  idOf,
  AppendTooLarge,
  type AnyRefusal,
  type AppendRequest,
  type Clock,
  type Command,
  type DomainEvent,
  type NewEvent,
} from '@fascia/kernel';
import type { Aggregate, CommandRequest, Loaded, Outcome } from './aggregate.js';
import {
  claimChange,
  Claims,
  claimsOf,
  creationClaim,
  ownerOf,
  type MadeClaim,
  type Wanted,
} from './claims.js';
import { asked, doneAt, historyOf, withPatient, type History } from './history.js';
import type { Lanes } from './lanes.js';
import type { Log } from './loading.js';
import type { ClaimContext } from './take-over.js';

export interface Decided<E extends DomainEvent> {
  readonly events: readonly E[];
  readonly at: string;
  readonly patientId?: string;
  /** Asked once everything is claimed: why it cannot be after all. */
  readonly refusedAgain?: () => Promise<AnyRefusal | undefined>;
}

const digestOfLast = (events: readonly NewEvent[]): string => {
  const last = events.at(-1);
  return last === undefined ? '' : digestOf(last.data, last.metadata).toString('hex');
};

export class Storing {
  readonly #log: Log;
  readonly #claims: Claims;

  constructor(parts: Log & { readonly clock: Clock; readonly lanes: Lanes }) {
    this.#log = parts;
    this.#claims = new Claims(parts, parts.clock, parts.lanes);
  }

  /** Under a key of the caller's it is remembered in the stream: asked again, the answer is the same, whatever happened since. */
  async remember<S, C extends Command, E extends DomainEvent, F>(
    aggregate: Aggregate<S, C, E, F>,
    history: History<S>,
    request: CommandRequest<C>,
    decided: Decided<E>,
  ): Promise<Outcome | 'again'> {
    if (request.keyGiven === true) {
      const answered = { type: 'CommandAnswered', data: {} };
      const { kind } = await this.#log.store.append(
        await this.#encoded(history, request, { ...decided, events: [answered] }),
      );
      if (kind === 'idReused') return { kind: 'keyReused' };
      if (kind !== 'appended') return 'again';
    }
    return doneAt(history, history.told, aggregate.decider.stage(history.state), request);
  }

  /** What was decided, once what it needs is claimed. */
  async store<S, C extends Command, E extends DomainEvent, F>(
    aggregate: Aggregate<S, C, E, F>,
    history: History<S>,
    request: CommandRequest<C>,
    decided: Decided<E>,
  ): Promise<Outcome | 'again'> {
    const { decider } = aggregate;
    const { id } = request;
    const after = decided.events.reduce(
      (sofar, event, index) =>
        decider.evolve(sofar, {
          ...event,
          id: eventIdFrom(request.commandId, index),
          at: decided.at,
          by: request.by,
        }),
      history.state,
    );
    const { added, dropped, keeps } = claimChange(
      history.stream,
      await claimsOf(aggregate, { state: history.state, id }, this.#log.codec),
      await claimsOf(aggregate, { state: after, id }, this.#log.codec),
    );
    const context = { ...this.#claimContext(aggregate, history, request), keeps };
    // Before anything is claimed: what cannot be written need not hold anything.
    const append = await this.#encoded(history, request, decided);
    const making = await this.#claims.make([...this.#creation(history, request), ...added], context);
    if (making.kind === 'moved') return 'again';
    if (making.kind === 'taken') {
      const refusal = added.find((claim) => claim === making.claim)?.refusal;
      return refusal === undefined ? { kind: 'keyReused' } : { kind: 'refused', refusal };
    }

    const refusal = await this.#refusedAgain(decided, making.claims, context);
    if (refusal !== undefined) return { kind: 'refused', refusal };

    const result = await this.#log.store.append(append).catch(async (error: unknown) => {
      // What may be stored after all keeps its claims; what was refused before it was sent gives them back.
      if (error instanceof AppendTooLarge) await this.#claims.letGo(making.claims, context);
      throw error;
    });
    switch (result.kind) {
      case 'appended':
        await this.#claims.drop(dropped, context);
        return {
          kind: 'done',
          id,
          version: result.version,
          position: result.position,
          digest: digestOfLast(append.events),
          stage: decider.stage(after),
          created: history.version === 0,
          repeated: false,
        };
      case 'already':
        // It may have been this very attempt, sent twice by the adapter: what it claimed may be what the stream holds now.
        return 'again'; // the next load finds it and answers as the first time
      case 'idReused':
        await this.#claims.letGo(making.claims, context);
        return { kind: 'keyReused' };
      case 'conflict':
        await this.#claims.letGo(making.claims, context);
        return 'again';
    }
  }

  /** What is refused in the end, or cannot be told, gives its claims back. */
  async #refusedAgain(
    { refusedAgain }: Pick<Decided<never>, 'refusedAgain'>,
    claims: readonly MadeClaim[],
    context: ClaimContext,
  ): Promise<AnyRefusal | undefined> {
    let stands = false;
    try {
      const refusal = await refusedAgain?.();
      stands = refusal === undefined;
      return refusal;
    } finally {
      if (!stands) await this.#claims.letGo(claims, context);
    }
  }

  async #encoded(
    { stream, end }: History<unknown>,
    request: CommandRequest<Command>,
    { events, at, patientId }: Decided<DomainEvent>,
  ): Promise<AppendRequest> {
    const { commandId, correlationId, causationId, by } = request;
    const digest = await this.#log.codec.requestDigest(asked(stream, request, patientId));
    const encoded = await Promise.all(
      events.map((event, index) =>
        this.#log.codec.encode({
          stream,
          version: end + 1 + index,
          id: eventIdFrom(commandId, index),
          event,
          metadata: {
            occurredAt: at,
            actor: by,
            commandId,
            requestDigest: digest,
            correlationId,
            causationId,
            ...withPatient(patientId),
          },
        }),
      ),
    );
    return { stream, expectedVersion: end, commandId, requestDigest: digest, events: encoded };
  }

  /** A key that made one thing makes no other; where event ids are known over the whole log, the append itself tells. */
  #creation(
    { version }: Loaded<unknown>,
    { commandId, keyGiven }: CommandRequest<Command>,
  ): readonly Wanted[] {
    return version === 0 && keyGiven === true && this.#log.store.eventIds === 'stream'
      ? [creationClaim(commandId)]
      : [];
  }

  #claimContext<S, C extends Command, E extends DomainEvent, F>(
    aggregate: Aggregate<S, C, E, F>,
    { stream: owner, end: ownerVersion }: History<S>,
    { by, commandId, correlationId }: CommandRequest<C>,
  ): Omit<ClaimContext, 'keeps'> {
    return {
      owner,
      ownerVersion,
      by,
      commandId,
      correlationId,
      ownerOf: async (other) => {
        if (categoryOf(other) !== aggregate.decider.category)
          throw new Error('a register serves one category of owners');
        const theirs = await historyOf(this.#log, aggregate.decider, other);
        return ownerOf(
          await claimsOf(aggregate, { state: theirs.state, id: idOf(other) }, this.#log.codec),
          theirs,
        );
      },
    };
  }
}
