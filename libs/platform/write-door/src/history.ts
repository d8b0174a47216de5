/** What a stream says: the aggregate's state, and the answer of a command that is already in it. */
import {
  factOf,
  type Command,
  type DomainEvent,
  type EventMetadata,
  type EventStore,
  type Fact,
  type StoredEvent,
  type StreamName,
} from '@fascia/kernel';
import type { Aggregate, CommandRequest, Loaded, Outcome } from './aggregate.js';
import type { Asked, Codec } from './codec.js';
import { readWhole } from './read-whole.js';

export interface History<S, E extends DomainEvent> extends Loaded<S> {
  readonly stored: readonly StoredEvent[];
  readonly facts: readonly Fact<E>[];
  /** Whom its events are about, when they are about a patient. */
  readonly patientId?: string;
}

interface Log {
  readonly store: EventStore;
  readonly codec: Codec;
}

const opened = async <E extends DomainEvent>({ store, codec }: Log, stream: StreamName) => {
  const stored = await readWhole(store, stream);
  const envelopes = await Promise.all(stored.map((event) => codec.decode(event)));
  return { stored, envelopes, facts: envelopes.map((envelope) => factOf(envelope) as Fact<E>) };
};

/** A stream's events, opened; none when it does not exist. */
export const factsOf = async <E extends DomainEvent>(
  log: Log,
  stream: StreamName,
): Promise<readonly Fact<E>[]> => (await opened<E>(log, stream)).facts;

export const historyOf = async <S, C extends Command, E extends DomainEvent, F>(
  log: Log,
  { decider }: Pick<Aggregate<S, C, E, F>, 'decider'>,
  stream: StreamName,
): Promise<History<S, E>> => {
  const { stored, envelopes, facts } = await opened<E>(log, stream);
  const state = facts.reduce((sofar, fact) => decider.evolve(sofar, fact), decider.initial);
  return {
    state,
    version: stored.length,
    stream,
    stored,
    facts,
    ...withPatient(envelopes.find((envelope) => envelope.patientId !== undefined)?.patientId),
  };
};

export const withPatient = (patientId: string | undefined): { patientId?: string } =>
  patientId === undefined ? {} : { patientId };

/** What is asked of a stream, by whom: two attempts are the same when this is. */
export const asked = (
  stream: StreamName,
  { command, by }: CommandRequest<Command>,
  patientId: string | undefined,
): Asked => ({ stream, request: [command, by], ...withPatient(patientId) });

/** The answer of a command that is already in the stream: as the first time, whatever happened since. @throws SubjectErased */
export const firstAnswer = async <S, C extends Command, E extends DomainEvent, F>(
  { codec }: Pick<Log, 'codec'>,
  aggregate: Aggregate<S, C, E, F>,
  history: History<S, E>,
  request: CommandRequest<C>,
): Promise<Outcome | undefined> => {
  const last = history.stored.findLast((event) => event.commandId === request.commandId);
  if (last === undefined) return undefined;
  // Under the key that it was stored under: whom it was about may have become known only then.
  const { patientId } = JSON.parse(Buffer.from(last.metadata).toString('utf8')) as EventMetadata;
  const digest = await codec.requestDigest(asked(history.stream, request, patientId));
  if (last.requestDigest !== digest) return { kind: 'keyReused' };
  return doneAt(aggregate, history, last.version, request);
};

export const doneAt = <S, C extends Command, E extends DomainEvent, F>(
  { decider }: Aggregate<S, C, E, F>,
  history: History<S, E>,
  version: number,
  request: CommandRequest<C>,
): Outcome => {
  const state = history.facts
    .slice(0, version)
    .reduce((sofar, fact) => decider.evolve(sofar, fact), decider.initial);
  const created = history.stored[0]?.commandId === request.commandId;
  return {
    kind: 'done',
    id: request.id,
    version,
    position: history.stored[version - 1]?.position ?? 0n,
    digest: history.stored[version - 1]?.digest ?? '',
    stage: decider.stage(state),
    created,
    repeated: true,
  };
};
