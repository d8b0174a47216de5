/** The API as a stranger meets it: what OpenAPI promises, what hostile input gets, what a wrong token gets. */
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { testDatabase, type TestDatabase } from '@fascia/testkit';
import { Pool } from 'pg';
import { faultsOf, resolved, type Document, type Operation, type Schema } from './document.js';
import { Fascia } from './harness.js';
import type { Answer, Person } from './person.js';
import { treatAPatient, type Treated } from './treatment.js';

/** Texts for the patterns in use; a pattern that is not here fails the spec and wants its example. */
const EXAMPLES: readonly string[] = ['2020-01-01', '1234567890', 'a'.repeat(64), '123456', 'unknown'];

const exampleOf = (schema: Schema, all: Document): unknown => {
  if (schema.$ref !== undefined) return exampleOf(resolved(schema, all), all);
  if (schema.allOf?.[0] !== undefined) return exampleOf(schema.allOf[0], all);
  if (schema.enum !== undefined) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([name]) => schema.required?.includes(name)).map(([name, part]) => [name, exampleOf(part, all)]));
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => exampleOf(schema.items ?? {}, all));
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return true;
    default:
      return textFor(schema);
  }
};

const textFor = ({ format, pattern }: Schema): string => {
  if (format === 'uuid') return randomUUID();
  if (format === 'date') return '2020-01-01';
  if (format === 'date-time') return '2030-01-01T10:00:00.000Z';
  if (pattern === undefined) return 'text';
  const fitting = EXAMPLES.find((text) => new RegExp(pattern, 'u').test(text));
  if (fitting === undefined) throw new Error(`no example for ${pattern}`);
  return fitting;
};

