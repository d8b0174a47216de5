/** Poison for every read model and every process: told while the product runs, seen where it stopped something, and taken away. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  instanceStream,
  PROCESS_COMMANDS,
  PROCESS_INPUTS,
  processes,
  DEFAULT_TIMES,
  type AnyProcess,
} from '@fascia/coordination';
import { retryParked } from '@fascia/delivery';
import { type Actor, type Envelope, type NewEvent, type StreamName } from '@fascia/kernel';
import { groupsOf, type ReadModel } from '@fascia/read-store';
import { until } from '@fascia/testkit';
import { examples, forModel, forProcess, named, typesOf, type Told } from './poison.samples.js';
import type { Running } from './running.world.js';

export const FAULTS = ['refused', 'closed', 'unknown', 'newer', 'throws'] as const;
export type Fault = (typeof FAULTS)[number];

/** A read model, a process that takes an event, or one whose command meets the event in the stream that it is for. */
export type Place = 'model' | 'process' | 'command';

export interface Poison extends Told {
  readonly fault: Fault;
  readonly place: Place;
  /** Of the model or the process. */
  readonly name: string;
  /** Who has to wait, and with which events held back (or passed over). */
  readonly parks: readonly string[];
}

interface Spoiled {
  readonly stream: StreamName;
  readonly version: number;
  readonly good: NewEvent;
}

const BY: Actor = { sub: 'somebody', role: 'system' };
const TOLD_EVERY_MS = 60;
const NEWS = 'LearntInTheNextRelease';
const PATIENCE_MS = 60_000;

const inModel = (name: string, stream: StreamName, held: boolean): string =>
  `${name}: ${stream} ${held ? 'held back' : 'passed over'}`;
const inFollower = (follower: string, subject: string): string => `${follower}: ${subject}`;

