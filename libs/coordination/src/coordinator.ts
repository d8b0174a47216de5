/**
 * Runs process managers (design, section 6). Handling an input appends ONE batch (input handled, commands
 * requested) to the process stream with an expected version: two coordinators cannot both win, and a crash
 * between any two steps repeats nothing. A dispatcher sends what was requested through the write door.
 */
import {
  eventIdFrom,
  idOf,
  streamOf,
  uuidFrom,
  type Actor,
  type Category,
  type Clock,
  type Command,
  type DomainEvent,
  type Envelope,
  type EventStore,
  type Rows,
  type StoredEvent,
  type StreamName,
} from '@fascia/kernel';
import {
  ContractBroken,
  readWhole,
  type Aggregate,
  type Codec,
  type Outcome,
  type WriteDoor,
} from '@fascia/write-door';
import type { Delivery } from '@fascia/delivery';
import type { ProcessEvent } from './contract.js';
import { Follower } from './follower.js';
import type { Memory, ProcessManager, ProcessState, RequestedCommand } from './process.js';

/** Any aggregate, seen from the dispatcher: a command is checked against what the aggregate declares before it is given. */
export type AnyAggregate = Aggregate<never, Command, DomainEvent, never>;

export interface CoordinatorParts {
  readonly store: EventStore;
  readonly delivery: Delivery;
  readonly codec: Codec;
  readonly door: WriteDoor;
  readonly rows: Rows;
  readonly clock: Clock;
  readonly processes: readonly ProcessManager[];
  readonly aggregates: ReadonlyMap<Category, AnyAggregate>;
  readonly log: (what: string, details: Readonly<Record<string, unknown>>) => void;
}

const coordinator = (process: string): Actor => ({ sub: `process:${process}`, role: 'system' });

/** Names of its two followers, as their checkpoints and Kafka's consumer groups have them. */
export const PROCESS_INPUTS = 'process-inputs';
export const PROCESS_COMMANDS = 'process-commands';

const FOLD_ROUNDS = 20;
const ROOTS_REMEMBERED = 10_000;

export class Coordinator {
  readonly #parts: CoordinatorParts;
  readonly #handler: Follower;
  readonly #dispatcher: Follower;
  readonly #roots = new Map<StreamName, string | undefined>();
  #outstanding = 0;