describe('the API', () => {
  let database: TestDatabase;
  let pool: Pool;
  let fascia: Fascia;
  let document: Document;
  let operator: Person;
  let physician: Person;

  const events = async (): Promise<number> =>
    Number((await pool.query<{ count: string }>("select count(*) from log.event where stream not like 'access-%'")).rows[0]?.count);

  const expectProblem = (answer: Answer, status: number, code: string): void => {
    expect({ status: answer.status, code: answer.body?.code }).toEqual({ status, code });
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(typeof answer.body.detail).toBe('string');
    expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|at Object|\.ts:/);
  };

  beforeAll(async () => {
    database = await testDatabase();
    pool = new Pool({ connectionString: database.connectionString });
    fascia = new Fascia({ env: { DATABASE_URL: database.connectionString } });
    await fascia.start();
    operator = fascia.as('operator-demo');
    physician = fascia.as('physician-demo');
    document = (await (await fetch(`${fascia.url}/openapi.json`)).json()) as Document;
  }, 120_000);

  afterAll(async () => {
    await fascia.dispose();
    await pool.end();
    await database.drop();
  }, 60_000);

  describe('as OpenAPI describes it', () => {
    it('is OpenAPI 3 with a unique id for every operation', () => {
      expect(document.openapi).toMatch(/^3\./);
      const ids = Object.values(document.paths).flatMap((path) => Object.values(path).map((operation) => operation.operationId));
      expect(ids).not.toContain(undefined);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBeGreaterThan(90);
    });

    it('answers every path and method of the document', async () => {
      for (const [path, methods] of Object.entries(document.paths)) {
        const real = path.replace('{id}', randomUUID()).replace('{stream}', `referral-${randomUUID()}`).replace('{name}', 'nothing');
        for (const method of Object.keys(methods)) {
          const answer = await operator.send(method.toUpperCase(), real, method === 'get' ? undefined : {});
          expect([path, method, answer.body?.code]).not.toEqual([path, method, 'ROUTE_NOT_FOUND']);
          expect([path, method, answer.status < 500]).toEqual([path, method, true]);
        }
      }
    }, 120_000);

    it('takes every body that the document calls valid, and refuses unknown and missing fields by pointer', async () => {
      let checked = 0;
      for (const [path, methods] of Object.entries(document.paths)) {
        const schema = methods['post']?.requestBody?.content['application/json']?.schema;
        if (schema === undefined) continue;
        const real = path.replace('{id}', randomUUID());
        const body = exampleOf(schema, document) as Record<string, unknown>;
        const taken = await operator.send('POST', real, body);
        expect([path, taken.status === 422 && taken.body.code === 'REQUEST_INVALID' ? taken.body.errors : 'taken']).toEqual([path, 'taken']);
        const unknown = await operator.send('POST', real, { ...body, surprise: 1 });
        expectProblem(unknown, 422, 'REQUEST_INVALID');
        expect(unknown.body.errors).toContainEqual(expect.objectContaining({ pointer: '/surprise' }));
        for (const name of Object.keys(body)) {
          const { [name]: _gone, ...rest } = body;
          const missing = await operator.send('POST', real, rest);
          expect([path, name, missing.body.errors?.[0]?.pointer]).toEqual([path, name, `/${name}`]);
        }
        checked += 1;
      }
      expect(checked).toBeGreaterThan(50);
    }, 240_000);
  });

  describe('in its answers, as OpenAPI describes them', () => {
    let ids: Treated;

    const operations = (method: string, under = '/api/v1/'): readonly Operation[] =>
      Object.entries(document.paths).flatMap(([path, methods]) => (path.startsWith(under) && methods[method] !== undefined ? [methods[method]] : []));
    const schemaOf = (operation: Operation | undefined, status = 200): Schema | undefined => operation?.responses[status]?.content?.['application/json']?.schema;
    const isList = (body: unknown): body is { items: unknown[] } => Array.isArray((body as { items?: unknown }).items);

    /** Who asks for what; lists before what they hold. */
    const questions = (): Readonly<Record<string, readonly [Person, string]>> => {
      const { patient, referral, plan, session, diagnosis, assessment, flag, task, importId } = ids;
      const [therapist, coordinator, auditor] = ['therapist-demo', 'coordinator-demo', 'auditor-demo'].map((name) => fascia.as(name)) as [Person, Person, Person];
      return {
        listPatients: [physician, '/patients'], getPatient: [physician, `/patients/${patient}`], getTimeline: [physician, `/patients/${patient}/timeline?limit=200`],
        listPractitioners: [physician, '/practitioners'], listOrganizations: [physician, '/organizations'], listListings: [physician, '/listings'],
        listReferrals: [physician, '/referrals'], getReferral: [therapist, `/referrals/${referral}`], checkReferral: [physician, `/referrals/check?patientId=${patient}`],
        listPlans: [physician, '/plans'], getPlan: [therapist, `/plans/${plan}`], listSessions: [coordinator, '/sessions'], getSession: [therapist, `/sessions/${session}`],
        listDiagnoses: [physician, '/diagnoses'], getDiagnosis: [therapist, `/diagnoses/${diagnosis}`], searchCodes: [therapist, '/icd10/codes?q=achilles'],
        listAssessments: [therapist, `/assessments?referralId=${referral}`], getAssessment: [physician, `/assessments/${assessment}`],
        listFlags: [physician, '/flags'], getFlag: [therapist, `/flags/${flag}`], listTasks: [physician, '/tasks?status=done'], getTask: [coordinator, `/tasks/${task}`],
        listAccess: [auditor, `/audit/access?patientId=${patient}`], replayStream: [auditor, `/audit/streams/referral-${referral}?at=2100-01-01T00:00:00Z`],
        getImport: [physician, `/imports/${importId}`], listModels: [operator, '/admin/models'], showStatus: [operator, '/admin/status'],
      };
    };

    const expectFit = (operation: Operation | undefined, answer: Answer): void => {
      const schema = schemaOf(operation, answer.status);
      expect([operation?.operationId, answer.status, schema === undefined]).toEqual([operation?.operationId, answer.status, false]);
      expect([operation?.operationId, faultsOf(answer.body, schema ?? {}, document)]).toEqual([operation?.operationId, []]);
      if (isList(answer.body)) expect([operation?.operationId, answer.body.items.length > 0]).toEqual([operation?.operationId, true]);
    };

    beforeAll(async () => {
      ids = await treatAPatient(fascia);
    }, 120_000);

    it('every query and every operation of an operator has its answer described', () => {
      const silent = [...operations('get'), ...operations('post')].filter((operation) => schemaOf(operation) === undefined);
      expect(silent.map((operation) => operation.operationId)).toEqual([]);
    });

    it('every query answers what it says it does', async () => {
      const asked = questions();
      expect(operations('get').map((operation) => operation.operationId).toSorted()).toEqual(Object.keys(asked).toSorted());
      for (const operation of operations('get')) {
        const [person, path] = asked[operation.operationId ?? ''] ?? [operator, ''];
        expectFit(operation, await person.get(`/api/v1${path}`));
      }
      const unusual = { referrals: [ids.redirected], sessions: [ids.stopped, ids.cancelled], assessments: ids.measures };
      for (const [name, wanted] of Object.entries(unusual)) {
        for (const id of wanted) expectFit(document.paths[`/api/v1/${name}/{id}`]?.['get'], await physician.get(`/api/v1/${name}/${id}`));
      }
      for (const path of ['/health/live', '/health/ready', '/asyncapi.json']) expectFit(document.paths[path]?.['get'], await operator.get(path));
    }, 60_000);

    it('the events are described to anybody who asks, each with its schema', async () => {
      const get = async (path: string): Promise<Answer> => {
        const response = await fetch(`${fascia.url}${path}`);
        return { status: response.status, headers: response.headers, body: await response.json() };
      };
      const described = await get('/asyncapi.json');
      expect([described.status, described.body.asyncapi]).toEqual([200, '3.0.0']);
      const { $ref } = described.body.components.messages.ReferralSent.payload.schema as { $ref: string };
      const schema = await get(new URL($ref, `${fascia.url}/asyncapi.json`).pathname);
      expect([schema.status, schema.body.title, schema.headers.get('content-type')]).toEqual([200, 'ReferralSent', 'application/schema+json; charset=utf-8']);
      expect(document.paths['/schemas/{type}.json']?.['get']).toBeDefined();
      for (const unknown of ['/schemas/ReferralLost.json', '/schemas/__proto__.json']) expectProblem(await get(unknown), 404, 'NOT_FOUND');
    });

    it('everything of the demonstration fits, page by page', async () => {
      for (const name of ['referrals', 'plans', 'sessions', 'diagnoses', 'assessments', 'flags', 'tasks', 'tasks?status=done', 'patients']) {
        const [path = '', filter = ''] = name.split('?');
        for (const person of ['physician-demo', 'therapist-demo', 'coordinator-two-demo', 'massage-demo'].map((one) => fascia.as(one))) {
          let cursor: string | null = null;
          do {
            const more: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
            const { status, body } = await person.get(`/api/v1/${path}?limit=7&${filter}${more}`);
            const schema = schemaOf(document.paths[`/api/v1/${path}`]?.['get']);
            expect([name, person.name, status, faultsOf(body, schema ?? {}, document)]).toEqual([name, person.name, 200, []]);
            cursor = body.next as string | null;
          } while (cursor !== null);
        }
      }
    }, 120_000);

    it('operators and imports are answered as described', async () => {
      const post = (path: string): Operation | undefined => document.paths[`/api/v1/${path}`]?.['post'];
      for (const what of ['rebuild', 'verify', 'retry']) {
        expectFit(post(`admin/models/{name}/${what}`), await operator.insists('POST', `/api/v1/admin/models/patient/${what}`));
      }
      for (const status of [201, 200]) {
        const bundle = JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: [{ resource: { resourceType: 'Observation', id: 'o' } }] });
        const answer = await physician.insists('POST', '/api/v1/imports', bundle, { 'content-type': 'application/fhir+json' });
        expect(answer.status).toBe(status);
        expectFit(post('imports'), answer);
      }
    }, 60_000);

    it('a doctored answer does not pass', async () => {
      const operation = document.paths['/api/v1/referrals/{id}']?.['get'];
      const { body } = await physician.get(`/api/v1/referrals/${ids.referral}`);
      const { version: _gone, ...incomplete } = body as Record<string, unknown>;
      const doctored: readonly (readonly [string, unknown])[] = [
        ['/version: missing', incomplete], ['/surprise: not documented', { ...body, surprise: 1 }], ['/id: no uuid', { ...body, id: 'seven' }],
        ['/state: "Lost" is none of', { ...body, state: 'Lost' }], ['/open: no boolean', { ...body, open: 'yes' }], ['/patient: no object', { ...body, patient: null }],
        ['/enteredStateAt: no date-time', { ...body, enteredStateAt: 'yesterday' }], ['/sites/0/region: "tail"', { ...body, sites: [{ region: 'tail', tissues: [] }] }],
        ['/content/surprise: not documented', { ...body, content: { surprise: 1 } }], ['/allowedActions/0: no string', { ...body, allowedActions: [7] }],
      ];
      expect(faultsOf(body, schemaOf(operation) ?? {}, document)).toEqual([]);
      for (const [fault, answer] of doctored) expect(faultsOf(answer, schemaOf(operation) ?? {}, document)).toEqual([expect.stringContaining(fault)]);
    });
  });

  describe('to a bad token', () => {
    const plain = async (headers: Record<string, string>): Promise<Answer> => {
      const response = await fetch(`${fascia.url}/api/v1/referrals`, { headers });
      return { status: response.status, headers: response.headers, body: await response.json() };
    };
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

    it('says what is wrong and asks for another', async () => {
      expectProblem(await plain({}), 401, 'TOKEN_MISSING');
      expectProblem(await plain({ authorization: 'Bearer nonsense' }), 401, 'TOKEN_INVALID');
      const token = await fascia.token('physician-demo');
      const [head, , signature] = token.split('.');
      const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as object;
      expectProblem(await plain({ authorization: `Bearer ${String(head)}.${part({ ...payload, sub: 'operator-demo' })}.${String(signature)}` }), 401, 'TOKEN_INVALID');
      expectProblem(await plain({ authorization: `Bearer ${part({ alg: 'none' })}.${part(payload)}.` }), 401, 'TOKEN_INVALID');
      expect((await plain({})).headers.get('www-authenticate')).toMatch(/^Bearer/);
    });
  });

  describe('to hostile or broken input', () => {
    const raw = (body: string | Uint8Array, headers: Record<string, string> = {}): Promise<Answer> => physician.send('POST', '/api/v1/referrals', body, headers);
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
      ['30 February', JSON.stringify({ patientId: randomUUID(), content: { validUntil: '2027-02-30' } }), {}, 422, 'REQUEST_INVALID'],
      ['a malformed If-Match', JSON.stringify({ patientId: randomUUID(), content: {} }), { 'if-match': 'yesterday' }, 400, 'IF_MATCH_MALFORMED'],
      ['a patient nobody knows', JSON.stringify({ patientId: randomUUID(), content: {} }), {}, 403, 'FORBIDDEN_ROLE'],
    ])('%s gets its problem, and nothing is stored', async (_what, body, headers, status, code) => {
      const before = await events();
      expectProblem(await raw(body, headers), status, code);
      expect(await events()).toBe(before);
    });

    it('an oversized body is refused before it is read', async () => {
      expectProblem(await raw(JSON.stringify({ patientId: 'x'.repeat(2 * 1024 * 1024) })), 413, 'BODY_TOO_LARGE');
    });

    it('a truncated, a damaged and an exploding import are refused', async () => {
      const send = (body: Uint8Array): Promise<Answer> =>
        physician.send('POST', '/api/v1/imports', body, { 'content-type': 'application/fhir+json', 'content-encoding': 'gzip' });
      const packed = gzipSync(JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: [] }));
      expectProblem(await send(packed.subarray(0, packed.length - 6)), 400, 'GZIP_MALFORMED');
      expectProblem(await send(Buffer.from('not gzip at all')), 400, 'GZIP_MALFORMED');
      expectProblem(await send(gzipSync(Buffer.alloc(40 * 1024 * 1024, 32))), 413, 'BODY_TOO_LARGE');
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
        Array.from({ length: 50 }, () => physician.send('POST', '/api/v1/referrals', { patientId, content }, { 'idempotency-key': key })),
      );
      expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
      expect(answers.every((answer) => answer.status === 201)).toBe(true);
      const stream = `referral-${String(answers[0]?.body.id)}`;
      expect((await pool.query('select 1 from log.event where stream = $1', [stream])).rowCount).toBe(1);
    });

    it('one key with another body is refused', async () => {
      const key = randomUUID();
      await physician.does('/api/v1/referrals', { patientId, content }, key);
      const draft = await physician.send('POST', '/api/v1/referrals', { patientId, content: { priority: 'stat' } }, { 'idempotency-key': key });
      expectProblem(draft, 422, 'IDEMPOTENCY_KEY_REUSED');
    });

    it('somebody else\'s key is somebody else\'s command', async () => {
      const key = randomUUID();
      const mine = await physician.does('/api/v1/referrals', { patientId, content }, key);
      const theirs = await fascia.as('delegate-demo').does('/api/v1/referrals', { patientId, content }, key);
      expect(theirs.id).not.toBe(mine.id);
    });

    it('answers as the first time after the state moved on', async () => {
      const { id } = await physician.does('/api/v1/referrals', { patientId, content });
      const key = randomUUID();
      const first = await physician.does(`/api/v1/referrals/${String(id)}/edit-draft`, { content: { priority: 'urgent' } }, key);
      await physician.does(`/api/v1/referrals/${String(id)}/discard-draft`);
      expect(await physician.does(`/api/v1/referrals/${String(id)}/edit-draft`, { content: { priority: 'urgent' } }, key)).toEqual(first);
      expectProblem(await physician.send('POST', `/api/v1/referrals/${String(id)}/edit-draft`, { content }), 409, 'REFERRAL_ILLEGAL_TRANSITION');
    });

    it('a stale If-Match is told', async () => {
      const { id } = await physician.does('/api/v1/referrals', { patientId, content });
      await physician.does(`/api/v1/referrals/${String(id)}/edit-draft`, { content: { priority: 'urgent' } });
      expectProblem(await physician.send('POST', `/api/v1/referrals/${String(id)}/edit-draft`, { content }, { 'if-match': '"1"' }), 412, 'VERSION_STALE');
    });

    it('what belongs to others does not exist', async () => {
      const { id } = await physician.does('/api/v1/referrals', { patientId, content });
      const stranger = fascia.as('physician-two-demo');
      expectProblem(await stranger.get(`/api/v1/referrals/${String(id)}`), 404, 'NOT_FOUND');
      expectProblem(await stranger.send('POST', `/api/v1/referrals/${String(id)}/discard-draft`), 404, 'NOT_FOUND');
      expectProblem(await stranger.get(`/api/v1/patients/${patientId}`), 404, 'NOT_FOUND');
      expectProblem(await fascia.as('auditor-demo').get(`/api/v1/referrals/${String(id)}`), 404, 'NOT_FOUND');
      expectProblem(await physician.get(`/api/v1/audit/access?patientId=${patientId}`), 403, 'FORBIDDEN_ROLE');
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
