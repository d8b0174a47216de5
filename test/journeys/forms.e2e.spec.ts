/** What somebody typed and did not send, over HTTP. */
import { expectProblem, served, type Served } from './served.js';

const FORM = '/api/v1/forms/PostMessage.0198d0a0-0000-7000-8000-000000000001';
const TYPED = { typed: { text: 'The left supraspinatus of Robin Marsh' } };

describe('a form that is not finished', () => {
  let api: Served;

  beforeAll(async () => {
    api = await served();
  });
  afterAll(() => api.dispose());

  it('is kept for its person, through a kill, and for nobody else', async () => {
    const { fascia } = api;
    const physician = fascia.as('physician-demo');
    expect((await physician.get(FORM)).body).toEqual({ typed: null, savedAt: null });
    const kept = await physician.send('PUT', FORM, TYPED);
    expect(kept).toMatchObject({ status: 200, body: { savedAt: expect.any(String) } });
    await fascia.crash();
    expect((await physician.get(FORM)).body).toEqual({ ...TYPED, ...(kept.body as object) });
    expect((await fascia.as('coordinator-demo').get(FORM)).body).toEqual({ typed: null, savedAt: null });
    expect((await physician.send('DELETE', FORM)).status).toBe(204);
    expect((await physician.send('DELETE', FORM)).status).toBe(204);
    expect((await physician.get(FORM)).body).toEqual({ typed: null, savedAt: null });
  });

  it('is refused in words where it is none', async () => {
    const physician = api.fascia.as('physician-demo');
    for (const body of [{}, { typed: 'text' }, { typed: [] }, { typed: null }])
      expectProblem(await physician.send('PUT', FORM, body), 422, 'REQUEST_INVALID');
    expectProblem(
      await physician.send('PUT', FORM, { typed: { text: 'x'.repeat(200_001) } }),
      413,
      'BODY_TOO_LARGE',
    );
    for (const name of ['of.Robin-Marsh', '1', 'PostMessage.7', 'a'.repeat(61)])
      expectProblem(await physician.send('PUT', `/api/v1/forms/${name}`, TYPED), 404, 'NOT_FOUND');
  });

  it('is for nobody without a token', async () => {
    for (const method of ['GET', 'PUT', 'DELETE'])
      expect((await fetch(`${api.fascia.url}${FORM}`, { method })).status).toBe(401);
  });
});