const asText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** Another text under the same seal; where nothing is sealed, half of it. */
const closed = (event: NewEvent): NewEvent => {
  const text = asText(event.data);
  const spoiled = text.replace(
    /("\$sealed":"[^"]*)(.)([^"]{8})"/,
    (_all, before: string, one: string, after: string) => `${before}${one === 'A' ? 'B' : 'A'}${after}"`,
  );
  return { ...event, data: Buffer.from(spoiled === text ? text.slice(0, text.length / 2) : spoiled, 'utf8') };
};

const newer = (event: NewEvent): NewEvent => {
  const metadata = JSON.parse(asText(event.metadata)) as { schemaVersion: number };
  return {
    ...event,
    metadata: Buffer.from(JSON.stringify({ ...metadata, schemaVersion: metadata.schemaVersion + 1 }), 'utf8'),
  };
};

const SPOILS: Readonly<Record<Fault, (event: NewEvent) => NewEvent>> = {
  closed,
  newer,
  // What is sealed is sealed for its type.
  unknown: (event) => ({ ...event, type: NEWS, data: Buffer.from('{}', 'utf8') }),
  refused: (event) => event,
  throws: (event) => event,
};

export class Poisoned {
  /** Streams that folds throw over, by model; instances that processes throw over. */
  readonly #throwing = new Set<string>();
  readonly #spoiled: Spoiled[] = [];
  #all: readonly Envelope[] = [];

  /** As the product is to run it. */
  readonly model = (model: ReadModel): ReadModel => {
    const look = (event: Envelope): void => {
      if (this.#throwing.has(`${model.name} ${event.stream}`)) throw new RangeError('as planned');
    };
    return 'group' in model
      ? {
          ...model,
          foldGroup: (rows, event, group) => {
            look(event);
            return model.foldGroup(rows, event, group);
          },
        }
      : {
          ...model,
          fold: (row, event, id) => {
            look(event);
            return model.fold(row, event, id);
          },
        };
  };

  readonly process = (process: AnyProcess): AnyProcess => ({
    ...process,
    react: (event, state) => {
      if (this.#throwing.has(instanceStream(process.name, state.key))) throw new RangeError('as planned');
      return process.react(event, state);
    },
  });

  /** Every model with every fault, every process with those that an event can be, one patient each. */
  async planned(models: readonly ReadModel[]): Promise<readonly Poison[]> {
    this.#all = await examples();
    return [
      ...models.flatMap((model) => FAULTS.map((fault) => this.#inModel(models, model, fault))),
      ...processes(DEFAULT_TIMES).flatMap((process) =>
        (['closed', 'newer', 'throws'] as const).map((fault) => this.#inProcess(models, process, fault)),
      ),
      ...(['closed', 'unknown'] as const).map((fault) => this.#inCommand(models, fault)),
    ];
  }

  #inModel(models: readonly ReadModel[], model: ReadModel, fault: Fault): Poison {
    const told = forModel(model, this.#all, `${model.name} ${fault}`);
    const alone = fault === 'refused' || fault === 'throws';
    const parks = alone ? [inModel(model.name, told.stream, true)] : this.#closes(models, told, fault);
    return { ...told, fault, place: 'model', name: model.name, parks };
  }

  #inProcess(models: readonly ReadModel[], process: AnyProcess, fault: Fault): Poison {
    const told = forProcess(process, this.#all, `${process.name} ${fault}`);
    const parks =
      fault === 'throws' ? [inFollower(PROCESS_INPUTS, told.instance)] : this.#closes(models, told, fault);
    return { ...told, fault, place: 'process', name: process.name, parks };
  }

  /** The plan that a process wants to submit holds what this code cannot decide over. */
  #inCommand(models: readonly ReadModel[], fault: 'closed' | 'unknown'): Poison {
    const told = named(this.#all, `command ${fault}`, 'PlanDrafted', 'PlanEstablished', 'PlanReviewed');
    return {
      ...told,
      fault,
      place: 'command',
      name: 'show-plan-to-physician',
      parks: this.#closes(models, told, fault),
    };
  }

  /** Whoever takes the last event of a stream, or might: its rows, its processes. */
  #closes(models: readonly ReadModel[], { stream, events }: Told, fault: Fault): readonly string[] {
    const type = events.at(-1)?.type ?? '';
    const ofStream = typesOf(stream);
    const concerned = models.filter(({ takes }) =>
      fault === 'unknown' ? takes.some((one) => ofStream.includes(one)) : takes.includes(type),
    );
    const taken = processes(DEFAULT_TIMES).some(({ takes }) => takes.some((one) => one === type));
    return [
      ...concerned.map(({ name }) => inModel(name, stream, fault === 'closed')),
      ...(taken && fault !== 'unknown' ? [inFollower(PROCESS_INPUTS, stream)] : []),
    ];
  }

  /** One after the other, among everything else that is stored meanwhile. */
  async tell(running: Running, poisons: readonly Poison[]): Promise<void> {
    for (const model of running.models) await this.#refuse(running, model, poisons);
    for (const poison of poisons) {
      if (poison.fault === 'throws')
        this.#throwing.add(
          poison.place === 'model'
            ? `${poison.name} ${poison.stream}`
            : (poison.parks[0]?.split(' ')[1] ?? ''),
        );
      await this.#store(running, poison);
      await delay(TOLD_EVERY_MS);
    }
  }

  async #refuse(running: Running, model: ReadModel, poisons: readonly Poison[]): Promise<void> {
    const { of, column } = groupsOf(model);
    const groups = poisons
      .filter(({ fault, name }) => fault === 'refused' && name === model.name)
      .flatMap(({ events }) => events.flatMap((event) => of(event)));
    const refused = groups.map((group) => `'${group}'`).join(', ') || 'null';
    await running.rows(
      `alter table read.${model.name} add constraint poison check (${column} not in (${refused}))`,
    );
  }

  async #store({ foundation, store }: Running, { stream, patientId, events, fault }: Poison): Promise<void> {
    const commandId = randomUUID();
    const good = await Promise.all(
      events.map(({ id, type, data }, index) =>
        foundation.codec.encode({
          stream,
          version: index + 1,
          id,
          event: { type, data },
          metadata: {
            occurredAt: new Date().toISOString(),
            actor: BY,
            patientId,
            correlationId: commandId,
            causationId: commandId,
            commandId,
            requestDigest: commandId,
          },
        }),
      ),
    );
    const last = good.at(-1);
    if (last !== undefined && SPOILS[fault](last) !== last)
      this.#spoiled.push({ stream, version: good.length, good: last });
    const spoiled = good.map((event) => (event === last ? SPOILS[fault](event) : event));
    const { kind } = await store.append({
      stream,
      expectedVersion: 0,
      commandId,
      requestDigest: commandId,
      events: spoiled,
    });
    if (kind !== 'appended') throw new Error(`the poison was not stored: ${kind}`);
  }

  /** Instances that asked something of a stream that cannot be decided over. */
  async asking({ foundation, store }: Running): Promise<readonly string[]> {
    const closed = new Set<string>(this.#spoiled.map(({ stream }) => stream));
    const requested = (await store.readAll(0n, 10_000)).filter(({ type }) => type === 'CommandRequested');
    const asked = await Promise.all(
      requested.map(async (event) => {
        const { category, id } = (await foundation.codec.decode(event)).data as Record<string, string>;
        return closed.has(`${String(category)}-${String(id)}`)
          ? [inFollower(PROCESS_COMMANDS, event.stream)]
          : [];
      }),
    );
    return asked.flat();
  }

  /** Everybody who waits, as the tables have it. */
  async parked(running: Running): Promise<ReadonlyMap<string, string>> {
    const streams = await running.rows<{ model: string; stream: StreamName; held: boolean; error: string }>(
      'select model, stream, held, error from read.parked',
    );
    const subjects = await running.rows<{ follower: string; subject: string; error: string }>(
      'select follower, subject, error from delivery.parked',
    );
    return new Map([
      ...streams.map(({ model, stream, held, error }) => [inModel(model, stream, held), error] as const),
      ...subjects.map(({ follower, subject, error }) => [inFollower(follower, subject), error] as const),
    ]);
  }

  /** What is wrong is mended, and an operator asks for another try. */
  async cure(running: Running): Promise<void> {
    this.#throwing.clear();
    for (const { stream, version, good } of this.#spoiled)
      await running.rows(
        'update log.event set type = $3, data = $4, metadata = $5 where stream = $1 and version = $2',
        [stream, version, good.type, good.data, good.metadata],
      );
    for (const model of running.models) {
      await running.rows(`alter table read.${model.name} drop constraint poison`);
      await running.admin.retry(model);
    }
    await until(
      async () => {
        await retryParked(running.foundation.rows);
        return (await this.parked(running)).size === 0;
      },
      { deadlineMs: PATIENCE_MS, everyMs: 500, message: 'everything that waited to be taken' },
    );
  }
}
