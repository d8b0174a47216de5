/** The API as a stranger meets it: what a wrong token, hostile input, and repeated and crossing commands get. */
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Fascia } from './harness.js';
import { everyEventOf } from './log.js';
import { unlessOverloaded, type Answer, type Person } from './person.js';
import { expectProblem, served, type Served } from './served.js';

describe('the API', () => {
  let api: Served;
  let fascia: Fascia;
  let operator: Person;
  let physician: Person;

  const stored = () => everyEventOf(fascia.options.env ?? {});
  const events = async (): Promise<number> =>
    (await stored()).filter(({ stream }) => !stream.startsWith('access-')).length;

  beforeAll(async () => {
    api = await served();
    fascia = api.fascia;
    operator = fascia.as('operator-demo');
    physician = fascia.as('physician-demo');
  });

  afterAll(() => api.dispose());

  describe('to a bad token', () => {
    const plain = (headers: Record<string, string>): Promise<Answer> =>
      unlessOverloaded(async () => {
        const response = await fetch(`${fascia.url}/api/v1/referrals`, { headers });
        return { status: response.status, headers: response.headers, body: await response.json() };
      });
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

    it('says what is wrong and asks for another', async () => {
      expectProblem(await plain({}), 401, 'TOKEN_MISSING');
      expectProblem(await plain({ authorization: 'Bearer nonsense' }), 401, 'TOKEN_INVALID');
      const token = await fascia.token('physician-demo');
      const [head, , signature] = token.split('.');
      const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as object;
      expectProblem(
        await plain({
          authorization: `Bearer ${String(head)}.${part({ ...payload, sub: 'operator-demo' })}.${String(signature)}`,
        }),
        401,
        'TOKEN_INVALID',
      );
      expectProblem(
        await plain({ authorization: `Bearer ${part({ alg: 'none' })}.${part(payload)}.` }),
        401,
        'TOKEN_INVALID',
      );
      expect((await plain({})).headers.get('www-authenticate')).toMatch(/^Bearer/);
    });
  });

  describe('to hostile or broken input', () => {
    const raw = (body: string | Uint8Array, headers: Record<string, string> = {}): Promise<Answer> =>
      physician.send('POST', '/api/v1/referrals', body, headers);
    const nested = `${'{"a":'.repeat(60)}1${'}'.repeat(60)}`;

    it.each<[string, string | Uint8Array, Record<string, string>, number, string]>([
      ['broken JSON', '{"patientId":', {}, 400, 'JSON_MALFORMED'],
      ['a repeated key', '{"patientId":1,"patientId":1}', {}, 400, 'JSON_DUPLICATE_KEY'],
      ['__proto__', '{"__proto__":{"a":1}}', {}, 400, 'JSON_FORBIDDEN_KEY'],
      ['a deep body', nested, {}, 400, 'JSON_TOO_DEEP'],
      ['a NUL', '{"patientId":"\\u0000"}', {}, 400, 'JSON_BAD_TEXT'],
      ['a number no double holds', '{"patientId":1e999}', {}, 400, 'JSON_BAD_NUMBER'],
      ['text that is not JSON', 'hello', { 'content-type': 'text/plain' }, 415, 'MEDIA_TYPE_UNSUPPORTED'],
      ['an array', '[]', {}, 400, 'BODY_REQUIRED'],
      ['wrong types', '{"patientId":7,"content":[]}', {}, 422, 'REQUEST_INVALID'],
      [
        '30 February',
        JSON.stringify({ patientId: randomUUID(), content: { validUntil: '2027-02-30' } }),
        {},
        422,
        'REQUEST_INVALID',
      ],
      [
        'a malformed If-Match',
        JSON.stringify({ patientId: randomUUID(), content: {} }),
        { 'if-match': 'yesterday' },
        400,
        'IF_MATCH_MALFORMED',
      ],
      [
        'a patient nobody knows',
        JSON.stringify({ patientId: randomUUID(), content: {} }),
        {},
        403,
        'FORBIDDEN_ROLE',
      ],
    ])('%s gets its problem, and nothing is stored', async (_what, body, headers, status, code) => {
      const before = await events();
      expectProblem(await raw(body, headers), status, code);
      expect(await events()).toBe(before);
    });

    it('an oversized body is refused before it is read', async () => {
      expectProblem(
        await raw(JSON.stringify({ patientId: 'x'.repeat(2 * 1024 * 1024) })),
        413,
        'BODY_TOO_LARGE',
      );
    });

    it('a truncated, a damaged and an exploding import are refused', async () => {
      const send = (body: Uint8Array): Promise<Answer> =>
        physician.send('POST', '/api/v1/imports', body, {
          'content-type': 'application/fhir+json',
          'content-encoding': 'gzip',
        });
      const packed = gzipSync(JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: [] }));
      expectProblem(await send(packed.subarray(0, packed.length - 6)), 400, 'GZIP_MALFORMED');
      expectProblem(await send(Buffer.from('not gzip at all')), 400, 'GZIP_MALFORMED');
      expectProblem(await send(gzipSync(Buffer.alloc(40 * 1024 * 1024, 32))), 413, 'BODY_TOO_LARGE');
    });

    it.each([
      ['XML', '<Bundle xmlns="http://hl7.org/fhir"/>', 'application/fhir+xml', 'FILE_UNREADABLE'],
      ['half a bundle', '{"resourceType":"Bundle","entry":[', 'application/fhir+json', 'FILE_UNREADABLE'],
      ['nothing', '', 'application/fhir+json', 'BODY_MISSING'],
      ['white space', ' ', 'application/json', 'FILE_UNREADABLE'],
    ])('an import of %s is refused with what to do', async (_what, body, type, code) => {
      expectProblem(
        await physician.send('POST', '/api/v1/imports', body, { 'content-type': type }),
        400,
        code,
      );
    });

    it.each(['searchset', 'history'])(
      'a %s is taken when the server is named whose answer it is',
      async (type) => {
        const answer = JSON.stringify({
          resourceType: 'Bundle',
          type,
          entry: [{ resource: { resourceType: 'Observation', id: '1' } }],
        });
        const headers = { 'content-type': 'application/fhir+json' };
        expectProblem(
          await physician.send('POST', '/api/v1/imports', answer, headers),
          422,
          'SOURCE_REQUIRED',
        );
        const named = `/api/v1/imports?source=${encodeURIComponent('https://ehr.harbor.example/fhir')}`;
        expect((await physician.send('POST', named, answer, headers)).status).toBe(201);
      },
    );

    it('a file is taken at its address alone', async () => {
      const headers = { 'content-type': 'application/fhir+ndjson' };
      expectProblem(await raw('{}', headers), 415, 'MEDIA_TYPE_UNSUPPORTED');
      const lines = ['{"resourceType":"Observation","id":"1"}', '{"resourceType":"Observation",'].join('\n');
      const { status, body } = await physician.send('POST', '/api/v1/imports', lines, headers);
      expect({ status, ignored: body.ignored, broken: body.broken }).toEqual({
        status: 201,
        ignored: [{ resourceType: 'Observation', why: 'not-imported', count: 1, pointers: ['/0'] }],
        broken: [
          { pointer: '/1', why: 'This is not JSON. Check quotes, commas and brackets.', dropped: 'resource' },
        ],
      });
    });
  });

  describe('to repeated and crossing commands', () => {
    const content = { priority: 'routine' };
    let patientId = '';

    beforeAll(async () => {
      patientId = (await physician.get('/api/v1/patients')).body.items[0].id;
    });

    it('fifty at once with one key make one thing and get one answer', async () => {
      const key = randomUUID();
      const answers = await Promise.all(
        Array.from({ length: 50 }, () =>
          physician.send('POST', '/api/v1/referrals', { patientId, content }, { 'idempotency-key': key }),
        ),
      );
      expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
      expect(answers.every((answer) => answer.status === 201)).toBe(true);
      const stream = `referral-${String(answers[0]?.body.id)}`;
      expect((await stored()).filter((event) => event.stream === stream)).toHaveLength(1);
    });

    it('one key with another body is refused', async () => {
      const key = randomUUID();
      await physician.does('/api/v1/referrals', { patientId, content }, key);
      const draft = await physician.send(
        'POST',
        '/api/v1/referrals',
        { patientId, content: { priority: 'stat' } },
        { 'idempotency-key': key },
      );
      expectProblem(draft, 422, 'IDEMPOTENCY_KEY_REUSED');
    });

    it("somebody else's key is somebody else's command", async () => {
      const key = randomUUID();
      const mine = await physician.does('/api/v1/referrals', { patientId, content }, key);
      const theirs = await fascia.as('delegate-demo').does('/api/v1/referrals', { patientId, content }, key);
      expect(theirs.id).not.toBe(mine.id);
    });

    it('answers as the first time after the state moved on', async () => {
      const { id } = await physician.does('/api/v1/referrals', { patientId, content });
      const key = randomUUID();
      const first = await physician.does(
        `/api/v1/referrals/${String(id)}/edit-draft`,
        { content: { priority: 'urgent' } },
        key,
      );
      await physician.does(`/api/v1/referrals/${String(id)}/discard-draft`);
      expect(
        await physician.does(
          `/api/v1/referrals/${String(id)}/edit-draft`,
          { content: { priority: 'urgent' } },
          key,
        ),
      ).toEqual(first);
      expectProblem(
        await physician.send('POST', `/api/v1/referrals/${String(id)}/edit-draft`, { content }),
        409,
        'REFERRAL_ILLEGAL_TRANSITION',
      );
    });

    it('a stale If-Match is told', async () => {
      const { id } = await physician.does('/api/v1/referrals', { patientId, content });
      await physician.does(`/api/v1/referrals/${String(id)}/edit-draft`, { content: { priority: 'urgent' } });
      expectProblem(
        await physician.send(
          'POST',
          `/api/v1/referrals/${String(id)}/edit-draft`,
          { content },
          { 'if-match': '"1"' },
        ),
        412,
        'VERSION_STALE',
      );
    });

    it('what belongs to others does not exist', async () => {
      const { id } = await physician.does('/api/v1/referrals', { patientId, content });
      const stranger = fascia.as('physician-two-demo');
      expectProblem(await stranger.get(`/api/v1/referrals/${String(id)}`), 404, 'NOT_FOUND');
      expectProblem(
        await stranger.send('POST', `/api/v1/referrals/${String(id)}/discard-draft`),
        404,
        'NOT_FOUND',
      );
      expectProblem(await stranger.get(`/api/v1/patients/${patientId}`), 404, 'NOT_FOUND');
      expectProblem(await fascia.as('auditor-demo').get(`/api/v1/referrals/${String(id)}`), 404, 'NOT_FOUND');
      expectProblem(
        await physician.get(`/api/v1/audit/access?patientId=${patientId}`),
        403,
        'FORBIDDEN_ROLE',
      );
      expect((await stranger.get('/api/v1/patients')).body.items).toEqual([]);
    });

    it('a role that is taken away acts at once', async () => {
      const delegate = (await operator.get('/api/v1/practitioners?name=varga')).body.items[0];
      await operator.does(`/api/v1/practitioners/${String(delegate.id)}/suspend`, { reason: 'Left.' });
      const seen = await operator.get('/api/v1/practitioners?name=varga');
      expect(seen.body.items[0].suspended).toBe(true);
      expectProblem(await fascia.as('delegate-demo').get('/api/v1/referrals'), 403, 'ACCOUNT_UNKNOWN');
    });
  });
});
