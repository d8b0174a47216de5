/** Patients as people look for them: the product's own question, asked of the table that its model keeps. */
import { careModels, questions } from '@fascia/composition';
import { patientModel, type PatientRow } from '@fascia/directory';
import { uuidFrom, type Envelope } from '@fascia/kernel';
import { NotingDesk, ReadDesk } from '@fascia/read-store';
import { SetClock, testDatabase, type TestDatabase } from '@fascia/testkit';
import { Pool } from 'pg';
import { tableSql } from '../../libs/platform/read-store/src/read-model.js';
import { rowsOf } from '../replay/net.js';

interface Said {
  readonly name: object;
  readonly birthDate?: string;
  readonly telecom?: readonly object[];
  readonly identifiers?: readonly object[];
}

const MRN = 'https://practice.example/mrn';
const SSN = 'http://hl7.org/fhir/sid/us-ssn';

const PEOPLE: Readonly<Record<string, Said>> = {
  adaeze: {
    name: { family: 'Okafor-Müller', given: ['Adaeze', 'Ngozi'] },
    birthDate: '1980-04-12',
    telecom: [{ system: 'phone', value: '+1 (212) 555-0100' }],
    identifiers: [{ system: MRN, value: 'A-00 17' }],
  },
  obrien: {
    name: { family: "O'Brien", given: ['Seán'] },
    birthDate: '1980-04',
    telecom: [
      { system: 'phone', value: '020 7946 0018 x12' },
      { system: 'email', value: '2125550100@example.org' },
    ],
    identifiers: [{ system: SSN, value: 'A0017' }],
  },
  taro: { name: { family: '山田', given: ['太郎'], text: '山田 太郎' }, birthDate: '1980' },
  olafur: { name: { family: 'Ólafsdóttir', given: ['Þóra'] }, birthDate: '1981-04-12' },
};

const idOf = (who: string): string => uuidFrom('finding', who);

const asking = (who: string, data: object): Envelope =>
  ({
    type: 'PatientContactPreferencesRecorded',
    stream: `patient-${idOf(who)}`,
    version: 2,
    data,
  }) as unknown as Envelope;

const registered = (who: string, { name, birthDate, telecom, identifiers }: Said): Envelope =>
  ({
    type: 'PatientRegistered',
    stream: `patient-${idOf(who)}`,
    version: 1,
    data: {
      name: { prefix: [], ...name },
      birthDate: birthDate ?? '1970-01-01',
      telecom: telecom ?? [],
      interpreter: false,
      identifiers: identifiers ?? [],
      homeOrganizationId: idOf('practice'),
    },
  }) as unknown as Envelope;

