import { commandIdFrom, createdIdFrom, isUuid } from '@fascia/kernel';
import { gzipSync } from 'node:zlib';
import { DIGEST, ofTheDriver, startEdge, TROUBLES, type Edge } from './edge.spec-data.js';
import { encodePosition } from './positions.js';

const ID = '0f0f0f0f-0000-4000-8000-000000000001';
const DRAFT = { title: 'Neck', onset: '2026-03-01', sites: [{ region: 'cervical' }] };

let edge: Edge;
let token: string;

beforeAll(async () => {
  edge = await startEdge();
  token = await edge.token('physician-demo');
});

afterAll(() => edge.close());

beforeEach(() => {
  edge.door.asked.length = 0;
  edge.accesses.kept.length = 0;
  edge.door.next = undefined;
});

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown> & { code?: string; errors?: { pointer: string; detail: string }[] };
}

const call = async (
  path: string,
  {
    method = 'GET',
    body,
    headers = {},
  }: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> => {
  const raw = typeof body === 'string' || body instanceof Uint8Array;
  const answer = await fetch(`${edge.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    body: (/json/.test(answer.headers.get('content-type') ?? '')
      ? JSON.parse(text)
      : { text }) as Answer['body'],
  };
};

const post = (path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  call(path, { method: 'POST', body, headers });

const expectProblem = ({ status, headers, body }: Answer, wanted: number, code: string): void => {
  expect({ status, code: body.code }).toEqual({ status: wanted, code });
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(body).toMatchObject({
    type: `urn:fascia:problem:${code}`,
    status: wanted,
    title: expect.any(String),
    detail: expect.any(String),
    instance: expect.stringMatching(/^urn:uuid:/),
  });
};

describe('a creation', () => {
  it('answers 201 with id, version, position, stage, and headers to go on with', async () => {
    const answer = await post('/api/v1/things', DRAFT);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ id: expect.any(String), version: 1, position: '7', state: 'Draft' });
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(answer.headers.get('fascia-position')).toBe(
      encodePosition({ position: 7n, digest: DIGEST, partition: 0 }),
    );
    expect(isUuid(answer.headers.get('idempotency-key') ?? '')).toBe(true);
    expect(isUuid(answer.headers.get('x-correlation-id') ?? '')).toBe(true);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('makes the id from subject, category and key, so that a repeated request names the same thing', async () => {
    const headers = { 'idempotency-key': 'first-try', 'x-correlation-id': ID };
    await post('/api/v1/things', DRAFT, headers);
    const answer = await post('/api/v1/things', DRAFT, headers);
    const commandId = commandIdFrom('physician-demo', 'referral', 'first-try');
    expect(
      edge.door.asked.map(({ id, commandId: own, correlationId }) => ({ id, own, correlationId })),
    ).toEqual(
      Array.from({ length: 2 }, () => ({ id: createdIdFrom(commandId), own: commandId, correlationId: ID })),
    );
    expect(answer.headers.get('idempotency-key')).toBe('first-try');
  });

  it('says whether the key is of the caller, or was made here', async () => {
    await post('/api/v1/things', DRAFT, { 'idempotency-key': 'mine' });
    await post('/api/v1/things', DRAFT);
    expect(edge.door.asked.map(({ keyGiven }) => keyGiven)).toEqual([true, false]);
  });

  it('takes an id that the client brings, and keeps it out of the command', async () => {
    await post('/api/v1/things', {
      ...DRAFT,
      id: ID,
      seenAt: '2026-03-01T10:00:00+02:00',
      note: 'Cafe\u0301 ',
    });
    expect(edge.door.asked[0]).toMatchObject({ id: ID, by: { sub: 'physician-demo', role: 'physician' } });
    expect(edge.door.asked[0]?.command).toEqual({
      type: 'DraftThing',
      ...DRAFT,
      seenAt: '2026-03-01T08:00:00.000Z',
      note: 'Caf\u00e9',
    });
  });

  it.each([
    ['an unknown field', { ...DRAFT, colour: 'red' }, '/colour'],
    [
      'an unknown field inside',
      { ...DRAFT, sites: [{ region: 'cervical', colour: 'red' }] },
      '/sites/0/colour',
    ],
    ['a name that every object has', { ...DRAFT, hasOwnProperty: 'x' }, '/hasOwnProperty'],
    ['a name with a slash', { ...DRAFT, 'a/b~c': 1 }, '/a~1b~0c'],
    ['30 February', { ...DRAFT, onset: '2026-02-30' }, '/onset'],
    ['a missing field', { title: 'x', sites: DRAFT.sites }, '/onset'],
    ['null for what may be left out', { ...DRAFT, note: null }, '/note'],
    [
      'a bad list item',
      { ...DRAFT, sites: [{ region: 'cervical' }, { region: 'elbow' }] },
      '/sites/1/region',
    ],
    ['a list item that is no object', { ...DRAFT, sites: ['cervical'] }, '/sites'],
    ['a list in a list', { ...DRAFT, sites: [[{ region: 'cervical' }]] }, '/sites'],
    ['a list for an object', { ...DRAFT, main: [{ region: 'cervical' }] }, '/main'],
    ['an object for a list', { ...DRAFT, sites: { 0: { region: 'cervical' } } }, '/sites'],
    [
      'too many items',
      { ...DRAFT, sites: Array.from({ length: 4 }, () => ({ region: 'cervical' })) },
      '/sites',
    ],
    ['a number as text', { ...DRAFT, visits: '5' }, '/visits'],
    ['a control character', { ...DRAFT, title: 'a\u0007b' }, '/title'],
    ['an empty text', { ...DRAFT, title: '  ' }, '/title'],
    ['an id in capitals', { ...DRAFT, id: ID.toUpperCase() }, '/id'],
  ])('%s is 422 and named by its place', async (_what, body, pointer) => {
    const answer = await post('/api/v1/things', body);
    expectProblem(answer, 422, 'REQUEST_INVALID');
    expect(answer.body.errors?.map((error) => error.pointer)).toContain(pointer);
    expect(edge.door.asked).toEqual([]);
  });

  it.each([
    ['no body', undefined],
    ['a list', []],
    ['a text', '"x"'],
    ['null', 'null'],
  ])('%s is 400', async (_what, body) => {
    expectProblem(await post('/api/v1/things', body), 400, 'BODY_REQUIRED');
  });
});

describe('an action', () => {
  it('takes no body, an empty object, and the version the caller has seen', async () => {
    expect((await post(`/api/v1/things/${ID}/send`)).status).toBe(200);
    expect((await post(`/api/v1/things/${ID}/send`, {}, { 'if-match': '"3"' })).status).toBe(200);
    expect((await post(`/api/v1/things/${ID}/send`, {}, { 'if-match': '*' })).status).toBe(200);
    expect(edge.door.asked.map(({ ifVersion }) => ifVersion)).toEqual([undefined, 3, undefined]);
    expect(edge.door.asked[0]?.command).toEqual({ type: 'SendThing' });
  });

  it('refuses headers that mean nothing', async () => {
    expectProblem(
      await post(`/api/v1/things/${ID}/send`, {}, { 'if-match': '3' }),
      400,
      'IF_MATCH_MALFORMED',
    );
    expectProblem(
      await post(`/api/v1/things/${ID}/send`, {}, { 'if-match': 'W/"3"' }),
      400,
      'IF_MATCH_MALFORMED',
    );
    expectProblem(
      await post(`/api/v1/things/${ID}/send`, {}, { 'idempotency-key': 'a b' }),
      400,
      'IDEMPOTENCY_KEY_MALFORMED',
    );
    expectProblem(
      await post(`/api/v1/things/${ID}/send`, {}, { 'idempotency-key': 'k'.repeat(256) }),
      400,
      'IDEMPOTENCY_KEY_MALFORMED',
    );
  });

  it('tells an id that is none as not found, and a body where none is taken', async () => {
    expectProblem(await post('/api/v1/things/not-an-id/send', {}), 404, 'NOT_FOUND');
    expectProblem(await post(`/api/v1/things/${ID}/send`, { note: 'x' }), 422, 'REQUEST_INVALID');
  });

  it.each([
    [
      {
        kind: 'refused',
        refusal: { code: 'REFERRAL_ILLEGAL_TRANSITION', detail: 'Not from here.', about: { from: 'Draft' } },
      },
      409,
      'REFERRAL_ILLEGAL_TRANSITION',
    ],
    [
      { kind: 'refused', refusal: { code: 'ICD_UNKNOWN', detail: 'No such code.', pointer: '/code' } },
      422,
      'ICD_UNKNOWN',
    ],
    [{ kind: 'refused', refusal: { code: 'SOMETHING_NEW', detail: 'No.' } }, 409, 'SOMETHING_NEW'],
    [{ kind: 'refused', refusal: { code: 'toString', detail: 'No.' } }, 409, 'toString'],
    [{ kind: 'stale', actual: 4 }, 412, 'VERSION_STALE'],
    [{ kind: 'keyReused' }, 422, 'IDEMPOTENCY_KEY_REUSED'],
    [{ kind: 'notFound' }, 404, 'NOT_FOUND'],
    [{ kind: 'forbidden', policy: 'default-deny' }, 403, 'FORBIDDEN_ROLE'],
  ] as const)('the outcome %j is %d %s', async (outcome, status, code) => {
    edge.door.next = outcome;
    expectProblem(await post(`/api/v1/things/${ID}/send`), status, code);
  });

  it('tells every reason that a rule had, the first of them in its own words', async () => {
    const unknown = { code: 'ICD_UNKNOWN', detail: 'No such code.', pointer: '/code' };
    const illegal = {
      code: 'REFERRAL_ILLEGAL_TRANSITION',
      detail: 'Not from here.',
      about: { from: 'Draft' },
    };
    edge.door.next = { kind: 'refused', refusal: { ...illegal, also: [unknown] } };
    const answer = await post(`/api/v1/things/${ID}/send`);
    expectProblem(answer, 409, 'REFERRAL_ILLEGAL_TRANSITION');
    expect(answer.body).toMatchObject({
      errors: [{ pointer: '/code', detail: 'No such code.' }],
      about: { from: 'Draft' },
      refusals: [
        { ...illegal, title: expect.any(String) },
        { ...unknown, title: expect.any(String) },
      ],
    });
    edge.door.next = { kind: 'refused', refusal: illegal };
    expect((await post(`/api/v1/things/${ID}/send`)).body).not.toHaveProperty('refusals');
  });

  it.each([
    ['StoreUnavailable', 503, 'STORE_UNAVAILABLE'],
    ['OutcomeUnknown', 503, 'OUTCOME_UNKNOWN'],
    ['LookupsBehind', 503, 'LOOKUPS_BEHIND'],
    ['LookupsIncomplete', 503, 'LOOKUPS_INCOMPLETE'],
    ['Contended', 503, 'CONTENDED'],
    ['Crowded', 503, 'CROWDED'],
    ['UpgradeNeeded', 503, 'UPGRADE_NEEDED'],
    ['StreamUnreadable', 503, 'STREAM_UNREADABLE'],
    ['ListBuilding', 503, 'LIST_BUILDING'],
    ['AppendTooLarge', 413, 'APPEND_TOO_LARGE'],
  ] as const)('%s is %d %s', async (name, status, code) => {
    edge.door.next = new TROUBLES[name]();
    const answer = await post(`/api/v1/things/${ID}/send`);
    expectProblem(answer, status, code);
    expect(answer.headers.has('retry-after')).toBe(status === 503);
  });

  it.each([
    ['only reads: it is being taken over by another', '25006', 503, 'STORE_UNAVAILABLE'],
    ['has no place left for a connection', '53300', 503, 'STORE_UNAVAILABLE'],
    ['waited too long for a lock', '55P03', 503, 'STORE_UNAVAILABLE'],
    ['ended the session', '57P01', 503, 'OUTCOME_UNKNOWN'],
    ['crashed', '57P02', 503, 'OUTCOME_UNKNOWN'],
    ['is starting', '57P03', 503, 'OUTCOME_UNKNOWN'],
    ['lost the connection', '08006', 503, 'OUTCOME_UNKNOWN'],
    ['closed the socket', 'ECONNRESET', 503, 'OUTCOME_UNKNOWN'],
    ['found a fault in the statement', '42601', 500, 'INTERNAL'],
  ] as const)('a database that %s is %s: %d %s', async (_which, sqlState, status, code) => {
    edge.door.next = ofTheDriver(sqlState);
    expectProblem(await post(`/api/v1/things/${ID}/send`), status, code);
  });
});

describe('a request that was told no', () => {
  it.each([
    ['denied', { kind: 'notFound' }, 'NOT_FOUND'],
    ['denied', { kind: 'forbidden', policy: 'default-deny' }, 'FORBIDDEN_ROLE'],
    [
      'refused',
      { kind: 'refused', refusal: { code: 'ICD_UNKNOWN', detail: 'No such code.' } },
      'ICD_UNKNOWN',
    ],
  ] as const)('leaves a record: %s by %j', async (kind, outcome, code) => {
    edge.door.next = outcome;
    await post(`/api/v1/things/${ID}/send`, undefined, { 'fascia-purpose': 'PATSFTY' });
    expect(edge.accesses.kept).toEqual([
      {
        kind,
        by: expect.objectContaining({ sub: 'physician-demo' }) as unknown,
        on: { route: 'POST /api/v1/things/:id/send', objectId: ID, purpose: 'PATSFTY' },
        patientIds: [],
        code,
      },
    ]);
  });

  it.each([
    ['was not understood', () => post(`/api/v1/things/${ID}/send`, '{')],
    [
      'met trouble of ours',
      () => ((edge.door.next = new TROUBLES.Contended()), post(`/api/v1/things/${ID}/send`)),
    ],
    ['has no address', () => call('/api/v1/nothing')],
    ['is nobody who is known', () => call('/api/v1/things', { headers: { authorization: '' } })],
  ])('that %s leaves none', async (_what, ask) => {
    expect((await ask()).status).toBeGreaterThanOrEqual(400);
    expect(edge.accesses.kept).toEqual([]);
  });

  it('tells in its record nothing that somebody typed in place of an id', async () => {
    expectProblem(await post('/api/v1/things/marsh-1970/send'), 404, 'NOT_FOUND');
    expect(edge.accesses.kept.map(({ on }) => on)).toEqual([{ route: 'POST /api/v1/things/:id/send' }]);
  });

  it('is told to come again while no record can be kept', async () => {
    edge.door.next = { kind: 'notFound' };
    edge.accesses.full = true;
    expectProblem(await post(`/api/v1/things/${ID}/send`), 503, 'STORE_UNAVAILABLE');
    edge.accesses.full = false;
  });
});

describe('hostile requests', () => {
  const path = '/api/v1/things';
  const deep = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

  it.each([
    ['half a document', '{"a":', 400, 'JSON_MALFORMED'],
    ['33 levels', deep(33), 400, 'JSON_TOO_DEEP'],
    ['100 000 levels', '['.repeat(100_000), 400, 'JSON_TOO_DEEP'],
    ['a name twice', '{"title":"a","title":"a"}', 400, 'JSON_DUPLICATE_KEY'],
    ['__proto__', '{"__proto__":{"admin":true}}', 400, 'JSON_FORBIDDEN_KEY'],
    ['what is compared by a text', '{"sites":{"length":{"toString":"1"}}}', 400, 'JSON_FORBIDDEN_KEY'],
    ['an escaped __proto__', '{"\\u005f_proto__":1}', 400, 'JSON_FORBIDDEN_KEY'],
    ['NUL', '{"title":"a\\u0000b"}', 400, 'JSON_BAD_TEXT'],
    ['a lone surrogate', '{"title":"\\ud800"}', 400, 'JSON_BAD_TEXT'],
    ['a huge number', '{"visits":1e400}', 400, 'JSON_BAD_NUMBER'],
    ['over a megabyte', `{"note":"${'x'.repeat(1024 * 1024)}"}`, 413, 'BODY_TOO_LARGE'],
  ])('%s is told as a problem', async (_what, body, status, code) => {
    expectProblem(await post(path, body), status, code);
  });

  it('takes JSON only, plain or gzip within bounds', async () => {
    expectProblem(
      await post(path, 'title=x', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      'MEDIA_TYPE_UNSUPPORTED',
    );
    expectProblem(await post(path, '{}', { 'content-type': 'text/plain' }), 415, 'MEDIA_TYPE_UNSUPPORTED');
    expectProblem(
      await post(path, '{}', { 'content-type': 'application/fhir+json' }),
      415,
      'MEDIA_TYPE_UNSUPPORTED',
    );
    expectProblem(await post(path, '{}', { 'content-encoding': 'br' }), 415, 'CONTENT_ENCODING_UNSUPPORTED');
    expectProblem(await post(path, '{}', { 'content-encoding': 'gzip' }), 400, 'GZIP_MALFORMED');
    expectProblem(
      await post(path, gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20)), { 'content-encoding': 'gzip' }),
      413,
      'BODY_TOO_LARGE',
    );
    expect((await post(path, gzipSync(JSON.stringify(DRAFT)), { 'content-encoding': 'gzip' })).status).toBe(
      201,
    );
    expectProblem(await post(path, new Uint8Array([0x7b, 0xff, 0x7d])), 400, 'JSON_BAD_TEXT');
  });

  it('knows its addresses and methods', async () => {
    expectProblem(await call('/api/v1/nothing'), 404, 'ROUTE_UNKNOWN');
    expectProblem(await call('/%zz'), 400, 'REQUEST_MALFORMED');
    const answer = await call('/api/v1/things', { method: 'DELETE' });
    expectProblem(answer, 405, 'METHOD_NOT_ALLOWED');
    expect(answer.headers.get('allow')).toBe('GET, HEAD, POST');
    expect(JSON.stringify((await call('/api/v1/nothing/secret-name')).body)).not.toContain('secret-name');
  });

  it('answers a mistake of ours with nothing but a request id', async () => {
    const answer = await call('/api/v1/things/broken');
    expectProblem(answer, 500, 'INTERNAL');
    expect(JSON.stringify(answer.body)).not.toMatch(/hunter2|at .*\.ts/);
    expect(
      edge.log.some(
        (line) =>
          line.includes('unexpected error') && line.includes(answer.headers.get('x-request-id') ?? '?'),
      ),
    ).toBe(true);
  });
});

describe('a list', () => {
  it('pages to the end by cursor', async () => {
    const first = await call('/api/v1/things?limit=3');
    expect(first.body).toMatchObject({
      items: [{ id: 1 }, { id: 2 }, { id: 3, who: 'physician-demo' }],
      next: expect.any(String),
    });
    const last = await call(`/api/v1/things?limit=3&cursor=${String(first.body['next'])}`);
    expect(last.body).toMatchObject({ items: [{ id: 4 }, { id: 5 }], next: null });
  });

  it.each(['limit=0', 'limit=201', 'limit=ten', 'limit=1&limit=2', 'order=up', 'status=lost', 'limit='])(
    '?%s is 422',
    async (query) => {
      expectProblem(await call(`/api/v1/things?${query}`), 422, 'REQUEST_INVALID');
    },
  );

  it.each(['cursor=abc', 'cursor=%00', `cursor=${Buffer.from('["text"]').toString('base64url')}`])(
    '?%s is 400',
    async (query) => {
      expectProblem(await call(`/api/v1/things?${query}`), 400, 'CURSOR_INVALID');
    },
  );

  it('waits for a write that the reader names, and tells what cannot be', async () => {
    const at = (position: bigint, digest = DIGEST): Record<string, string> => ({
      'fascia-at-least': encodePosition({ position, digest, partition: 0 }),
    });
    expect((await call('/api/v1/things', { headers: at(0n, '') })).status).toBe(200);
    expect((await call('/api/v1/things', { headers: at(7n) })).status).toBe(200);
    const behind = await call('/api/v1/things', { headers: at(8n) });
    expectProblem(behind, 503, 'READS_BEHIND');
    expect(behind.headers.get('retry-after')).toBe('1');
    expectProblem(await call('/api/v1/things', { headers: at(6n) }), 503, 'READS_INCOMPLETE');
    expectProblem(await call('/api/v1/things', { headers: at(10n) }), 400, 'POSITION_INVALID');
    expectProblem(await call('/api/v1/things', { headers: at(7n, 'f'.repeat(64)) }), 400, 'POSITION_INVALID');
    expectProblem(
      await call('/api/v1/things', { headers: { 'fascia-at-least': '7' } }),
      400,
      'POSITION_INVALID',
    );
  });
});

describe('operations', () => {
  it('tells liveness, readiness and metrics without a token', async () => {
    expect(await (await fetch(`${edge.url}/health/live`)).json()).toEqual({ status: 'live' });
    edge.http.health.register('store', () => ({ ok: false, detail: 'starting' }));
    const waiting = await call('/health/ready');
    expect(waiting.status).toBe(503);
    expect(waiting.body).toMatchObject({
      code: 'NOT_READY',
      checks: [{ name: 'store', ok: false, detail: 'starting' }],
    });
    edge.http.health.register('store', () => ({ ok: true }));
    expect((await call('/health/ready')).status).toBe(200);
    await call('/api/v1/things?limit=1');
    expect((await call('/metrics')).body['text']).toMatch(
      /fascia_http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/things",status="200"\}/,
    );
  });

  it('logs the route, never the address', async () => {
    await post(`/api/v1/things/${ID}/send?patient=Maria`);
    const line = edge.log.findLast((text) => text.includes('/api/v1/things/:id/send')) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({
      method: 'POST',
      role: 'physician',
      requestId: expect.any(String),
      ms: expect.any(Number),
    });
    expect(edge.log.join('')).not.toMatch(/Maria|Bearer|eyJ/);
    expect(edge.log.join('')).not.toContain(ID);
  });
});
