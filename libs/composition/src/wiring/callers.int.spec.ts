import { testRows, type TestRows } from '@fascia/testkit';
import type { CallerDirectory } from '@fascia/access';
import { callerDirectory } from './callers.js';

const KNOWN = '00000000-0000-4000-8000-000000000001';
const OTHER = '00000000-0000-4000-8000-000000000002';

describe('who calls, while something about people who work here is parked', () => {
  let database: TestRows;
  let callers: CallerDirectory;

  const park = (id: string, model = 'practitioner', generation = 2): Promise<unknown> =>
    database.pool.query('insert into read.parked values ($1, $2, $3)', [
      model,
      generation,
      `practitioner-${id}`,
    ]);

  beforeAll(async () => {
    database = await testRows(`create schema read;
      create table read.practitioner (id text, account text, roles jsonb, suspended boolean);
      create table read.model (name text, generation integer);
      create table read.parked (model text, generation integer, stream text);
      insert into read.model values ('practitioner', 2), ('patient', 2);
      insert into read.practitioner values ('${KNOWN}', 'known', '[{"role":"therapist"}]', false)`);
    callers = callerDirectory(database.rows, { operators: ['operator'] });
  });

  beforeEach(() => database.pool.query('truncate read.parked'));

  afterAll(() => database.close());

  const role = async (sub: string): Promise<string | undefined> => (await callers.rolesOf(sub, ''))[0]?.role;

  it('is known by a row, or is nobody, while nothing is', async () => {
    expect(await role('known')).toBe('therapist');
    expect(await role('stranger')).toBeUndefined();
  });

  it('is not known when it is they', async () => {
    await park(KNOWN);
    await expect(role('known')).rejects.toMatchObject({ code: 'CALLER_INCOMPLETE' });
  });

  it('may be the one that is parked when nobody else has the account', async () => {
    await park(OTHER);
    await expect(role('stranger')).rejects.toMatchObject({ code: 'CALLER_INCOMPLETE' });
    expect(await role('known')).toBe('therapist');
  });

  it('is known all the same when it is in another list, or in a table that nobody reads', async () => {
    await park(KNOWN, 'patient');
    await park(KNOWN, 'practitioner', 1);
    expect(await role('known')).toBe('therapist');
    expect(await role('stranger')).toBeUndefined();
  });

  it('has every role that was given, in that order', async () => {
    const held = JSON.stringify([
      { role: 'physician', organizationId: OTHER },
      { role: 'delegate', organizationId: KNOWN },
      { role: 'auditor' },
    ]);
    await database.pool.query('insert into read.practitioner values ($1, $2, $3, false)', [
      OTHER,
      'both',
      held,
    ]);
    const both = { sub: 'both', practitionerId: OTHER };
    expect(await callers.rolesOf('both', '')).toEqual([
      { ...both, role: 'physician', organizationId: OTHER },
      { ...both, role: 'delegate', organizationId: KNOWN },
      { ...both, role: 'auditor' },
    ]);
    expect([await callers.isPhysicianIn(OTHER, OTHER), await callers.isPhysicianIn(OTHER, KNOWN)]).toEqual([
      true,
      false,
    ]);
    await park(OTHER);
    expect(await callers.isPhysicianIn(OTHER, OTHER)).toBe(false);
    await database.pool.query('truncate read.parked');
    await database.pool.query('update read.practitioner set suspended = true where id = $1', [OTHER]);
    expect([await callers.isPhysicianIn(OTHER, OTHER), await callers.rolesOf('both', '')]).toEqual([
      false,
      [],
    ]);
  });

  it('is an operator by configuration whatever is parked, as somebody has to mend it', async () => {
    await park(OTHER);
    expect(await role('operator')).toBe('operator');
  });
});
