/** What a stream says: the aggregate's state, and the answer of a command that is already in it. */
import {
  factOf,
  type Command,
  type DomainEvent,
  type Fact,
  type StoredEvent,
  type StreamName,
} from '@fascia/kernel';
import type { Aggregate, CommandRequest, Loaded, Outcome } from './aggregate.js';
import { isBookkeeping } from './bookkeeping.js';
import { metadataOf, type Asked } from './codec.js';
import { openWhole, type Log } from './opened.js';

export interface History<S, E extends DomainEvent> extends Loaded<S> {
  /** Version of the stream's last event, bookkeeping included: where the next append expects it to stand. */
  readonly end: number;
  readonly stored: readonly StoredEvent[];
  /** Without bookkeeping: as stored, and as a fold takes it. */
  readonly told: readonly StoredEvent[];
  readonly facts: readonly Fact<E>[];
  /** Whom its events are about, when they are about a patient. */
  readonly patientId?: string;
}

const opened = async <E extends DomainEvent>(log: Log, stream: StreamName) => {
  const { stored, envelopes } = await openWhole(log, stream);
  return {
    stored,
    envelopes,
    told: stored.filter((event) => !isBookkeeping(event)),
    facts: envelopes
      .filter((envelope) => !isBookkeeping(envelope))
      .map((envelope) => factOf(envelope) as Fact<E>),
  };
};

/** A stream's facts; none when it does not exist. */
export const factsOf = async <E extends DomainEvent>(
  log: Log,
  stream: StreamName,
): Promise<readonly Fact<E>[]> => (await opened<E>(log, stream)).facts;

export const historyOf = async <S, C extends Command, E extends DomainEvent, F>(
  log: Log,
  { decider }: Pick<Aggregate<S, C, E, F>, 'decider'>,
  stream: StreamName,
): Promise<History<S, E>> => {
  const { stored, envelopes, told, facts } = await opened<E>(log, stream);
  const state = facts.reduce((sofar, fact) => decider.evolve(sofar, fact), decider.initial);
  return {
    state,
    version: told.at(-1)?.version ?? 0,
    end: stored.length,
    stream,
    stored,
    told,
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
  const { patientId } = metadataOf(last);
  const digest = await codec.requestDigest(asked(history.stream, request, patientId));
  if (last.requestDigest !== digest) return { kind: 'keyReused' };
  return doneAt(aggregate, history, last.version, request);
};

/** What is answered where nothing is stored, by the facts up to a version. */
export const doneAt = <S, C extends Command, E extends DomainEvent, F>(
  { decider }: Aggregate<S, C, E, F>,
  { told, facts }: History<S, E>,
  version: number,
  request: CommandRequest<C>,
): Outcome => {
  const passed = told.filter((event) => event.version <= version);
  const state = facts
    .slice(0, passed.length)
    .reduce((sofar, fact) => decider.evolve(sofar, fact), decider.initial);
  const last = passed.at(-1);
  return {
    kind: 'done',
    id: request.id,
    version: last?.version ?? 0,
    position: last?.position ?? 0n,
    digest: last?.digest ?? '',
    stage: decider.stage(state),
    created: told[0]?.commandId === request.commandId,
    repeated: true,
  };
};
