/** What an instance does: takes an input, fires a timer, notes a refusal; each is one append, and a second time it is none. */
import { eventIdFrom, uuidFrom, type Envelope, type StreamName } from '@fascia/kernel';
import type { ProcessEvent, ProcessEventOf } from '../contract.js';
import {
  actorOf,
  insist,
  instanceStream,
  loadInstance,
  without,
  type Instance,
  type InstanceParts,
} from './instance.js';
import {
  isRequested,
  type AnyProcess,
  type Fired,
  type InstanceKey,
  type InstanceState,
  type Memory,
  type Output,
  type Reaction,
  type Refused,
  type Requested,
  type Taken,
} from '../process.js';

/** As it is stored: what is absent is left out. */
const stored = (value: object): ProcessEventOf<'InputHandled'>['data']['noted'] =>
  JSON.parse(JSON.stringify(value)) as ProcessEventOf<'InputHandled'>['data']['noted'];

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
  const due = new Map([...timers].map(([timer, { dueAt }]) => [timer, dueAt]));
  const settings = gives.flatMap((output): readonly ProcessEvent[] => {
    if (isRequested(output)) return [];
    if ('cancel' in output)
      return due.delete(output.cancel) ? [{ type: 'TimerCancelled', data: { timer: output.cancel } }] : [];
    const { set: timer, dueAt } = output;
    if (due.get(timer) === dueAt) return [];
    due.set(timer, dueAt);
    return [{ type: 'TimerSet', data: { timer, dueAt } }];
  });
  return [...commands, ...settings];
};

const stateOf = (
  { initial }: AnyProcess,
  key: InstanceKey,
  { memory, requested }: Instance,
): InstanceState<Memory, Output> => ({ memory: { ...initial, ...memory }, requested: [...requested], key });

const react = (
  process: AnyProcess,
  key: InstanceKey,
  event: Taken | Fired,
  instance: Instance,
): Reaction<Memory, Output> => process.react(event, stateOf(process, key, instance));

/** @throws TypeError for an instance of a process that this code does not know */
const processOf = (
  processes: readonly AnyProcess[],
  { process: name, key }: Instance,
): { readonly process: AnyProcess; readonly key: InstanceKey } => {
  const process = processes.find((one) => one.name === name);
  if (process === undefined || key === undefined)
    throw new TypeError(`no process ${name ?? ''} is there to go on with its instance`);
  return { process, key };
};

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
      const { process, key } = processOf(processes, instance);
      const fired: Fired = {
        id: eventIdFrom(commandId, 0),
        type: 'TimerFired',
        data: { timer, dueAt: set.dueAt },
        stream,
        occurredAt: parts.clock.now().toISOString(),
        actor: actorOf(process.name),
        ...(set.by.patientId === undefined ? {} : { patientId: set.by.patientId }),
      };
      const { noted = {}, gives = [] } = react(process, key, fired, instance);
      return [
        { type: 'TimerFired', data: { timer, dueAt: set.dueAt, noted: stored(noted) } },
        ...given({ ...instance, timers: without(instance.timers, timer) }, gives, fired.id),
      ];
    },
    { commandId, by: found.by.actor, event: found.by },
  );
};

/** Noted as the code of a command that fits no contract: a fault of ours, and nobody's answer. */
export const COMMAND_BROKEN = 'CONTRACT_BROKEN';

const whatFollows = (
  processes: readonly AnyProcess[],
  refusal: Refused,
  instance: Instance,
): Reaction<Memory, Output> => {
  // Of no process: there is nobody to hear it.
  if (instance.process === undefined) return {};
  const { process, key } = processOf(processes, instance);
  return process.refused?.(refusal, stateOf(process, key, instance)) ?? {};
};

/** A refusal comes back as an event: the auditor sees why nothing followed, and the process does what follows from it. */
export const noteRefusal = (
  parts: InstanceParts,
  processes: readonly AnyProcess[],
  requested: Envelope<ProcessEventOf<'CommandRequested'>>,
  code: string,
): Promise<void> => {
  const { commandId, ...asked } = requested.data;
  const by = uuidFrom('refused', commandId);
  return insist(
    parts,
    requested.stream,
    (instance) => {
      if (instance.refused.has(commandId)) return undefined;
      // As the process gave it, whatever the contract declares by now.
      const refusal = { asked: asked as unknown as Requested, code };
      const { noted = {}, gives = [] } =
        code === COMMAND_BROKEN ? {} : whatFollows(processes, refusal, instance);
      return [
        { type: 'CommandRefused', data: { commandId, code, noted: stored(noted) } },
        ...given(instance, gives, eventIdFrom(by, 0)),
      ];
    },
    { commandId: by, by: requested.actor, event: requested },
  );
};
