/**
 * Runs process managers: one follower hands inputs to their instances, another sends what was asked for through the write door,
 * like anybody's command. An instance that cannot take an input waits by itself; the others go on.
 */
import {
  StoreUnavailable,
  streamOf,
  type Category,
  type Command,
  type Envelope,
  type Rows,
  type StoredEvent,
  type StreamName,
} from '@fascia/kernel';
import {
  ContractBroken,
  firstFactOf,
  isPassing,
  openOne,
  pagesOf,
  StreamUnreadable,
  SubjectErased,
  UpgradeNeeded,
  type AnyAggregate,
  type Outcome,
  type WriteDoor,
} from '@fascia/write-door';
import { LRUCache } from 'lru-cache';
import { Beginnings, Follower, type Delivery, type Work } from '@fascia/delivery';
import type { ProcessEvent, ProcessEventOf } from '../contract.js';
import { COMMAND_BROKEN, handleInput, noteRefusal } from './handling.js';
import { instanceStream, loadInstance, type InstanceParts } from './instance.js';
import type { AnyProcess, Taken } from '../process.js';

export interface CoordinatorParts extends InstanceParts {
  readonly delivery: Delivery;
  readonly door: WriteDoor;
  readonly rows: Rows;
  readonly processes: readonly AnyProcess[];
  /** A command is checked against what its aggregate declares before it is given. */
  readonly aggregates: ReadonlyMap<Category, AnyAggregate>;
  readonly log: (what: string, details: Readonly<Record<string, unknown>>) => void;
  readonly lookEveryMs?: number;
}

/** Names of its two followers, as their checkpoints and Kafka's consumer groups have them. */
export const PROCESS_INPUTS = 'process-inputs';
export const PROCESS_COMMANDS = 'process-commands';

const FIRSTS_REMEMBERED = 2_000;

const PERHAPS_DECIDED = 'PerhapsDecided';

/** Of a log that was put back: what became of the command may have been lost with its end. An operator decides. */
class PerhapsDecided extends Error {
  override readonly name = PERHAPS_DECIDED;
}

/** It cannot be opened, is of a newer release, or in doubt: so it is until an operator has acted. */
const isLasting = (error: unknown): boolean =>
  [UpgradeNeeded, StreamUnreadable, PerhapsDecided].some((kind) => error instanceof kind);

export class Coordinator {
  readonly #parts: CoordinatorParts;
  readonly #handler: Follower;
  readonly #dispatcher: Follower;
  readonly #beginnings: Beginnings;
  readonly #firsts = new LRUCache<StreamName, Envelope & Taken>({ max: FIRSTS_REMEMBERED });
  #outstanding = 0;

