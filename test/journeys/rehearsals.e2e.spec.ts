/** What would refuse a command, asked before it is given. */
import { somebody } from './person.js';
import { expectProblem, served, type Served } from './served.js';

const AT = '/api/v1/rehearsals';

describe('a command that is rehearsed', () => {
  let api: Served;
  let draft: string;

  beforeAll(async () => {
    api = await served();
    const physician = api.fascia.as('physician-demo');
    const { id: patientId } = await physician.does('/api/v1/patients', somebody('Ozolins'));
    ({ id: draft } = (await physician.does('/api/v1/referrals', { patientId, content: {} })) as {
      id: string;
    });
  });
  afterAll(() => api.dispose());

  it('is told every rule that says no, in the words of the command itself, and stores nothing', async () => {
    const physician = api.fascia.as('physician-demo');
    const rehearsed = await physician.send('POST', AT, { command: 'SendReferral', id: draft });
    const given = await physician.send('POST', `/api/v1/referrals/${draft}/send`);
    expect(rehearsed.status).toBe(200);
    expect(rehearsed.body.refusals).toEqual(given.body.refusals);
    expect(rehearsed.body.refusals.length).toBeGreaterThan(1);
    expect(rehearsed.body.refusals.map(({ code }: { code: string }) => code)).toContain(
      'REFERRAL_INCOMPLETE',
    );
    const fits = await physician.send('POST', AT, {
      command: 'EditDraft',
      id: draft,
      body: { content: { priority: 'urgent' } },
    });
    expect(fits).toMatchObject({ status: 200, body: { refusals: [] } });
    const edited = await physician.send('POST', `/api/v1/referrals/${draft}/edit-draft`, { content: {} });
    // One more than the draft itself: nothing came between.
    expect(edited.body.version).toBe(2);
  });

  it('is told what is wrong with what it would be given', async () => {
    const physician = api.fascia.as('physician-demo');
    const rehearsed = (command: string, body: unknown) =>
      physician.send('POST', AT, { command, id: draft, body });
    for (const [command, body, pointer] of [
      ['EditDraft', { content: { priority: 'soon' } }, '/content/priority'],
      ['EditDraft', {}, '/content'],
      ['SendReferral', { now: true }, '/now'],
    ] as const)
      expect(await rehearsed(command, body)).toMatchObject({
        status: 200,
        body: { refusals: [{ code: 'REQUEST_INVALID', pointer }] },
      });
  });

  it('is no way to learn what one may not do, or of what one may not see', async () => {
    const therapist = api.fascia.as('therapist-demo');
    expectProblem(await therapist.send('POST', AT, { command: 'SendReferral', id: draft }), 404, 'NOT_FOUND');
    expectProblem(
      await api.fascia.as('delegate-demo').send('POST', AT, { command: 'SendReferral', id: draft }),
      403,
      'FORBIDDEN_ROLE',
    );
  });

  it('is told by a delegate for the physician for whom they prepare it, and given by them no more than before', async () => {
    const [physician, delegate] = [api.fascia.as('physician-demo'), api.fascia.as('delegate-demo')];
    const idOf = async (name: string): Promise<string> =>
      (await api.fascia.as(name).get('/api/v1/me')).body.practitionerId as string;
    const onBehalfOf = async (name: string) => ({ 'fascia-on-behalf-of': await idOf(name) });
    const asked = { command: 'SendReferral', id: draft };
    const forThem = await onBehalfOf('physician-demo');
    const rehearsed = await delegate.insists('POST', AT, asked, forThem);
    expect(rehearsed.status).toBe(200);
    expect(rehearsed.body.refusals.length).toBeGreaterThan(1);
    expect(rehearsed.body.refusals).toEqual((await physician.send('POST', AT, asked)).body.refusals);
    expectProblem(
      await delegate.insists('POST', `/api/v1/referrals/${draft}/send`, {}, forThem),
      403,
      'FORBIDDEN_ROLE',
    );
    expectProblem(
      await delegate.insists('POST', AT, asked, await onBehalfOf('physician-two-demo')),
      403,
      'ON_BEHALF_NOT_ALLOWED',
    );
    // Told to those who treat: also what would come of clearing it is.
    const { id: patientId } = await physician.does('/api/v1/patients', somebody('Tamsin'));
    const raised = { patientId, catalogueId: 'F12', source: 'by-hand' };
    const { id: flag } = await physician.does('/api/v1/flags', raised);
    const clears = { command: 'ClearFlag', id: flag, body: { rationale: 'None.' } };
    expectProblem(await delegate.insists('POST', AT, clears, forThem), 403, 'FORBIDDEN_ROLE');
    expectProblem(
      await api.fascia.as('coordinator-demo').insists('POST', AT, asked, forThem),
      403,
      'ON_BEHALF_NOT_ALLOWED',
    );
  });

  it('is refused in words where it is none', async () => {
    const physician = api.fascia.as('physician-demo');
    for (const [body, pointer] of [
      [{ command: 'Send' }, '/command'],
      [{ command: 'SendReferral', id: 'x' }, '/id'],
      [{ command: 'SendReferral', id: draft, now: true }, '/now'],
      [{ command: 'BeginCancellation', id: draft }, '/command'],
    ] as const) {
      const answer = await physician.send('POST', AT, body);
      expectProblem(answer, 422, 'REQUEST_INVALID');
      expect(answer.body.errors).toMatchObject([{ pointer }]);
    }
  });
});
