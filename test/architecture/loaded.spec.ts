/** A start waits for every module that it loads: clients of servers that nobody named are not among them. */
import { outputOf } from './tree.js';

interface Loaded {
  readonly failed?: string;
  /** Those alone that were not there before. */
  readonly packages: readonly string[];
}

type Step = 'start' | 'kafkajs' | 'platformatic' | 'eventStoreDb';

const CLIENTS = ['kafkajs', '@platformatic/kafka', '@eventstore/db-client', '@grpc/grpc-js'];

const clientsIn = ({ packages }: Loaded): readonly string[] =>
  CLIENTS.filter((client) => packages.includes(client));

describe('what is loaded', () => {
  let found: Readonly<Record<Step, Loaded>>;

  beforeAll(async () => {
    const said = await outputOf('node', ['test/architecture/loaded.mjs']);
    found = JSON.parse(said.trim().split('\n').at(-1) ?? '') as typeof found;
  });

  it('by a start on the embedded PostgreSQL is the product without those clients', () => {
    const { start } = found;
    // Of the port, which is taken: everything before it went well.
    expect(start.failed).toBe('Failure');
    expect(start.packages).toEqual(expect.arrayContaining(['fastify', 'pg', 'oidc-provider']));
    expect(clientsIn(start)).toEqual([]);
  });

  it.each<[Step, readonly string[]]>([
    ['kafkajs', ['kafkajs']],
    ['platformatic', ['@platformatic/kafka']],
    ['eventStoreDb', ['@eventstore/db-client', '@grpc/grpc-js']],
  ])('where %s is named is its client, and no other', (step, clients) => {
    expect(clientsIn(found[step])).toEqual(clients);
  });

  it('where EventStoreDB is named is refused for its address alone', () => {
    expect(found.eventStoreDb.failed).toBe('UnsuitableEventStoreDb');
  });
});
