/** Many at once at one thing: each is answered, by the process that was asked, with what was done or with "try again". */
import { randomUUID } from 'node:crypto';
import { BANK, STORES, type OpenStore } from '@fascia/testkit';
import { Contended } from './aggregate.js';
import { Bank, kind } from './door.spec-data.js';
import { Crowded, Lanes } from './lanes.js';

const CROWD = 200;

describe.each(STORES)('a crowd at the write door on $name', ({ open }) => {
  let opened: OpenStore;
  let bank: Bank;

  beforeAll(async () => {
    opened = await open();
    bank = new Bank(opened.store);
  });
  afterAll(() => opened.close());

  it('of one stream is served, one after another', async () => {
    const id = await bank.opened();
    const outcomes = await Promise.all(
      Array.from({ length: CROWD }, () => bank.ask(id, { type: 'PayIn', amount: 1 })),
    );
    expect(new Set(outcomes.map(kind))).toEqual(new Set(['done']));
    expect(await bank.eventsOf(id)).toHaveLength(CROWD + 1);
  });

  it('of one stream, which comes to three processes, is served by all of them', async () => {
    const id = await bank.opened();
    const doors = [bank.newDoor(), bank.newDoor(), bank.newDoor()];
    const outcomes = await Promise.all(
      Array.from({ length: CROWD }, (_, n) =>
        bank.ask(id, { type: 'PayIn', amount: 1 }, { door: doors[n % 3] ?? bank.newDoor() }),
      ),
    );
    expect(new Set(outcomes.map(kind))).toEqual(new Set(['done']));
    expect(await bank.eventsOf(id)).toHaveLength(CROWD + 1);
  });

  it('of many streams that want one alias is told who has it', async () => {
    const alias = randomUUID();
    const outcomes = await Promise.all(
      Array.from({ length: CROWD }, () =>
        bank.ask(randomUUID(), { type: 'OpenAccount', organizationId: BANK, alias }),
      ),
    );
    expect(outcomes.map(kind).toSorted()).toEqual([
      ...Array.from({ length: CROWD - 1 }, () => 'ALIAS_TAKEN'),
      'done',
    ]);
  });

  it('of which the lane holds only some is told to try again, where nothing was stored', async () => {
    const id = await bank.opened();
    const door = bank.newDoor(bank.store, bank.clock, {
      lanes: new Lanes({ waiting: 9, waitMs: 60_000 }),
    });
    const outcomes = await Promise.allSettled(
      Array.from({ length: CROWD }, () => bank.ask(id, { type: 'PayIn', amount: 1 }, { door })),
    );
    const refused = outcomes
      .filter((one) => one.status === 'rejected')
      .map(({ reason }) => reason as unknown);
    expect(refused).toHaveLength(CROWD - 10);
    expect(refused.every((error) => error instanceof Crowded && error instanceof Contended)).toBe(true);
    expect(await bank.eventsOf(id)).toHaveLength(11);
  });
});
