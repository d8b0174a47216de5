/** One person with roles in two practices, and a delegate who acts for a physician (docs/domain/people.md#roles). */
import { until } from '@fascia/testkit';
import { Fascia } from './harness.js';
import { besideItsDatabase } from './log.js';
import { somebody, type Person } from './person.js';

const JOURNEY_MS = 180_000;

describe('roles', () => {
  let fascia: Fascia;
  let lindqvist: Person;
  let okonjo: Person;
  /** Of Lindqvist, by the organisation's part of their names. */
  let harbor: string;
  let linden: string;
  let lindqvistId: string;

  const actorOf = async (stream: string): Promise<Record<string, unknown>> => {
    const { body } = await fascia.as('auditor-demo').get(`/api/v1/audit/streams/${stream}`);
    return body.events[0].actor as Record<string, unknown>;
  };

  beforeAll(async () => {
    fascia = new Fascia(await besideItsDatabase());
    await fascia.start();
    lindqvist = fascia.as('physician-demo');
    okonjo = fascia.as('physician-two-demo');
    const mine = (await lindqvist.get('/api/v1/me')).body;
    lindqvistId = mine.practitionerId as string;
    harbor = mine.roles[0].organizationId as string;
    linden = (await okonjo.get('/api/v1/me')).body.roles[0].organizationId as string;
    await fascia.as('operator-demo').does(`/api/v1/practitioners/${lindqvistId}/assign-role`, {
      role: 'physician',
      organizationId: linden,
    });
    await until(async () => (await lindqvist.get('/api/v1/me')).body.roles.length === 2, {
      deadlineMs: 60_000,
      message: 'the second role is not there',
    });
  }, JOURNEY_MS);

  afterAll(() => fascia.dispose(), JOURNEY_MS);

  it('are told, with the one that is chosen', async () => {
    const chosen = await lindqvist.get('/api/v1/me', { 'fascia-role': `physician@${linden}` });
    expect(chosen.body).toEqual({
      sub: 'physician-demo',
      practitionerId: lindqvistId,
      roles: [harbor, linden].map((organizationId) => ({
        name: `physician@${organizationId}`,
        role: 'physician',
        organizationId,
      })),
      actingAs: {
        name: `physician@${linden}`,
        role: 'physician',
        organizationId: linden,
        onBehalfOf: null,
      },
    });
  });

  it('give their rights: in the one that may, where none is chosen', async () => {
    const { id } = await okonjo.does('/api/v1/patients', somebody('Marsh'));
    await until(async () => (await okonjo.get(`/api/v1/patients/${String(id)}`)).status === 200, {
      deadlineMs: 60_000,
      message: 'the patient is not there',
    });
    expect((await lindqvist.get(`/api/v1/patients/${String(id)}`)).status).toBe(200);
    const elsewhere = await lindqvist.get(`/api/v1/patients/${String(id)}`, {
      'fascia-role': `physician@${harbor}`,
    });
    expect(elsewhere.status).toBe(404);
  });

  it('are shown by what is stored', async () => {
    const there = await lindqvist.does('/api/v1/patients', somebody('Reed', { organizationId: linden }));
    expect(await actorOf(`patient-${String(there.id)}`)).toMatchObject({ organizationId: linden });
    const here = await lindqvist.does('/api/v1/patients', somebody('Sedge'));
    expect(await actorOf(`patient-${String(here.id)}`)).toMatchObject({ organizationId: harbor });
  });

  it('answer the same key in the same role', async () => {
    const headers = { 'idempotency-key': 'roles-of-lindqvist' };
    const first = await lindqvist.send(
      'POST',
      '/api/v1/patients',
      somebody('Rush', { organizationId: linden }),
      headers,
    );
    const again = await lindqvist.send(
      'POST',
      '/api/v1/patients',
      somebody('Rush', { organizationId: linden }),
      headers,
    );
    expect([first.status, again.body.id]).toEqual([201, first.body.id]);
  });

  it('that somebody does not hold are refused, and those that they do are named', async () => {
    const answer = await lindqvist.get('/api/v1/patients', { 'fascia-role': 'records' });
    expect([answer.status, answer.body.code, answer.body.about]).toEqual([
      403,
      'ROLE_NOT_YOURS',
      { roles: [`physician@${harbor}`, `physician@${linden}`] },
    ]);
  });

  it('of a delegate act for a physician of theirs, and record what a physician has to confirm', async () => {
    const delegate = fascia.as('delegate-demo');
    const patient = await lindqvist.does('/api/v1/patients', somebody('Teasel'));
    const diagnosis = {
      patientId: patient.id as string,
      code: 'M75.21',
      site: { region: 'shoulder', side: 'right' },
      tissues: ['tendon'],
      dysfunction: 'tendinopathy',
      verification: 'confirmed',
    };
    const recorded = await delegate.insists('POST', '/api/v1/diagnoses', diagnosis, {
      'fascia-on-behalf-of': lindqvistId,
    });
    expect([recorded.status, recorded.body.state]).toEqual([201, 'provisional']);
    expect(await actorOf(`diagnosis-${String(recorded.body.id)}`)).toMatchObject({
      role: 'delegate',
      onBehalfOf: lindqvistId,
    });
    await lindqvist.does(`/api/v1/diagnoses/${String(recorded.body.id)}/confirm`);
    const others = (await okonjo.get('/api/v1/me')).body.practitionerId as string;
    const refused = await delegate.insists('POST', '/api/v1/diagnoses', diagnosis, {
      'fascia-on-behalf-of': others,
    });
    expect([refused.status, refused.body.code]).toEqual([403, 'ON_BEHALF_NOT_ALLOWED']);
  });
});
