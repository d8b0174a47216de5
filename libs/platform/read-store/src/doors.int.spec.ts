/** Doors open while a table is being built: its list says so, the others answer. */
import type { Rows } from '@fascia/kernel';
import { until } from '@fascia/testkit';
import { fittingRows, ListBuilding } from './fitting-rows.js';
import { GatedStore } from './holders.spec-data.js';
import { accountModel, World } from './projection-host.spec-data.js';

let world: World;
beforeEach(async () => {
  world = await World.make();
});
afterEach(() => world.close());

const first = accountModel();
const second = accountModel({ name: 'second' });

const asked = (models = [first, second]): Rows =>
  fittingRows(
    {
      query: async <T extends object>(text: string, values: readonly unknown[] = []) =>
        (await world.pool.query<T>(text, [...values])).rows,
    },
    models,
  );

describe('a list', () => {
  it('that is being built for the first time cannot be asked, alone or with others; the others go on', async () => {
    const before = await world.started([first]);
    const stream = await world.account(1);
    await world.settled(before);
    await before.stop();
    const slow = new GatedStore(world.store);
    slow.held = true;
    const host = world.newHost([first, second], slow);
    const starting = host.start();
    await until(() => slow.gate.arrived > 0, { message: 'the building to begin' });
    const rows = asked();
    const both = 'select 1 from "read"."account" a join read.second s on s.id = a.id';
    await expect(rows.query('select 1 from read.second')).rejects.toEqual(new ListBuilding(['second']));
    await expect(rows.query(both)).rejects.toBeInstanceOf(ListBuilding);
    expect(await rows.query('select payments from "read"."account"')).toEqual([{ payments: 1 }]);
    expect([host.building, host.unserved]).toEqual([['second'], ['second']]);
    await world.pay(stream, 2);
    await until(async () => (await world.row(stream))?.payments === 2, {
      message: 'what is there to follow the log meanwhile',
    });
    slow.gate.open();
    await starting;
    expect(await rows.query('select payments from read.second')).toEqual([{ payments: 2 }]);
    expect([host.building, host.unserved]).toEqual([[], []]);
  });

  it('of a table that another release put in its place cannot be asked, also while it was believed to fit', async () => {
    const host = await world.started([first]);
    const rows = asked([first]);
    expect(await rows.query('select balance from read.account')).toEqual([]);
    await host.stop();
    await world.pool.query('alter table read.account drop column balance; update read.model set version = 2');
    await expect(rows.query('select balance from read.account')).rejects.toBeInstanceOf(ListBuilding);
    await expect(rows.query('select nothing from read.slice')).rejects.toMatchObject({ code: '42703' });
  });
});

describe('a start', () => {
  it('does not wait longer than a stated time, and says for what it waited', async () => {
    await world.account(1);
    const slow = new GatedStore(world.store);
    slow.held = true;
    const host = world.newHost([first], slow, undefined, { longestStartMs: 200 });
    await host.start();
    // On a busy machine not even that is known within the time.
    await until(() => host.building.length > 0, { message: 'the building to begin' });
    expect(host.building).toEqual(['account']);
    expect(world.logged).toContain('the start goes on while read models are brought up to date');
    slow.gate.open();
    slow.held = false;
    await until(() => host.unserved.length === 0, { message: 'it to be built after all' });
  });
});
