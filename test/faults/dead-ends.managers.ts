/** The product's process managers by hand: each takes what it takes, and what it asks for is carried out at once, in its order. */
import { DEFAULT_TIMES, processes, type AnyProcess } from '@fascia/coordination';
import { uuidFrom, type Clock, type Envelope } from '@fascia/kernel';
import type { Asked } from './dead-ends.world.js';

type React = Parameters<AnyProcess['react']>;
type Taken = Parameters<AnyProcess['instanceOf']>[0];
type Reaction = ReturnType<AnyProcess['react']>;
type Requested = React[1]['requested'][number];

interface Instance {
  readonly process: AnyProcess;
  readonly key: React[1]['key'];
  memory: React[1]['memory'];
  readonly requested: Requested[];
  readonly timers: Map<string, string>;
  patientId: string | undefined;
}

interface Waiting {
  readonly instance: Instance;
  readonly asked: Requested;
}

const RUNNING = processes(DEFAULT_TIMES);

export class Managers {
  readonly #instances = new Map<string, Instance>();
  readonly #firsts = new Map<string, Envelope>();
  readonly #waiting: Waiting[] = [];
  #seen = 0;
  #fired = 0;

  /** @param carryOut gives a command to the write door, and answers `done` or why not */
  constructor(
    private readonly clock: Clock,
    private readonly carryOut: (asked: Asked & { readonly process: string }) => Promise<string>,
  ) {}

  /** What happened before is nobody's work. */
  skip(events: readonly Envelope[]): void {
    for (const event of events) if (event.version === 1) this.#firsts.set(event.stream, event);
    this.#seen += events.length;
  }

  /** Takes what has happened, then carries out one command. @returns whether there was one */
  async step(events: readonly Envelope[]): Promise<boolean> {
    for (const event of events.slice(this.#seen)) {
      if (event.version === 1) this.#firsts.set(event.stream, event);
      for (const process of RUNNING)
        if (process.takes.some((type) => type === event.type)) this.#take(process, event as Taken);
    }
    this.#seen = events.length;
    const next = this.#waiting.shift();
    if (next === undefined) return false;
    const { instance, asked } = next;
    const { process, key, memory, requested } = instance;
    const { category, id, command } = asked;
    const code = await this.carryOut({ category, id, command: { ...command }, process: process.name });
    if (code !== 'done' && process.refused !== undefined)
      this.#note(instance, process.refused({ asked, code }, { memory, requested, key }));
    return true;
  }

  /** In ms. */
  nextDue(): number | undefined {
    const due = [...this.#instances.values()].flatMap(({ timers }) => [...timers.values()]);
    return due.length === 0 ? undefined : Math.min(...due.map((at) => Date.parse(at)));
  }

  /** The timer that is due first. */
  fire(): void {
    const due = this.nextDue();
    for (const [name, instance] of this.#instances) {
      const [timer, dueAt] = [...instance.timers].find(([, at]) => Date.parse(at) === due) ?? [];
      if (timer === undefined || dueAt === undefined) continue;
      instance.timers.delete(timer);
      const { process, key, memory, requested, patientId } = instance;
      const fired = {
        id: uuidFrom('fired', name, String((this.#fired += 1))),
        type: 'TimerFired',
        data: { timer, dueAt },
        stream: `process-${uuidFrom('process', name)}`,
        occurredAt: this.clock.now().toISOString(),
        ...(patientId === undefined ? {} : { patientId }),
      } as React[0];
      this.#note(instance, process.react(fired, { memory, requested, key }));
      return;
    }
  }

  #take(process: AnyProcess, event: Taken): void {
    const key = process.instanceOf(event, (this.#firsts.get(event.stream) ?? event) as Taken);
    if (key === undefined) return;
    const name = `${process.name} ${key.category} ${key.id}`;
    const instance = this.#instances.get(name) ?? {
      process,
      key,
      memory: process.initial,
      requested: [],
      timers: new Map<string, string>(),
      patientId: undefined,
    };
    this.#instances.set(name, instance);
    instance.patientId = event.patientId;
    const { memory, requested } = instance;
    this.#note(instance, process.react(event, { memory, requested, key }));
  }

  #note(instance: Instance, { noted = {}, gives = [] }: Reaction): void {
    // As it is stored: what is absent is left out.
    instance.memory = { ...instance.memory, ...(JSON.parse(JSON.stringify(noted)) as Instance['memory']) };
    for (const one of gives) {
      if ('command' in one) {
        instance.requested.push(one);
        this.#waiting.push({ instance, asked: one });
      } else if ('cancel' in one) instance.timers.delete(one.cancel);
      else instance.timers.set(one.set, one.dueAt);
    }
  }
}
