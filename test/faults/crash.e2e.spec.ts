/** kill -9 of the process, of PostgreSQL and of both under load: nothing acknowledged is lost or doubled, and it goes on by itself. */
import { randomUUID } from 'node:crypto';
import { Fascia } from '../journeys/harness.js';
import { Load, violations } from './load.js';

const COMMANDS = 60;

describe('a crash in the middle', () => {
  const fascia = new Fascia();
  let load: Load;

  beforeAll(async () => {
    await fascia.start();
    load = await Load.of(fascia);
  });

  afterAll(() => fascia.dispose());

  it('of the process: the next start adopts the database and goes on', async () => {
    await load.under(() => fascia.crash(), COMMANDS);
    await load.everythingIsThere();
  }, 180_000);

  it('of PostgreSQL: the process starts it again by itself', async () => {
    await load.under(() => {
      fascia.killPostgres9();
    }, COMMANDS);
    await load.everythingIsThere();
  }, 180_000);

  it('of both', async () => {
    await load.under(async () => {
      fascia.killPostgres9();
      await fascia.crash();
    }, COMMANDS);
    await load.everythingIsThere();
  }, 180_000);

  it('people stay signed in over all that', async () => {
    expect((await load.physician.get('/api/v1/patients')).status).toBe(200);
  });

  it('would be noticed, had it lost, doubled or invented a command', async () => {
    const [first, ...rest] = await load.drafts();
    if (first === undefined) throw new Error('there are drafts');
    expect(violations(load.wishes, rest)).toHaveLength(1);
    expect(violations(load.wishes, [first, first, ...rest])).toHaveLength(1);
    expect(violations(load.wishes, [{ id: randomUUID(), version: 1 }, first, ...rest])).toHaveLength(1);
    expect(violations(load.wishes, [{ ...first, version: 2 }, ...rest])).toHaveLength(1);
  });
});