  constructor(parts: CoordinatorParts) {
    this.#parts = parts;
    const { store, delivery, rows, log, processes } = parts;
    this.#handler = new Follower({
      name: PROCESS_INPUTS,
      store,
      delivery,
      rows,
      log,
      takes: new Set(processes.flatMap((process) => process.takes)),
      handle: (events) => this.#inGroups(events, (event) => this.#handle(event)),
    });
    this.#dispatcher = new Follower({
      name: PROCESS_COMMANDS,
      store,
      delivery,
      rows,
      log,
      takes: new Set(['CommandRequested']),
      handle: async (events) => {
        this.#outstanding += events.length;
        await this.#inGroups(events, (event) => this.#dispatch(event)).finally(() => {
          this.#outstanding -= events.length;
        });
      },
    });
  }

  start(): void {
    this.#handler.start();
    this.#dispatcher.start();
  }

  async stop(): Promise<void> {
    await Promise.all([this.#handler.stop(), this.#dispatcher.stop()]);
  }

  /** How far inputs have been handled and commands been sent. */
  get positions(): { readonly inputs: bigint; readonly commands: bigint } {
    return { inputs: this.#handler.position, commands: this.#dispatcher.position };
  }

  /** Commands that were taken from the log and have no outcome yet. */
  get outstanding(): number {
    return this.#outstanding;
  }

  /** Referrals beside one another, the events of one referral in order. */
  async #inGroups(events: readonly StoredEvent[], work: (event: Envelope) => Promise<void>): Promise<void> {
    const groups = new Map<string, Envelope[]>();
    for (const stored of events) {
      const event = await this.#parts.codec.decode(stored);
      const key =
        event.type === 'CommandRequested' ? event.stream : ((await this.#referralOf(event)) ?? event.stream);
      groups.set(key, [...(groups.get(key) ?? []), event]);
    }
    await Promise.all(
      [...groups.values()].map(async (group) => {
        for (const event of group) await work(event);
      }),
    );
  }

  /** The referral an event belongs to: its own stream, or what the first event of its stream names. */
  async #referralOf(event: Envelope): Promise<string | undefined> {
    if (event.stream.startsWith('referral-')) return idOf(event.stream);
    if (this.#roots.has(event.stream)) return this.#roots.get(event.stream);
    const [first] = await this.#parts.store.readStream(event.stream, 1, 1);
    const root = first === undefined ? event : await this.#parts.codec.decode(first);
    const { referralId } = root.data as { referralId?: string };
    if (this.#roots.size >= ROOTS_REMEMBERED) this.#roots.clear();
    this.#roots.set(event.stream, referralId);
    return referralId;
  }

  async #handle(event: Envelope): Promise<void> {
    const referralId = await this.#referralOf(event);
    if (referralId === undefined) return;
    for (const process of this.#parts.processes) {
      if (process.takes.includes(event.type)) await this.#handleIn(process, event, referralId);
    }
  }

  async #handleIn(process: ProcessManager, event: Envelope, referralId: string): Promise<void> {
    const instance = uuidFrom('process', process.name, referralId);
    const stream = streamOf('process', instance);
    for (let round = 0; round < FOLD_ROUNDS; round += 1) {
      const { state, version, handled } = await this.#load(stream);
      if (handled.has(event.id)) return;
      const { noted = {}, commands = [] } = process.react(event, state, referralId);
      const events: readonly ProcessEvent[] = [
        {
          type: 'InputHandled',
          data: { process: process.name, sourceEventId: event.id, sourceType: event.type, noted },
        },
        ...commands.map((requested, ordinal): ProcessEvent => ({
          type: 'CommandRequested',
          data: {
            commandId: uuidFrom(instance, event.id, String(ordinal)),
            ...requested,
            command: requested.command,
          },
        })),
      ];
      const commandId = uuidFrom('input', instance, event.id);
      if (await this.#append(stream, version, events, { process: process.name, commandId, cause: event }))
        return;
    }
    throw new Error(
      `a ${process.name} process moved ${String(FOLD_ROUNDS)} times while one input was handled`,
    );
  }

  async #load(
    stream: StreamName,
  ): Promise<{ state: ProcessState; version: number; handled: ReadonlySet<string> }> {
    const stored = await readWhole(this.#parts.store, stream);
    const handled = new Set<string>();
    const requested: RequestedCommand[] = [];
    let memory: Memory = {};
    for (const one of stored) {
      const event = (await this.#parts.codec.decode(one)) as Envelope<ProcessEvent>;
      if (event.type === 'InputHandled') {
        handled.add(event.data.sourceEventId);
        memory = { ...memory, ...(event.data.noted as Memory) };
      } else if (event.type === 'CommandRequested') {
        const { category, id, command } = event.data;
        requested.push({ category, id, command } as RequestedCommand);
      }
    }
    return { state: { memory, requested }, version: stored.length, handled };
  }

  /** @returns false when the stream moved meanwhile */
  async #append(
    stream: StreamName,
    version: number,
    events: readonly ProcessEvent[],
    {
      process,
      commandId,
      cause,
    }: { readonly process: string; readonly commandId: string; readonly cause: Envelope },
  ): Promise<boolean> {
    const metadata = {
      occurredAt: this.#parts.clock.now().toISOString(),
      actor: coordinator(process),
      correlationId: cause.correlationId,
      causationId: cause.id,
      commandId,
      requestDigest: commandId,
      ...(cause.patientId === undefined ? {} : { patientId: cause.patientId }),
    };
    const encoded = await Promise.all(
      events.map((event, index) =>
        this.#parts.codec.encode({
          stream,
          version: version + 1 + index,
          id: eventIdFrom(commandId, index),
          event,
          metadata,
        }),
      ),
    );
    const result = await this.#parts.store.append({
      stream,
      expectedVersion: version,
      commandId,
      requestDigest: commandId,
      events: encoded,
    });
    return result.kind !== 'conflict';
  }

  async #dispatch(event: Envelope): Promise<void> {
    const { commandId, category, id, command } = event.data as Extract<
      ProcessEvent,
      { type: 'CommandRequested' }
    >['data'];
    const aggregate = this.#parts.aggregates.get(category);
    if (aggregate === undefined) throw new Error(`no aggregate for ${category}`);
    const request = {
      id,
      by: event.actor,
      commandId,
      correlationId: event.correlationId,
      causationId: event.id,
    };
    const code = isDeclared(aggregate, command)
      ? await this.#parts.door
          .handle(aggregate, { ...request, command: command as unknown as Command })
          .then(refusalCode, brokenCode)
      : COMMAND_BROKEN;
    if (code !== undefined) await this.#noteRefusal(event, commandId, code);
  }

  /** A refusal comes back as an event: the auditor sees why nothing followed. */
  async #noteRefusal(event: Envelope, commandId: string, code: string): Promise<void> {
    this.#parts.log('a process command was refused', { process: event.actor.sub, code });
    const noteId = uuidFrom('refused', commandId);
    for (let round = 0; round < FOLD_ROUNDS; round += 1) {
      const version = (await readWhole(this.#parts.store, event.stream)).length;
      const note: ProcessEvent = { type: 'CommandRefused', data: { commandId, code } };
      const process = event.actor.sub.slice('process:'.length);
      if (await this.#append(event.stream, version, [note], { process, commandId: noteId, cause: event }))
        return;
    }
  }
}

/** Noted as the code of a command that no retry can mend: it holds nobody else up. */
const COMMAND_BROKEN = 'CONTRACT_BROKEN';

/** @returns whether a command is in the shape that its contract declares */
export const isDeclared = (
  { commands }: Pick<AnyAggregate, 'commands'>,
  { type, ...said }: Readonly<Record<string, unknown>>,
): boolean =>
  Object.hasOwn(commands, String(type)) && commands[String(type)]?.schema.safeParse(said).success === true;

/** @returns nothing when the command was done */
const refusalCode = (outcome: Outcome): string | undefined =>
  outcome.kind === 'done' ? undefined : outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind;

/** A command that no retry can mend is noted like a refusal, so that it holds nobody else up; what may pass is thrown on. */
const brokenCode = (error: unknown): string => {
  if (error instanceof ContractBroken) return COMMAND_BROKEN;
  throw error;
};