describe('a patient', () => {
  let database: TestDatabase;
  let pool: Pool;
  let desk: NotingDesk;
  const disclosed: string[] = [];

  beforeAll(async () => {
    database = await testDatabase();
    pool = new Pool({ connectionString: database.connectionString });
    pool.on('error', () => undefined);
    await pool.query('create schema read');
    const joined = careModels.filter(({ name }) => ['patient', 'patient_unassigned'].includes(name));
    for (const model of joined) await pool.query(tableSql('read', model));
    await pool.query(
      'create table read.care_team (patient_id text, organization_id text, relation text, until text)',
    );
    for (const [relation, until] of [
      ['home', null],
      ['referrer', null],
      ['recipient', null],
      ['pool', null],
      ['recipient', '2026-01-01'],
    ])
      await pool.query('insert into read.care_team values ($1, $2, $3, $4)', [
        idOf('adaeze'),
        idOf(`${String(relation)}${until === null ? '' : ' once'}`),
        relation,
        until,
      ]);
    const log = [
      ...Object.entries(PEOPLE).map(([who, said]) => registered(who, said)),
      asking('adaeze', { preferred: 'sms', forbidden: ['voicemail'] }),
    ];
    await pool.query(
      'insert into read.patient select * from jsonb_populate_recordset(null::read.patient, $1)',
      [JSON.stringify(Object.values(rowsOf(patientModel, log)))],
    );
    desk = new NotingDesk(
      new ReadDesk(
        {
          query: async <T extends object>(text: string, values: readonly unknown[] = []) =>
            (await pool.query<T>(text, [...values])).rows,
        },
        { decide: () => ({ allowed: true, policy: 'spec' }) },
        { record: ({ patientIds }) => void disclosed.push(...patientIds) },
        new SetClock(),
      ),
      { route: 'a spec' },
    );
  });

  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const contactSeenBy = async (organization: string, who = 'adaeze'): Promise<unknown> => {
    const one = questions.find(({ name }) => name === 'getPatient');
    if (one?.kind !== 'one') throw new Error('a patient is not shown');
    const by = { sub: 'spec', role: 'coordinator' as const, organizationId: idOf(organization) };
    return ((await one.ask(desk, by, idOf(who))) as { readonly contact: unknown }).contact;
  };

  const found = async (asked: object): Promise<readonly string[]> => {
    const list = questions.find(({ name }) => name === 'listPatients');
    if (list?.kind !== 'list') throw new Error('patients are not listed');
    const page = await list.ask(desk, { sub: 'spec', role: 'coordinator' }, asked as never, { limit: 50 });
    const ids = (page?.items as readonly Pick<PatientRow, 'id'>[]).map(({ id }) => id);
    return Object.keys(PEOPLE).filter((who) => ids.includes(idOf(who)));
  };

  it.each([
    ['okafor', ['adaeze']],
    ['muller', ['adaeze']],
    ['MÜLLER ada', ['adaeze']],
    ['ngozi okafor-muller', ['adaeze']],
    ['okafor muller', ['adaeze']],
    ['obrien', ['obrien']],
    ["sean o'brien", ['obrien']],
    ['o brien', ['obrien']],
    ['o’brien', ['obrien']],
    ['太郎', ['taro']],
    ['山田太郎', ['taro']],
    ['olafsdottir thora', ['olafur']],
    ['o', ['adaeze', 'obrien', 'olafur']],
    ['brien okafor', []],
    ['kafor', []],
    ["'", []],
    ["x' | 'o", []],
    ['\\', []],
    [':* & !', []],
  ])('is found by the name %s: %j', async (name, who) => {
    expect(await found({ name })).toEqual(who);
  });

  it.each([
    ['1980-04-12', ['adaeze', 'obrien', 'taro']],
    ['1980-04', ['adaeze', 'obrien', 'taro']],
    ['1980', ['adaeze', 'obrien', 'taro']],
    ['1980-05', ['taro']],
    ['1981-04-12', ['olafur']],
  ])('is found by the birth date %s, as far as it is known: %j', async (birthDate, who) => {
    expect(await found({ birthDate })).toEqual(who);
  });

  it.each([
    [{ value: 'a0017' }, ['adaeze', 'obrien']],
    [{ value: 'A-0017', system: MRN }, ['adaeze']],
    [{ value: '0017' }, []],
    [{ value: 'A0017', system: 'https://other.example' }, []],
  ])('is found by the identifier %j: %j', async (identifier, who) => {
    expect(await found({ identifier })).toEqual(who);
  });

  it.each([
    ['212.555.0100', ['adaeze']],
    ['0012125550100', ['adaeze']],
    ['+44 (0)20 7946 0018', ['obrien']],
    ['0100', []],
    ['2125550101', []],
  ])('is found by the phone %s: %j', async (phone, who) => {
    expect(await found({ phone })).toEqual(who);
  });

  it('is found by all that is said together', async () => {
    expect(await found({ name: 'o', birthDate: '1980-04', phone: '2125550100' })).toEqual(['adaeze']);
    expect(await found({})).toHaveLength(4);
  });

  it('is called by those who treat or refer them, and nobody else knows how', async () => {
    const contact = {
      telecom: [{ system: 'phone', value: '+1 (212) 555-0100' }],
      language: null,
      interpreter: false,
      preferred: 'sms',
      forbidden: ['voicemail'],
      note: null,
    };
    for (const caller of ['home', 'referrer', 'recipient'])
      expect([caller, await contactSeenBy(caller)]).toEqual([caller, contact]);
    for (const other of ['pool', 'recipient once', 'nobody'])
      expect([other, await contactSeenBy(other)]).toEqual([other, null]);
  });

  it('who asked under another record not to be called is not called', async () => {
    await pool.query('update read.patient set merged_into = $1 where id = $2', [
      idOf('adaeze'),
      idOf('obrien'),
    ]);
    await pool.query('update read.patient set contact_preferences = $1 where id = $2', [
      { forbidden: ['sms'], note: 'Never at home.' },
      idOf('obrien'),
    ]);
    for (const who of ['adaeze', 'obrien'])
      expect(await contactSeenBy('home', who)).toMatchObject({
        preferred: null,
        forbidden: ['voicemail', 'sms'],
        note: 'Never at home.',
      });
    await pool.query('update read.patient set merged_into = null where id = $1', [idOf('obrien')]);
  });

  it('that is found was seen: it is recorded', async () => {
    disclosed.length = 0;
    await found({ name: 'okafor' });
    expect(disclosed).toEqual([idOf('adaeze')]);
  });
});
