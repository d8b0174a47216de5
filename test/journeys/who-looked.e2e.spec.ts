/** What is left of every look, and of every request that was told no (docs/domain/people.md#who-looked). */
import { randomUUID } from 'node:crypto';
import { until } from '@fascia/testkit';
import { Fascia } from './harness.js';
import { besideItsDatabase } from './log.js';
import type { Person } from './person.js';

const JOURNEY_MS = 180_000;

type Record = Readonly<{ [name: string]: unknown }>;

describe('who looked', () => {
  let fascia: Fascia;
  let physician: Person;
  let stranger: Person;
  let auditor: Person;
  let patientId: string;
  let referralId: string;
  let strangersId: string;
  const began = new Date().toISOString();

  beforeAll(async () => {
    fascia = new Fascia(await besideItsDatabase());
    await fascia.start();
    physician = fascia.as('physician-demo');
    stranger = fascia.as('physician-two-demo');
    auditor = fascia.as('auditor-demo');
    strangersId = (await stranger.get('/api/v1/me')).body.practitionerId as string;
    patientId = await physician.registers('Marsh');
    referralId = (await physician.does('/api/v1/referrals', { patientId, content: {} })).id as string;
  }, JOURNEY_MS);

  afterAll(() => fascia.dispose(), JOURNEY_MS);

  const recorded = async (query: string, fits: Record, as: Person = auditor): Promise<Record> => {
    let items: readonly Record[] = [];
    const isThere = (one: Record): boolean =>
      Object.entries(fits).every(([name, value]) => JSON.stringify(one[name]) === JSON.stringify(value));
    await until(
      async () => {
        items = (await as.get(`/api/v1/audit/access?limit=200&${query}`)).body.items as readonly Record[];
        return items.some(isThere);
      },
      { deadlineMs: 60_000, message: `no record of ${JSON.stringify(fits)}` },
    );
    return items.find(isThere) ?? {};
  };

  it('is told of a read: who, what, where, and what for', async () => {
    await physician.get(`/api/v1/patients/${patientId}`, { 'fascia-purpose': 'ETREAT' });
    expect(await recorded(`patientId=${patientId}`, { purpose: 'ETREAT' })).toMatchObject({
      who: { sub: 'physician-demo', role: 'physician' },
      patientId,
      outcome: 'shown',
      route: 'GET /api/v1/patients/:id',
      objectId: patientId,
      what: 'patient',
      code: null,
    });
    expect(await recorded(`patientId=${patientId}`, { outcome: 'shown', purpose: 'TREAT' })).toBeDefined();
  });

  it('is told of a purpose that there is none of', async () => {
    const { status, body } = await physician.get(`/api/v1/patients/${patientId}`, {
      'fascia-purpose': 'CURIOSITY',
    });
    expect([status, body.code]).toEqual([400, 'PURPOSE_UNKNOWN']);
  });

  it.each([
    ['a patient', () => `/api/v1/patients/${patientId}`, 'GET /api/v1/patients/:id'],
    [
      'an order, whose patient the log knows',
      () => `/api/v1/referrals/${referralId}`,
      'GET /api/v1/referrals/:id',
    ],
    [
      'a letter of it',
      () => `/api/v1/referrals/${referralId}/letter.pdf`,
      'GET /api/v1/referrals/:id/letter.pdf',
    ],
  ])('is told of a stranger who asks for %s and is told that it is not there', async (_what, at, route) => {
    expect((await stranger.get(at())).status).toBe(404);
    expect(await recorded(`patientId=${patientId}`, { outcome: 'denied', route })).toMatchObject({
      who: { sub: 'physician-two-demo', practitionerId: strangersId },
      objectId: at().split('/')[4],
      code: 'NOT_FOUND',
      purpose: 'TREAT',
    });
  });

  it('is told of who tries what does not exist, which is answered alike', async () => {
    const invented = randomUUID();
    const [theirs, nobodys] = [
      await stranger.get(`/api/v1/patients/${patientId}`),
      await stranger.get(`/api/v1/patients/${invented}`),
    ];
    expect({ ...nobodys.body, instance: '' }).toEqual({ ...theirs.body, instance: '' });
    expect(await recorded(`practitionerId=${strangersId}`, { objectId: invented })).toMatchObject({
      patientId: null,
      outcome: 'denied',
    });
  });

  it('is told of a command that was not theirs to give', async () => {
    const route = 'POST /api/v1/referrals/:id/discard-draft';
    await stranger.send('POST', `/api/v1/referrals/${referralId}/discard-draft`);
    expect(await recorded(`patientId=${patientId}`, { route })).toMatchObject({
      outcome: 'denied',
      objectId: referralId,
      code: 'NOT_FOUND',
    });
  });

  it('is told of a command about a patient whom its body names', async () => {
    const route = 'POST /api/v1/referrals';
    await stranger.send('POST', '/api/v1/referrals', { patientId, content: {} });
    expect(await recorded(`patientId=${patientId}`, { route })).toMatchObject({ outcome: 'denied' });
  });

  it('is told of a command that a rule refused', async () => {
    const { body } = await physician.send('POST', `/api/v1/referrals/${referralId}/send`, {});
    expect(
      await recorded(`patientId=${patientId}&outcome=refused`, { route: 'POST /api/v1/referrals/:id/send' }),
    ).toMatchObject({ objectId: referralId, code: body.code });
  });

  it('is told of a case that was replayed by who is no auditor', async () => {
    const route = 'GET /api/v1/audit/cases/:id';
    expect((await physician.get(`/api/v1/audit/cases/${referralId}`)).body.code).toBe('FORBIDDEN_ROLE');
    expect(await recorded(`patientId=${patientId}`, { route })).toMatchObject({
      outcome: 'denied',
      objectId: referralId,
    });
  });

  it('is told of a list that was asked of a patient and showed nothing', async () => {
    expect((await stranger.get(`/api/v1/diagnoses?patientId=${patientId}`)).body.items).toEqual([]);
    expect(await recorded(`patientId=${patientId}`, { route: 'GET /api/v1/diagnoses' })).toMatchObject({
      who: { sub: 'physician-two-demo' },
      outcome: 'nothing-shown',
      what: 'diagnosis',
    });
  });

  it('is told of a role that is not theirs', async () => {
    await stranger.get('/api/v1/me', { 'fascia-role': 'auditor' });
    expect(await recorded(`practitionerId=${strangersId}`, { code: 'ROLE_NOT_YOURS' })).toMatchObject({
      who: { role: 'physician' },
      outcome: 'denied',
    });
  });

  it('is asked by person, also as the issuer calls them, and by period', async () => {
    const search = (body: object) => auditor.send('POST', '/api/v1/audit/access/search', body);
    const subs = ({ body }: { body: { items: readonly { who: { sub: string } }[] } }) =>
      new Set(body.items.map(({ who }) => who.sub));
    await recorded(`practitionerId=${strangersId}`, { outcome: 'denied' });
    const theirs = await search({ sub: 'physician-two-demo', outcome: 'denied', from: began });
    expect([...subs(theirs as never)]).toEqual(['physician-two-demo']);
    expect((await search({ sub: 'physician-two-demo', to: began })).body.items).toEqual([]);
    expect((await auditor.get(`/api/v1/audit/access?sub=physician-two-demo`)).status).toBe(422);
  });

  it('is for auditors, and who asks leaves a record as well', async () => {
    expect((await physician.get(`/api/v1/audit/access?patientId=${patientId}`)).body.code).toBe(
      'FORBIDDEN_ROLE',
    );
    expect(
      await recorded(`patientId=${patientId}`, { outcome: 'shown', route: 'GET /api/v1/audit/access' }),
    ).toMatchObject({ who: { sub: 'auditor-demo' }, purpose: 'HCOMPL' });
  });
});
