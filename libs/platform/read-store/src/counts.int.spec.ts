/** How many rows there are of each kind: of those that the caller may see, as the list would show them. */
import type { Actor } from '@fascia/kernel';
import { answer, words } from '@fascia/kernel/contract';
import { at, POLICY, roomModel } from './live-lists.spec-data.js';
import { World } from './projection-host.spec-data.js';
import { listQuestion } from './question.js';
import { NotingDesk, ReadDesk, type Access } from './read-desk.js';
import { conditionsOn, tables } from './sql.js';

interface RoomRow {
  readonly id: string;
  readonly organization_id: string;
  readonly balance: number;
}

interface RoomsAsked {
  readonly atLeast?: number;
  readonly below?: number;
  readonly counted?: boolean;
  readonly latestFirst?: boolean;
}

const t = conditionsOn<RoomRow>();

const listRooms = listQuestion({
  name: 'listRooms',
  at: 'rooms',
  tag: 'Bank',
  summary: 'Rooms',
  resource: 'task',
  scope: { owner: (organization) => t('t.organization_id', '=', organization) },
  answer: answer({ id: words() }),
  from: tables<{ 'read.room': RoomRow }>().selectFrom('read.room as t').selectAll('t'),
  patientOf: () => null,
  show: ({ id }) => ({ id }),
  values: ({ atLeast, below }: RoomsAsked) => ({ atLeast, below }),
  where: {
    atLeast: (amount) => t('t.balance', '>=', amount),
    below: (amount) => t('t.balance', '<', amount),
  },
  counts: {
    rich: { atLeast: 10, below: undefined },
    poor: { below: 10, atLeast: undefined },
    richToo: { atLeast: 10 },
  },
  order: ['id', 'id'],
  direction: 'asc',
});

let world: World;
let records: Access[];
let questions: number;

beforeEach(async () => {
  world = await World.make();
  records = [];
  questions = 0;
  const host = await world.started([roomModel()]);
  for (const [organizationId, amount] of [
    ['north', 5],
    ['north', 20],
    ['north', 30],
    ['south', 40],
  ] as const) {
    const stream = await world.account(amount);
    await world.add(stream, 'AliasTaken', { alias: organizationId });
  }
  await world.settled(host);
});
afterEach(() => world.close());

const ask = async (by: Actor, asked: RoomsAsked, limit = 10) => {
  const rows = {
    query: async <T extends object>(text: string, values: readonly unknown[] = []) => {
      questions += 1;
      return (await world.pool.query<T>(text, [...values])).rows;
    },
  };
  const log = { record: (access: Access) => void records.push(access) };
  const desk = new ReadDesk(rows, POLICY, log, { now: () => new Date(0) });
  return listRooms.ask(new NotingDesk(desk, { route: 'GET /rooms' }), by, asked, { limit });
};

describe('a list that counts', () => {
  it('says how many there are of each kind, of what the caller may see', async () => {
    const counts = { rich: 2, poor: 1, richToo: 2 };
    expect(await ask(at('north'), { counted: true })).toMatchObject({ counts });
    expect(await ask(at('south'), { counted: true })).toMatchObject({
      counts: { rich: 1, poor: 0, richToo: 1 },
    });
  });

  it('counts all of them, however few are on the page and whatever else is asked for', async () => {
    const found = await ask(at('north'), { below: 25, counted: true }, 1);
    expect(found?.items).toHaveLength(1);
    // What the kind says nothing of is as it was asked.
    expect(found?.counts).toEqual({ rich: 2, poor: 1, richToo: 1 });
  });

  it('counts all there are for who sees all, and nothing for who may see nothing', async () => {
    expect(await ask(at('north', 'operator'), { counted: true })).toMatchObject({
      counts: { rich: 3, poor: 1 },
    });
    expect(await ask(at('north', 'auditor'), { counted: true })).toMatchObject({
      counts: { rich: 0, poor: 0 },
    });
  });

  it('counts nothing where nobody asks, and a number is no disclosure', async () => {
    expect((await ask(at('north'), {}))?.counts).toBeNull();
    expect(questions).toBe(1);
    await ask(at('north'), { counted: true });
    expect(records).toEqual([]);
  });
});

it('a list that begins with the oldest begins with the latest where that is asked', async () => {
  const idsOf = async (asked: RoomsAsked) => (await ask(at('north'), asked))?.items.map(({ id }) => id) ?? [];
  const usual = await idsOf({});
  expect(usual).toHaveLength(3);
  expect(await idsOf({ latestFirst: true })).toEqual(usual.toReversed());
});
