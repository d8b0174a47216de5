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
import { readWhole, type Codec } from '@fascia/write-door';
import type { ProcessEvent, ProcessEventOf } from './contract.js';
import type {
  AnyProcess,
  Fired,
  InstanceKey,
  Memory,
  Output,
  Reaction,
  Requested,
  Taken,
} from './process.js';

export interface InstanceParts {
  readonly store: EventStore;
  readonly codec: Codec;
  readonly clock: Clock;
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
  readonly requested: readonly Requested[];
  readonly handled: ReadonlySet<string>;
  readonly timers: ReadonlyMap<string, SetTimer>;
}

/** What is stored with what an instance appends. */
interface Cause {
  readonly commandId: string;
  readonly by: Actor;
  readonly event: Pick<Envelope, 'id' | 'correlationId' | 'patientId'>;
}

const ROUNDS = 20;

export const actorOf = (process: string): Actor => ({ sub: `process:${process}`, role: 'system' });

export const instanceStream = (process: string, { category, id }: InstanceKey): StreamName =>
  streamOf('process', uuidFrom('process', process, category, id));

const begun = (stream: StreamName): Instance => ({
  stream,
  version: 0,
  process: undefined,
  key: undefined,
  memory: {},
  requested: [],
  handled: new Set(),
  timers: new Map(),
});

const without = <K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> =>
  new Map([...map].filter(([one]) => one !== key));

const evolve = (instance: Instance, event: Envelope<ProcessEvent>): Instance => {
  const { memory, requested, handled, timers } = instance;
  const next = { ...instance, version: event.version };
  switch (event.type) {
    case 'ProcessStarted':
      return { ...next, process: event.data.process, key: event.data.key };
    case 'InputHandled':
      return {
        ...next,
        handled: new Set([...handled, event.data.sourceEventId]),
        memory: { ...memory, ...event.data.noted },
      };
    case 'CommandRequested': {
      const { category, id, command } = event.data;
      // As the process gave it; whether the contract still declares it is asked before it is carried out.
      return { ...next, requested: [...requested, { category, id, command } as unknown as Requested] };
    }
    case 'CommandRefused':
      return next;
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

export const loadInstance = async (
  { store, codec }: InstanceParts,
  stream: StreamName,
): Promise<Instance> => {
  let instance = begun(stream);
  for (const event of await readWhole(store, stream))
    instance = evolve(instance, (await codec.decode(event)) as Envelope<ProcessEvent>);
  return instance;
};

/** As it is stored: what is absent is left out. */
const stored = (value: object): ProcessEventOf<'InputHandled'>['data']['noted'] =>
  JSON.parse(JSON.stringify(value)) as ProcessEventOf<'InputHandled'>['data']['noted'];

const isRequested = (output: Output): output is Requested => 'command' in output;

/** What a reaction comes to in the stream: timers that stand as they are wanted are left alone. */
const given = (
  { stream, timers }: Instance,
  gives: readonly Output[],
  sourceId: string,
): readonly ProcessEvent[] => {
  const commands = gives.filter(isRequested).map(({ category, id, command }, ordinal): ProcessEvent => ({
    type: 'CommandRequested',
    data: { commandId: uuidFrom(stream, sourceId, String(ordinal)), category, id, command: stored(command) },
  }));
  const settings = gives.flatMap((output): readonly ProcessEvent[] => {
    if (isRequested(output)) return [];
    if ('set' in output)
      return timers.get(output.set)?.dueAt === output.dueAt
        ? []
        : [{ type: 'TimerSet', data: { timer: output.set, dueAt: output.dueAt } }];
    return timers.has(output.cancel) ? [{ type: 'TimerCancelled', data: { timer: output.cancel } }] : [];
  });
  return [...commands, ...settings];
};

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
const insist = async (
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

const react = (
  process: AnyProcess,
  key: InstanceKey,
  event: Taken | Fired,
  { memory, requested }: Instance,
): Reaction<Memory, Output> =>
  process.react(event, { memory: { ...process.initial, ...memory }, requested, key });

/** Handles an event in the instance that it is for; a second time it does nothing. */
export const handleInput = (
  parts: InstanceParts,
  process: AnyProcess,
  key: InstanceKey,
  event: Envelope & Taken,
): Promise<void> => {
  const stream = instanceStream(process.name, key);
  return insist(
    parts,
    stream,
    (instance) => {
      if (instance.handled.has(event.id)) return undefined;
      const { noted = {}, gives = [] } = react(process, key, event, instance);
      return [
        ...(instance.version === 0
          ? [{ type: 'ProcessStarted', data: { process: process.name, key } } as const]
          : []),
        {
          type: 'InputHandled',
          data: {
            process: process.name,
            sourceEventId: event.id,
            sourceType: event.type,
            noted: stored(noted),
          },
        },
        ...given(instance, gives, event.id),
      ];
    },
    { commandId: uuidFrom('input', stream, event.id), by: actorOf(process.name), event },
  );
};

/** Fires a timer that is still set as it was when it was found due; otherwise there is nothing to fire. */
export const fireTimer = async (
  parts: InstanceParts,
  processes: readonly AnyProcess[],
  { stream, timer, setBy }: { readonly stream: StreamName; readonly timer: string; readonly setBy: string },
): Promise<void> => {
  const found = (await loadInstance(parts, stream)).timers.get(timer);
  if (found?.by.id !== setBy) return;
  const commandId = uuidFrom('fired', stream, setBy);
  await insist(
    parts,
    stream,
    (instance) => {
      const set = instance.timers.get(timer);
      if (set?.by.id !== setBy) return undefined;
      const process = processes.find(({ name }) => name === instance.process);
      if (process === undefined || instance.key === undefined)
        throw new TypeError(`no process ${instance.process ?? ''} is there to take its timer`);
      const fired: Fired = {
        id: eventIdFrom(commandId, 0),
        type: 'TimerFired',
        data: { timer, dueAt: set.dueAt },
        stream,
        occurredAt: parts.clock.now().toISOString(),
        ...(set.by.patientId === undefined ? {} : { patientId: set.by.patientId }),
      };
      const { noted = {}, gives = [] } = react(process, instance.key, fired, instance);
      return [
        { type: 'TimerFired', data: { timer, dueAt: set.dueAt, noted: stored(noted) } },
        ...given({ ...instance, timers: without(instance.timers, timer) }, gives, fired.id),
      ];
    },
    { commandId, by: found.by.actor, event: found.by },
  );
};

/** A refusal comes back as an event: the auditor sees why nothing followed. */
export const noteRefusal = (
  parts: InstanceParts,
  requested: Envelope,
  refused: { readonly commandId: string; readonly code: string },
): Promise<void> =>
  insist(parts, requested.stream, () => [{ type: 'CommandRefused', data: refused }], {
    commandId: uuidFrom('refused', refused.commandId),
    by: requested.actor,
    event: requested,
  });
