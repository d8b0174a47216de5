/** Sends the demo's commands through the write door: the same keys again change nothing, so a broken first start goes on. */
import {
  commandIdFrom,
  createdIdFrom,
  streamOf,
  type Actor,
  type Category,
  type Command,
} from '@fascia/kernel';
import type { WriteDoor } from '@fascia/write-door';
import { aggregateByCategory } from '../contexts.js';
import { demoId, PEOPLE } from './people.js';

export const SEED: Actor = { sub: 'demo-seed', role: 'system' };

export const actorOf = (account: string): Actor => {
  const person = PEOPLE.find((known) => known.account === account);
  if (person === undefined) throw new Error(`no demo person ${account}`);
  return {
    sub: account,
    role: person.role,
    organizationId: demoId(person.organization),
    practitionerId: demoId(account),
  };
};

export interface SeedTarget {
  readonly category: Category;
  /** Names the act, so that seeding again repeats nothing. */
  readonly key: string;
  /** Absent: something new. */
  readonly id?: string;
}

export class Seeder {
  constructor(private readonly door: WriteDoor) {}

  /** @returns the id of the thing acted on */
  async send(
    by: Actor,
    { category, key, id }: SeedTarget,
    command: Command & Record<string, unknown>,
  ): Promise<string> {
    const commandId = commandIdFrom(
      by.sub,
      id === undefined ? category : streamOf(category, id),
      `demo/${key}`,
    );
    const target = id ?? createdIdFrom(commandId);
    const aggregate = aggregateByCategory.get(category);
    if (aggregate === undefined) throw new Error(`no aggregate ${category}`);
    const outcome = await this.door.handle(aggregate, {
      id: target,
      command,
      by,
      commandId,
      correlationId: commandId,
      causationId: commandId,
    });
    if (outcome.kind === 'done') return target;
    const why =
      outcome.kind === 'refused'
        ? `${outcome.refusal.code}: ${outcome.refusal.detail} ${JSON.stringify(outcome.refusal.about ?? {})}`
        : outcome.kind;
    throw new Error(`the demo's ${command.type} (${key}) was not taken: ${why}`);
  }
}
