/** What is parked of one patient, or of one person who works here, is not answered as if it were there; everybody else goes on. */
import { randomUUID } from 'node:crypto';
import { until } from '@fascia/testkit';
import type { Answer, Person } from './person.js';
import { expectProblem, served, type Served } from './served.js';

const SCREENING = ['F01', 'F02', 'F03', 'F04', 'F05', 'F06', 'F07', 'F08', 'F09'].map((flagId) => ({
  flagId,
  answer: 'no',
}));
const site = { region: 'knee', side: 'left' };

interface Lag {
  readonly name: string;
  readonly behind: string;
  readonly behindSeconds: number | null;
}

describe('what is parked', () => {
  let api: Served;
  let physician: Person;
  let operator: Person;
  let poisoned = '';
  let sound = '';
  let listingId = '';
  let flagId = '';
  const drafts: Record<string, string> = {};

  const draft = async (patientId: string): Promise<string> => {
    const diagnosis = await physician.does('/api/v1/diagnoses', {
      patientId,
      code: 'M76.52',
      site,
      tissues: ['tendon'],
      dysfunction: 'tendinopathy',
      verification: 'confirmed',
      source: 'clinician',
    });
    const content = {
      priority: 'routine',
      service: { code: 'STM', techniquesPreferred: [], techniquesExcluded: [] },
      target: { kind: 'directed', listingId },
      sites: [{ ...site, tissues: ['tendon'] }],
      diagnosisIds: [diagnosis.id],
      onset: '2026-02',
      clinicalQuestion: 'Stairs.',
      goals: [{ category: 'pain', text: 'Stairs.' }],
      screening: SCREENING,
      precautions: [],
      requested: { frequencyPerWeek: 2, weeks: 4, visits: 8 },
      payer: { profile: 'SELF-PAY' },
      duplicateOverrideReason: 'For a spec.',
    };
    return (await physician.does('/api/v1/referrals', { patientId, content })).id as string;
  };

  const raise = async (patientId: string): Promise<string> =>
    (
      await physician.does('/api/v1/flags', {
        patientId,
        catalogueId: 'F01',
        source: 'by-hand',
        note: 'Numb.',
      })
    ).id as string;

  const send = (patientId: string): Promise<Answer> =>
    physician.send(
      'POST',
      `/api/v1/referrals/${drafts[patientId] ?? ''}/send`,
      {},
      {
        'idempotency-key': randomUUID(),
      },
    );

  /** Whoever wrote nothing reads without a position. */
  const stranger = (): Person => api.fascia.as('physician-demo');

  const models = async (): Promise<readonly Lag[]> =>
    ((await operator.get('/api/v1/admin/models')).body as { readonly items: readonly Lag[] }).items;

  const parked = async (model: string): Promise<number> =>
    (await api.pool.query('select 1 from read.parked where model = $1', [model])).rowCount ?? 0;

  beforeAll(async () => {
    api = await served();
    physician = api.fascia.as('physician-demo');
    operator = api.fascia.as('operator-demo');
    const patients = (await physician.get('/api/v1/patients?limit=200')).body.items as { id: string }[];
    [poisoned = '', sound = ''] = patients.map(({ id }) => id);
    listingId = (await physician.get('/api/v1/listings?region=knee')).body.items[0].id as string;
    for (const patientId of [poisoned, sound]) drafts[patientId] = await draft(patientId);
    await api.pool.query(
      `alter table read.flag add constraint not_this_one check (patient_id <> '${poisoned}') not valid`,
    );
    flagId = await raise(poisoned);
    await until(async () => (await parked('flag')) > 0, { message: 'the flag to be parked' });
  });

  afterAll(() => api.dispose());

  it('stops what has to know of it, with what to do, and nobody else', async () => {
    const refused = await send(poisoned);
    expectProblem(refused, 503, 'LOOKUPS_INCOMPLETE');
    expect(refused.body.detail).toContain('fascia models retry');
    expect(refused.headers.get('retry-after')).toBe('60');
    expect((await send(sound)).status).toBe(200);
  });

  it('does not stop what has nothing to do with it', async () => {
    const another = { patientId: poisoned, content: { priority: 'routine' } };
    expect((await physician.does('/api/v1/referrals', another)).id).toBeDefined();
  });

  it('is told by the lists that lack it, and by no others', async () => {
    const incomplete = async (path: string): Promise<unknown> =>
      (await stranger().get(`/api/v1/${path}`)).body.incomplete as unknown;
    expect(await incomplete('flags')).toEqual({ streams: 1 });
    expect(await incomplete(`flags?patientId=${poisoned}`)).toEqual({ streams: 1 });
    expect(await incomplete(`flags?patientId=${sound}`)).toBeNull();
    expect(await incomplete('plans')).toBeNull();
  });

  it('is not "not there"', async () => {
    expectProblem(await stranger().send('GET', `/api/v1/flags/${flagId}`), 503, 'READS_INCOMPLETE');
    expectProblem(await stranger().send('GET', `/api/v1/flags/${randomUUID()}`), 404, 'NOT_FOUND');
  });

  it('is not left out in silence for whoever knows that it is stored', async () => {
    const writer = api.fascia.as('physician-demo');
    const position = { 'fascia-at-least': await positionOf(poisoned) };
    expectProblem(await writer.send('GET', '/api/v1/flags', undefined, position), 503, 'READS_INCOMPLETE');
    const elsewhere = { 'fascia-at-least': await positionOf(sound) };
    expect((await writer.send('GET', '/api/v1/flags', undefined, elsewhere)).status).toBe(200);
  });

  /** Of a write about a patient. */
  const positionOf = async (patientId: string): Promise<string> => {
    const answer = await physician.send(
      'POST',
      '/api/v1/referrals',
      { patientId, content: { priority: 'routine' } },
      { 'idempotency-key': randomUUID() },
    );
    return answer.headers.get('fascia-position') ?? '';
  };

  it('is told by readiness, which stays, as everything else goes on: parked, or without what was passed over', async () => {
    const readiness = async (): Promise<{ status: number; detail: string }> => {
      const answer = await fetch(`${api.fascia.url}/health/ready`);
      const { checks } = (await answer.json()) as { checks: { name: string; detail?: string }[] };
      return {
        status: answer.status,
        detail: checks.find(({ name }) => name === 'read-models')?.detail ?? '',
      };
    };
    expect(await readiness()).toEqual({ status: 200, detail: `parked: flag: flag-${flagId}` });
    await api.pool.query("update read.parked set held = false where model = 'flag'");
    expect((await readiness()).detail).toContain('flag: 1 streams');
    await api.pool.query("update read.parked set held = true where model = 'flag'");
  });

  it('is listed for operators, held or passed over, and whether it is about a patient', async () => {
    const { items } = (await operator.get('/api/v1/admin/models')).body as { items: { name: string }[] };
    expect(items.find(({ name }) => name === 'flag')).toMatchObject({
      parked: [{ stream: `flag-${flagId}`, held: true, aboutPatient: true }],
    });
  });

  it('is no lag: everybody else has everything, and the process that answers is ready', async () => {
    const level = async (): Promise<boolean> =>
      (await models()).every(({ behind, behindSeconds }) => behind === '0' && behindSeconds === null);
    await until(level, { message: 'everybody to have everything' });
    const { readiness } = (await operator.get('/api/v1/admin/status')).body as {
      readiness: { ready: boolean; checks: readonly { name: string; ok: boolean; detail: string }[] };
    };
    expect(readiness.ready).toBe(true);
    expect(readiness.checks).toContainEqual({
      name: 'read-models',
      ok: true,
      detail: `parked: flag: flag-${flagId}`,
    });
  });

  it('is told by seconds as well who is behind, as long as somebody cannot write', async () => {
    const client = await api.pool.connect();
    try {
      await client.query('begin; lock table read.slice in share mode');
      await physician.does('/api/v1/referrals', { patientId: sound, content: { priority: 'routine' } });
      const referrals = async (): Promise<Lag | undefined> =>
        (await models()).find(({ name }) => name === 'referral');
      await until(async () => ((await referrals())?.behindSeconds ?? 0) > 0.2, {
        message: 'the list of referrals to be behind',
      });
    } finally {
      await client.query('rollback');
      client.release();
    }
    await until(async () => (await models()).every(({ behindSeconds }) => behindSeconds === null), {
      message: 'everybody to have everything again',
    });
  });

  it.each(['GET models', 'GET status', 'POST models/flag/retry', 'POST parked/retry'])(
    'is nothing for anybody else: %s',
    async (what) => {
      const [method = '', at = ''] = what.split(' ');
      for (const person of [physician, api.fascia.as('auditor-demo')])
        expectProblem(await person.send(method, `/api/v1/admin/${at}`), 403, 'FORBIDDEN_ROLE');
    },
  );

  it('of a person who works here stops what they ask, and nobody else', async () => {
    const massage = api.fascia.as('massage-demo');
    expect((await massage.get('/api/v1/tasks?view=inbox')).status).toBe(200);
    const { rows } = await api.pool.query<{ id: string }>(
      "select id from read.practitioner where account = 'massage-demo'",
    );
    const id = rows[0]?.id ?? '';
    await api.pool.query(
      `alter table read.practitioner add constraint not_this_one check (id <> '${id}') not valid`,
    );
    await operator.does(`/api/v1/practitioners/${id}/suspend`, { reason: 'For a spec.' });
    await until(async () => (await parked('practitioner')) > 0, { message: 'the person to be parked' });
    const refused = await massage.send('GET', '/api/v1/tasks?view=inbox');
    expectProblem(refused, 503, 'CALLER_INCOMPLETE');
    expect((await stranger().get('/api/v1/tasks?view=inbox')).status).toBe(200);
  });

  it('is there again once it is mended and retried, and then the rule says what it has to say', async () => {
    await api.pool.query('alter table read.flag drop constraint not_this_one');
    await api.pool.query('alter table read.practitioner drop constraint not_this_one');
    for (const model of ['flag', 'practitioner']) {
      const { stillParked } = (await operator.does(`/api/v1/admin/models/${model}/retry`)) as {
        stillParked: unknown;
      };
      expect(stillParked).toEqual([]);
    }
    expect((await send(poisoned)).status).toBe(409);
    expect((await stranger().get('/api/v1/flags')).body.incomplete).toBeNull();
    expectProblem(
      await api.fascia.as('massage-demo').send('GET', '/api/v1/tasks?view=inbox'),
      403,
      'ACCOUNT_UNKNOWN',
    );
  });
});
