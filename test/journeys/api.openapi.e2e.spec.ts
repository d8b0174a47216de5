/** The API as a stranger meets it: what OpenAPI promises of paths, methods and bodies. */
import { randomUUID } from 'node:crypto';
import { resolved, type Document, type Schema } from './document.js';
import type { Person } from './person.js';
import { expectProblem, served, type Served } from './served.js';

/** Texts for the patterns in use; a pattern that is not here fails the spec and wants its example. */
const EXAMPLES: readonly string[] = [
  '2020-01-01',
  '1234567890',
  'a'.repeat(64),
  '123456',
  'unknown',
  'urn:a',
];

const exampleOf = (schema: Schema, all: Document): unknown => {
  if (schema.$ref !== undefined) return exampleOf(resolved(schema, all), all);
  const [shape] = [...(schema.allOf ?? []), ...(schema.oneOf ?? [])];
  if (shape !== undefined) return exampleOf(shape, all);
  if (schema.enum !== undefined) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([name]) => schema.required?.includes(name))
          .map(([name, part]) => [name, exampleOf(part, all)]),
      );
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
  let api: Served;
  let document: Document;
  let operator: Person;

  beforeAll(async () => {
    api = await served();
    document = api.document;
    operator = api.fascia.as('operator-demo');
  });

  afterAll(() => api.dispose());

  describe('as OpenAPI describes it', () => {
    it('is OpenAPI 3 with a unique id for every operation', () => {
      expect(document.openapi).toMatch(/^3\./);
      const ids = Object.values(document.paths).flatMap((path) =>
        Object.values(path).map((operation) => operation.operationId),
      );
      expect(ids).not.toContain(undefined);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBeGreaterThan(90);
    });

    it('answers every path and method of the document', async () => {
      // What an address that is not there is told; nothing in the document may be told it.
      const nowhere = await operator.send('POST', '/api/v1/nothing', {});
      expectProblem(nowhere, 404, 'ROUTE_UNKNOWN');
      for (const [path, methods] of Object.entries(document.paths)) {
        const real = path
          .replace('{id}', randomUUID())
          .replace('{stream}', `referral-${randomUUID()}`)
          .replace('{name}', 'nothing');
        for (const [method, { responses }] of Object.entries(methods)) {
          // A stream does not end (live.e2e.spec.ts).
          if (responses[200]?.content?.['text/event-stream'] !== undefined) continue;
          const answer = await operator.send(method.toUpperCase(), real, method === 'get' ? undefined : {});
          expect([path, method, answer.body?.code]).not.toEqual([path, method, nowhere.body.code]);
          expect([path, method, answer.status < 500]).toEqual([path, method, true]);
        }
      }
    });

    it('takes every body that the document calls valid, and refuses unknown and missing fields by pointer', async () => {
      let checked = 0;
      for (const [path, methods] of Object.entries(document.paths)) {
        const schema = methods['post']?.requestBody?.content['application/json']?.schema;
        if (schema === undefined) continue;
        const real = path.replace('{id}', randomUUID());
        const body = exampleOf(schema, document) as Record<string, unknown>;
        const taken = await operator.send('POST', real, body);
        expect([
          path,
          taken.status === 422 && taken.body.code === 'REQUEST_INVALID' ? taken.body.errors : 'taken',
        ]).toEqual([path, 'taken']);
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
});
