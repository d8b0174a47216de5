import { createHmac } from 'node:crypto';
import { masterKeys, postgresSubjectKeys, SUBJECT_KEY_SQL, type SubjectKeys } from '@fascia/sealing';
import { testRows } from '@fascia/testkit';
import { FORM_SQL, postgresKeptForms, type FormOwner } from './kept-forms.js';

const PHYSICIAN: FormOwner = { sub: 'marsh@example.org', role: 'physician' };
const FORM = 'PostMessage.0198d0a0-0000-7000-8000-000000000001';
const TYPED = { fields: { text: 'The left supraspinatus of Robin Marsh' } };

describe('a form that is kept', () => {
  let database: Awaited<ReturnType<typeof testRows>>;
  let keys: SubjectKeys;
  const told: string[] = [];

  const forms = (days = 7) =>
    postgresKeptForms({
      rows: database.rows,
      keys,
      nameOf: (...parts) => Promise.resolve(createHmac('sha256', 'k').update(parts.join('|')).digest()),
      days,
      log: (what) => told.push(what),
    });

  beforeAll(async () => {
    database = await testRows(SUBJECT_KEY_SQL, FORM_SQL);
    keys = postgresSubjectKeys(
      database.rows,
      masterKeys({ keys: `one:${Buffer.alloc(32, 7).toString('base64url')}`, dataDir: '.' }),
    );
  });
  beforeEach(() => database.rows.query('delete from form.kept'));
  afterAll(() => database.close());

  it('is there as it was left, the last word of it, and nowhere in clear', async () => {
    await forms().keep(PHYSICIAN, FORM, { fields: {} });
    const savedAt = await forms().keep(PHYSICIAN, FORM, TYPED);
    expect(await forms().find(PHYSICIAN, FORM)).toEqual({ typed: TYPED, savedAt });
    const rows = await database.rows.query<{ line: string }>(
      "select owner::text || form::text || encode(sealed, 'escape') as line from form.kept",
    );
    expect(rows).toHaveLength(1);
    for (const word of ['marsh', 'supraspinatus', 'PostMessage', 'physician'])
      expect(rows[0]?.line.toLowerCase()).not.toContain(word.toLowerCase());
  });

  it.each<[string, FormOwner, string]>([
    ['somebody else', { ...PHYSICIAN, sub: 'other' }, FORM],
    ['the same person in another role', { ...PHYSICIAN, role: 'auditor' }, FORM],
    ['another thing', PHYSICIAN, FORM.replace(/1$/, '2')],
  ])('is not there for %s', async (_whom, owner, form) => {
    await forms().keep(PHYSICIAN, FORM, TYPED);
    expect(await forms().find(owner, form)).toBeUndefined();
  });

  it('opens for nobody else when its row is moved', async () => {
    const other = { ...PHYSICIAN, sub: 'other' };
    await forms().keep(PHYSICIAN, FORM, TYPED);
    await forms().keep(other, FORM, { fields: {} });
    await database.rows.query(
      'update form.kept set sealed = (select sealed from form.kept order by saved_at limit 1)',
    );
    expect(await forms().find(other, FORM)).toBeUndefined();
    expect(told).toEqual(['a form that was kept does not open']);
    expect(await forms().find(PHYSICIAN, FORM)).toMatchObject({ typed: TYPED });
  });

  it('is gone once it is sent', async () => {
    await forms().keep(PHYSICIAN, FORM, TYPED);
    await forms().drop(PHYSICIAN, FORM);
    await forms().drop(PHYSICIAN, FORM);
    expect(await forms().find(PHYSICIAN, FORM)).toBeUndefined();
  });

  it('is gone when it is old, from the table as well once anybody keeps another', async () => {
    await forms().keep(PHYSICIAN, FORM, TYPED);
    await database.rows.query("update form.kept set saved_at = now() - interval '8 days'");
    expect(await forms().find(PHYSICIAN, FORM)).toBeUndefined();
    await forms().keep({ ...PHYSICIAN, sub: 'other' }, 'DraftPlan', TYPED);
    expect(await database.rows.query('select 1 from form.kept')).toHaveLength(1);
  });

  it('makes room for newer ones of the same person, and for nobody else', async () => {
    const other = { ...PHYSICIAN, sub: 'other' };
    await forms().keep(other, FORM, TYPED);
    await forms().keep(PHYSICIAN, FORM, TYPED);
    await database.rows.query(
      "insert into form.kept (owner, form, key_id, sealed) select owner, n::text::bytea, key_id, '' from form.kept, generate_series(1, 220) n where saved_at = (select max(saved_at) from form.kept)",
    );
    await database.rows.query("update form.kept set saved_at = now() - interval '1 hour' where sealed = ''");
    await forms().keep(PHYSICIAN, FORM, TYPED);
    expect(await database.rows.query('select 1 from form.kept')).toHaveLength(201);
    expect(await forms().find(PHYSICIAN, FORM)).toMatchObject({ typed: TYPED });
    expect(await forms().find(other, FORM)).toMatchObject({ typed: TYPED });
  });
});
