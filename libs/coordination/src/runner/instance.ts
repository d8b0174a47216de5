/**
 * One instance of a process, as its stream has it: folded from what it noted, asked for and set; moved by ONE append per input
 * with an expected version, so that two coordinators cannot both win, and a crash between any two steps repeats nothing.
 */
import {
  eventIdFrom,
  streamOf,
  uuidFrom,
  type Actor,
  type Clock,
  type Envelope,
  type EventStore,
  type Instant,
  type StreamName,
} from '@fascia/kernel';
import { knownOf, type Codec, type Folding, type Memory as Remembered } from '@fascia/write-door';
import type { ProcessEvent } from '../contract.js';
import { Grown } from './grown.js';
import type { InstanceKey, Memory, Requested } from '../process.js';

export interface InstanceParts {
  readonly store: EventStore;
  readonly codec: Codec;
  readonly clock: Clock;
  /** Absent: nothing is remembered. */
  readonly memory?: Remembered;
}

/** A timer that is set. */
export interface SetTimer {
  readonly dueAt: Instant;
  /** The event that set it: set again, it is another one. */
  readonly by: Envelope;
}

export interface Instance {
  readonly stream: StreamName;
  /** 0 when it has not begun. */
  readonly version: number;
  /** Nothing when it has not begun. */
  readonly process: string | undefined;
  readonly key: InstanceKey | undefined;
  readonly memory: Memory;
  readonly requested: Grown<Requested>;
  readonly handled: Grown<string>;
  /** Ids of commands that were refused: for good, whatever is read again. */
  readonly refused: Grown<string>;
  readonly timers: ReadonlyMap<string, SetTimer>;
}

/** What is stored with what an instance appends. */
export interface Cause {
  readonly commandId: string;
  readonly by: Actor;
  readonly event: Pick<Envelope, 'id' | 'correlationId' | 'patientId'>;
}

const ROUNDS = 20;

export const actorOf = (process: string): Actor => ({ sub: `process:${process}`, role: 'system' });

export const instanceStream = (process: string, { category, id }: InstanceKey): StreamName =>
  streamOf('process', uuidFrom('process', process, category, id));

type State = Omit<Instance, 'stream'>;

const BEGUN: State = {
  version: 0,
  process: undefined,
  key: undefined,
  memory: {},
  requested: new Grown(),
  handled: new Grown(),
  refused: new Grown(),
  timers: new Map(),
};

export const without = <K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> =>
  new Map([...map].filter(([one]) => one !== key));

const evolve = (instance: State, event: Envelope<ProcessEvent>): State => {
  const { memory, requested, handled, timers } = instance;
  const next = { ...instance, version: event.version };
  switch (event.type) {
    case 'ProcessStarted':
      return { ...next, process: event.data.process, key: event.data.key };
    case 'InputHandled':
      return {
        ...next,
        handled: handled.with(event.data.sourceEventId),
        memory: { ...memory, ...event.data.noted },
      };
    case 'CommandRequested': {
      const { category, id, command } = event.data;
      // As the process gave it; whether the contract still declares it is asked before it is carried out.
      return { ...next, requested: requested.with({ category, id, command } as unknown as Requested) };
    }
    case 'CommandRefused':
      return {
        ...next,
        refused: instance.refused.with(event.data.commandId),
        memory: { ...memory, ...event.data.noted },
      };
    case 'TimerSet': {
      const { timer, dueAt } = event.data;
      return { ...next, timers: new Map([...timers, [timer, { dueAt, by: event }]]) };
    }
    case 'TimerCancelled':
      return { ...next, timers: without(timers, event.data.timer) };
    case 'TimerFired':
      return {
        ...next,
        timers: without(timers, event.data.timer),
        memory: { ...memory, ...event.data.noted },
      };
  }
};

type Packed = Omit<State, 'requested' | 'handled' | 'refused'> & {
  readonly requested: readonly Requested[];
  readonly handled: readonly string[];
  readonly refused: readonly string[];
};

const INSTANCE: Folding<State> = {
  name: 'process',
  code: evolve.toString(),
  initial: BEGUN,
  // Streams of instances hold nothing else.
  evolve: (instance, event) => evolve(instance, event as Envelope<ProcessEvent>),
  pack: ({ requested, handled, refused, ...rest }): Packed => ({
    ...rest,
    requested: [...requested],
    handled: [...handled],
    refused: [...refused],
  }),
  unpack: ({ requested, handled, refused, ...rest }: Packed) => ({
    ...rest,
    requested: new Grown(requested),
    handled: new Grown(handled),
    refused: new Grown(refused),
  }),
};

/** @throws UpgradeNeeded, StreamUnreadable: an instance that skips a fact acts wrongly */
export const loadInstance = async (parts: InstanceParts, stream: StreamName): Promise<Instance> => ({
  ...(await knownOf(parts, INSTANCE, stream)).state,
  stream,
});

/** @returns false when the stream moved meanwhile */
const append = async (
  { store, codec, clock }: InstanceParts,
  { stream, version }: Pick<Instance, 'stream' | 'version'>,
  events: readonly ProcessEvent[],
  { commandId, by, event: cause }: Cause,
): Promise<boolean> => {
  const metadata = {
    occurredAt: clock.now().toISOString(),
    actor: by,
    correlationId: cause.correlationId,
    causationId: cause.id,
    commandId,
    requestDigest: commandId,
    ...(cause.patientId === undefined ? {} : { patientId: cause.patientId }),
  };
  const encoded = await Promise.all(
    events.map((event, index) =>
      codec.encode({
        stream,
        version: version + 1 + index,
        id: eventIdFrom(commandId, index),
        event,
        metadata,
      }),
    ),
  );
  const result = await store.append({
    stream,
    expectedVersion: version,
    commandId,
    requestDigest: commandId,
    events: encoded,
  });
  return result.kind !== 'conflict';
};

/** Again and again from what the stream has by now. @param step nothing when there is nothing to store */
export const insist = async (
  parts: InstanceParts,
  stream: StreamName,
  step: (instance: Instance) => readonly ProcessEvent[] | undefined,
  cause: Cause,
): Promise<void> => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const instance = await loadInstance(parts, stream);
    const events = step(instance);
    if (events === undefined || (await append(parts, instance, events, cause))) return;
  }
  throw new Error(`an instance of a process moved ${String(ROUNDS)} times meanwhile`);
};