  constructor(parts: CoordinatorParts) {
    this.#parts = parts;
    const { store, delivery, rows, log, processes } = parts;
    const { lookEveryMs } = parts;
    const beginnings = new Beginnings({
      rows,
      store,
      processes,
      isTheirs: ({ type }) => type === ('ProcessStarted' satisfies ProcessEvent['type']),
      log,
    });
    const following = {
      store,
      delivery,
      rows,
      log,
      passes: isPassing,
      lasts: isLasting,
      begins: () => beginnings.load(),
      looks: () => beginnings.look(),
      ...(lookEveryMs === undefined ? {} : { lookEveryMs }),
    };
    this.#beginnings = beginnings;
    this.#handler = new Follower({
      ...following,
      name: PROCESS_INPUTS,
      takes: new Set(processes.flatMap((process) => process.takes)),
      workOf: (event) => this.#inputs(event),
    });
    this.#dispatcher = new Follower({
      ...following,
      name: PROCESS_COMMANDS,
      takes: new Set<ProcessEvent['type']>(['CommandRequested']),
      workOf: async (event, { doubted, askedAfter }) => {
        const inDoubt = doubted || event.position <= this.#beginnings.unknown;
        // Who asks was shown what it waits for: only where that is the doubt has he decided about it.
        return [this.#dispatch(event, inDoubt && askedAfter !== PERHAPS_DECIDED)];
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

  /** The slices of the two that are followed here. */
  get partitions(): { readonly inputs: ReadonlySet<number>; readonly commands: ReadonlySet<number> } {
    return { inputs: this.#handler.partitions, commands: this.#dispatcher.partitions };
  }

  /** Commands that are being carried out and have no outcome yet. */
  get outstanding(): number {
    return this.#outstanding;
  }

  /** What an event is for: an instance of each process that takes it. */
  async #inputs(stored: StoredEvent): Promise<readonly Work[]> {
    const taking = this.#parts.processes.filter(({ name }) => this.#beginnings.takes(name, stored));
    if (taking.length === 0) return [];
    const event = await this.#decoded(stored);
    const first = await this.#firstOf(event);
    return taking.flatMap((process) => {
      const key = process.takes.includes(event.type) ? process.instanceOf(event, first) : undefined;
      return key === undefined
        ? []
        : [
            {
              subject: instanceStream(process.name, key),
              run: () => handleInput(this.#parts, process, key, event),
            },
          ];
    });
  }

  /** Of care, as only what processes take is asked for. @throws UpgradeNeeded, StreamUnreadable */
  async #decoded(stored: StoredEvent): Promise<Envelope & Taken> {
    return (await openOne(this.#parts.codec, stored)) as Envelope & Taken;
  }

  async #firstOf(event: Envelope & Taken): Promise<Envelope & Taken> {
    const known = this.#firsts.get(event.stream);
    if (known !== undefined) return known;
    const stored = event.version === 1 ? undefined : await firstFactOf(this.#parts.store, event.stream);
    if (stored === undefined && event.version > 1)
      throw new StoreUnavailable('the beginning of a stream cannot be read yet');
    const first = stored === undefined ? event : await this.#decoded(stored);
    this.#firsts.set(event.stream, first);
    return first;
  }

  #dispatch(stored: StoredEvent, inDoubt: boolean): Work {
    return {
      subject: stored.stream,
      run: async () => {
        this.#outstanding += 1;
        try {
          await this.#carryOut(
            (await this.#parts.codec.decode(stored)) as Envelope<ProcessEventOf<'CommandRequested'>>,
            inDoubt,
          );
        } finally {
          this.#outstanding -= 1;
        }
      },
    };
  }

  async #carryOut(event: Envelope<ProcessEventOf<'CommandRequested'>>, inDoubt: boolean): Promise<void> {
    const { commandId, category, id, command } = event.data;
    const aggregate = this.#parts.aggregates.get(category);
    if (aggregate === undefined) throw new TypeError(`no aggregate for ${category}`);
    // A refusal is final: whatever the state is now, no reading again carries it out.
    if ((await loadInstance(this.#parts, event.stream)).refused.has(commandId)) return;
    if (inDoubt && !(await this.#isStored(streamOf(category, id), commandId)))
      throw new PerhapsDecided('asked for before the log became another one, and without an outcome in it');
    const request = {
      id,
      by: event.actor,
      commandId,
      correlationId: event.correlationId,
      causationId: event.id,
      keyGiven: true,
    };
    const code = isDeclared(aggregate, command)
      ? await this.#parts.door.handle(aggregate, { ...request, command }).then(refusalCode, brokenCode)
      : COMMAND_BROKEN;
    if (code === undefined) return;
    this.#parts.log('a process command was refused', { process: event.actor.sub, code });
    await noteRefusal(this.#parts, this.#parts.processes, event, code);
  }

  async #isStored(stream: StreamName, commandId: string): Promise<boolean> {
    for await (const page of pagesOf(this.#parts.store, stream))
      if (page.some((event) => event.commandId === commandId)) return true;
    return false;
  }
}

const PERSON_ERASED = 'PERSON_ERASED';

/** @returns whether a command is in the shape that its contract declares */
export const isDeclared = (
  { commands }: Pick<AnyAggregate, 'commands'>,
  command: Readonly<Record<string, unknown>>,
): command is Readonly<Record<string, unknown>> & Command => {
  const { type, ...said } = command;
  return (
    typeof type === 'string' &&
    Object.hasOwn(commands, type) &&
    commands[type]?.schema.safeParse(said).success === true
  );
};

/** @returns nothing when the command was done */
const refusalCode = (outcome: Outcome): string | undefined =>
  outcome.kind === 'done' ? undefined : outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind;

/** A command that no retry can mend is noted like a refusal, so that it holds nobody else up; what may pass is thrown on. */
const brokenCode = (error: unknown): string => {
  if (error instanceof ContractBroken) return COMMAND_BROKEN;
  if (error instanceof SubjectErased) return PERSON_ERASED;
  throw error;
};
