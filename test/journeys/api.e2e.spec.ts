/** The API as a stranger meets it: what OpenAPI promises, what hostile input gets, what a wrong token gets. */
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { testDatabase, type TestDatabase } from '@fascia/testkit';
import { Pool } from 'pg';
import { Fascia, type Answer, type Person } from './harness.js';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly allOf?: readonly Schema[];
}

interface Operation {
  readonly operationId?: string;
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Texts for the patterns in use; a pattern that is not here fails the spec and wants its example. */
const EXAMPLES: readonly string[] = ['2020-01-01', '1234567890', 'a'.repeat(64), '123456', 'unknown'];

const exampleOf = (schema: Schema, all: Document): unknown => {
  if (schema.$ref !== undefined) return exampleOf(all.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, all);
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
