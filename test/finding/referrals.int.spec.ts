/** Referrals as people look for them: the product's own question, asked of the tables that its models keep. */
import { careModels, questions } from '@fascia/composition';
import { uuidFrom } from '@fascia/kernel';
import { NotingDesk, ReadDesk } from '@fascia/read-store';
import { SetClock, testDatabase, type TestDatabase } from '@fascia/testkit';
import { Pool } from 'pg';
import { tableSql } from '../../libs/platform/read-store/src/read-model.js';

const idOf = (who: string): string => uuidFrom('finding', who);

const sent = (at: string): object => ({ sent: { at, by: 'spec', role: 'physician' } });

const REFERRALS: Readonly<Record<string, object>> = {
  draft: { patient_id: idOf('ana'), referrer_organization_id: idOf('practice'), loop: {} },
  urgent: {
    patient_id: idOf('ana'),
    referrer_organization_id: idOf('practice'),
    referrer_practitioner_id: idOf('dr-lee'),
    recipient_organization_id: idOf('clinic'),
    priority: 'urgent',
    loop: sent('2026-03-31T23:30:00.000Z'),
  },
  routine: {
    patient_id: idOf('ana again'),
    referrer_organization_id: idOf('other practice'),
    recipient_organization_id: idOf('practice'),
    priority: 'routine',
    loop: sent('2026-04-01T12:00:00.000Z'),
  },
};

describe('a referral', () => {
  let database: TestDatabase;
  let pool: Pool;
  let desk: NotingDesk;

  beforeAll(async () => {
    database = await testDatabase();
    pool = new Pool({ connectionString: database.connectionString });
    pool.on('error', () => undefined);
    await pool.query('create schema read');
    for (const model of careModels.filter(({ name }) =>
      ['referral', 'deadline', 'patient', 'organization', 'listing', 'care_team'].includes(name),
    ))
      await pool.query(tableSql('read', model));
    await pool.query('insert into read.patient (id, merged_into) values ($1, null), ($2, $1)', [
      idOf('ana'),
      idOf('ana again'),
    ]);
    const rows = Object.entries(REFERRALS).map(([name, row]) => ({
      legs: [],
      booked: [],
      pool_organization_ids: [],
      entered_stage_at: '2026-04-01T00:00:00.000Z',
      stage: 'Sent',
      sites: [],
      diagnosis_codes: [],
      ...row,
      id: idOf(name),
    }));
    await pool.query(
      'insert into read.referral select * from jsonb_populate_recordset(null::read.referral, $1)',
      [JSON.stringify(rows)],
    );
    await pool.query(
      `insert into read.deadline (id, deadlines, next_due_at) values ($1, '[]', '2020-01-01T00:00:00.000Z'),
       ($2, '[]', '2999-01-01T00:00:00.000Z')`,
      [idOf('urgent'), idOf('routine')],
    );
    desk = new NotingDesk(
      new ReadDesk(
        {
          query: async <T extends object>(text: string, values: readonly unknown[] = []) =>
            (await pool.query<T>(text, [...values])).rows,
        },
        { decide: () => ({ allowed: true, policy: 'spec' }) },
        { record: () => undefined },
        new SetClock(),
      ),
      { route: 'a spec' },
    );
  });

  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const found = async (asked: object): Promise<readonly string[]> => {
    const list = questions.find(({ name }) => name === 'listReferrals');
    if (list?.kind !== 'list') throw new Error('referrals are not listed');
    const page = await list.ask(desk, { sub: 'spec', role: 'coordinator' }, asked as never, { limit: 50 });
    const ids = (page?.items as readonly { readonly id: string }[]).map(({ id }) => id);
    return Object.keys(REFERRALS).filter((name) => ids.includes(idOf(name)));
  };

  it.each([
    ['itself: all are, when nothing is said', {}, ['draft', 'urgent', 'routine']],
    ['the patient, under any record', { patientId: idOf('ana again') }, ['draft', 'urgent', 'routine']],
    ['when it was sent, from', { sentFrom: '2026-04-01T00:00:00.000Z' }, ['routine']],
    ['when it was sent, to', { sentTo: '2026-04-01T12:00:00.000Z' }, ['urgent']],
    [
      'a day of New York',
      { sentFrom: '2026-03-31T04:00:00.000Z', sentTo: '2026-04-01T04:00:00.000Z' },
      ['urgent'],
    ],
    ['priority', { priority: 'urgent' }, ['urgent']],
    ['an organisation that sends', { organizationId: idOf('other practice') }, ['routine']],
    ['an organisation that receives', { organizationId: idOf('clinic') }, ['urgent']],
    ['an organisation on either side', { organizationId: idOf('practice') }, ['draft', 'urgent', 'routine']],
    ['what is late', { late: true }, ['urgent']],
    ['who orders', { practitionerId: idOf('dr-lee') }, ['urgent']],
    ['what does not fit together', { practitionerId: idOf('dr-lee'), priority: 'routine' }, []],
  ])('is found by %s', async (_what, asked, expected) => {
    expect(await found(asked)).toEqual(expected);
  });
});
