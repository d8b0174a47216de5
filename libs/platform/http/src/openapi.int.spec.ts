import { startEdge, type Edge } from './edge.spec-data.js';

interface Operation {
  operationId?: string;
  parameters?: { name?: string; in?: string; $ref?: string }[];
  responses: Record<string, { content?: Record<string, unknown> }>;
  requestBody?: { content: Record<string, { schema: { $ref?: string } }> };
}

interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, object> & {
    schemas: Record<
      string,
      { properties?: Record<string, unknown>; required?: string[]; additionalProperties?: unknown }
    >;
  };
}

let edge: Edge;
let document: Document;

beforeAll(async () => {
  edge = await startEdge();
  document = (await (await fetch(`${edge.url}/openapi.json`)).json()) as Document;
});

afterAll(() => edge.close());

const refs = (node: unknown): string[] => {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => (key === '$ref' ? [String(value)] : refs(value)));
};

describe('the API description', () => {
  it('points only at what it holds, names operations once, and declares every part of a path', () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.values(methods).map((operation) => ({ path, operation })),
    );
    expect(document.openapi).toMatch(/^3\./);
    for (const ref of refs(document)) {
      const [part = '', name = ''] = ref.replace('#/components/', '').split('/');
      expect(Object.keys(document.components[part] ?? {})).toContain(name);
    }
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, operation } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect((operation.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(
        inPath,
      );
    }
  });

  it('describes a command whole: body, headers, answer and every problem', () => {
    const create = document.paths['/api/v1/things']?.['post'];
    expect(create?.operationId).toBe('draftThing');
    expect(create?.requestBody?.content['application/json']?.schema.$ref).toBe(
      '#/components/schemas/DraftThingBody',
    );
    expect(create?.parameters?.map(({ name, $ref }) => name ?? $ref)).toEqual(
      expect.arrayContaining(['Idempotency-Key', 'If-Match', '#/components/parameters/Purpose']),
    );
    expect(Object.keys(create?.responses ?? {})).toEqual(
      expect.arrayContaining(['201', '400', '401', '403', '404', '409', '412', '413', '415', '422', '503']),
    );
    expect(Object.keys(create?.responses['409']?.content ?? {})).toEqual(['application/problem+json']);
    expect(document.paths['/api/v1/things/{id}/send']?.['post']?.operationId).toBe('sendThing');
  });

  it('says what validation does', () => {
    expect(document.components.schemas['DraftThingBody']).toMatchObject({
      required: ['title', 'onset', 'sites'],
      additionalProperties: false,
      properties: {
        id: { type: 'string', format: 'uuid' },
        title: { type: 'string', minLength: 1, maxLength: 80 },
        onset: { type: 'string', format: 'date' },
        seenAt: { type: 'string', format: 'date-time' },
        sites: { type: 'array', minItems: 1, maxItems: 3, items: { $ref: '#/components/schemas/Site' } },
        visits: { type: 'integer', minimum: 1, maximum: 60 },
        urgent: { type: 'boolean' },
      },
    });
    expect(document.components.schemas['Site']).toMatchObject({
      additionalProperties: false,
      properties: { region: { enum: ['cervical', 'shoulder'] } },
    });
  });

  it('is shown at /docs with files of our own', async () => {
    const page = await fetch(`${edge.url}/docs`);
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html).not.toMatch(/(src|href)="https?:/);
    const script = await fetch(`${edge.url}/docs/swagger-ui-bundle.js`);
    expect(script.status).toBe(200);
    expect((await script.text()).length).toBeGreaterThan(100_000);
  });
});
