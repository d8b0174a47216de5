/** The API as it describes itself, and its doors tried without anything behind them: what reaches a rule, what is turned away. */
import { Module, type DynamicModule } from '@nestjs/common';
import { accessPolicy, allDoors, DoorsModule } from '@fascia/composition';
import { createHttpApp, WRITE_DOOR, type HttpApp } from '@fascia/http';
import type { Actor, Command } from '@fascia/kernel';
import { createLogger, Metrics } from '@fascia/observability';
import type { CommandRequest, Outcome } from '@fascia/write-door';
import type { Document, Schema } from '../journeys/document.js';

const ID = '00000000-0000-4000-8000-00000000000a';
const CALLER: Actor = { sub: 'caller', role: 'physician', organizationId: ID, practitionerId: ID };

/** Takes every command and remembers the last. */
class Behind {
  readonly policy = accessPolicy();
  last: CommandRequest<Command> | undefined;

  handle(_aggregate: unknown, request: CommandRequest<Command>): Promise<Outcome> {
    this.last = request;
    return Promise.resolve({
      kind: 'done',
      id: request.id,
      version: 1,
      position: 1n,
      digest: '',
      stage: 'taken',
      created: false,
      repeated: false,
    });
  }
}

@Module({})
class Doors {}

export class DescribedApi {
  private constructor(
    private readonly http: HttpApp,
    private readonly behind: Behind,
  ) {}

  static async open(): Promise<DescribedApi> {
    const behind = new Behind();
    const edge = {
      verifier: {
        verify: () =>
          Promise.resolve({ ok: true as const, sub: 'caller', issuer: 'spec', expiresAt: new Date(8.64e15) }),
      },
      callers: { rolesOf: () => Promise.resolve([CALLER]), isPhysicianIn: () => Promise.resolve(false) },
      positions: {
        digestAt: () => Promise.resolve(undefined),
        waitFor: () => Promise.resolve(true),
        isLacking: () => Promise.resolve(false),
      },
      accessLog: { record: () => undefined },
      topic: 'fascia.care.v1',
    };
    const { controllers, providers } = allDoors();
    const others = providers.filter((one) => (one as { provide?: unknown }).provide !== WRITE_DOOR);
    const doors = DoorsModule.of(edge, {
      controllers,
      providers: [...others, { provide: WRITE_DOOR, useValue: behind }],
    });
    const root: DynamicModule = { module: Doors, imports: [doors], exports: [] };
    const http = await createHttpApp(root, {
      title: 'Fascia',
      version: '0.1.0',
      logger: createLogger({ level: 'silent' }),
      metrics: new Metrics({ ofProcess: false }),
      busyMs: 0,
    });
    await http.app.init();
    await http.app.getHttpAdapter().getInstance().ready();
    return new DescribedApi(http, behind);
  }

  get document(): Document {
    return JSON.parse(JSON.stringify(this.http.openApi)) as Document;
  }

  /** @returns the command that came through, or the problem */
  async post(path: string, body: unknown): Promise<unknown> {
    this.behind.last = undefined;
    const answer = await this.http.app.inject({
      method: 'POST',
      url: path.replace('{id}', ID),
      headers: { authorization: 'Bearer any', 'content-type': 'application/json', 'idempotency-key': 'net' },
      payload: JSON.stringify(body),
    });
    if (answer.statusCode < 300)
      return { took: (this.behind.last as CommandRequest<Command> | undefined)?.command };
    const { status, code, errors } = answer.json<{ status: number; code: string; errors?: unknown }>();
    return { status, code, ...(errors === undefined ? {} : { errors }) };
  }

  close(): Promise<void> {
    return this.http.stop();
  }
}

/** A schema without pointers: names of components may change, what they say may not. */
export const inlined = (node: unknown, all: Document, seen: readonly string[] = []): unknown => {
  if (Array.isArray(node)) return node.map((part) => inlined(part, all, seen));
  if (node === null || typeof node !== 'object') return node;
  const { $ref, ...rest } = node as Readonly<Record<string, unknown>> & { readonly $ref?: string };
  if (typeof $ref === 'string') {
    if (seen.includes($ref)) return { $ref };
    return inlined({ ...all.components.schemas[$ref.split('/').at(-1) ?? ''], ...rest }, all, [
      ...seen,
      $ref,
    ]);
  }
  const allOf = rest['allOf'] as readonly object[] | undefined;
  if (allOf?.length === 1) {
    const { allOf: _one, ...beside } = rest;
    return inlined({ ...(inlined(allOf[0], all, seen) as object), ...beside }, all, seen);
  }
  const parts = Object.entries(rest).map(([key, part]) => [
    key,
    key === 'required' && Array.isArray(part) ? part.toSorted() : inlined(part, all, seen),
  ]);
  return Object.fromEntries(parts);
};

const TEXTS: readonly string[] = [
  '2020-01-01',
  '1234567890',
  'a'.repeat(64),
  '123456',
  'unknown',
  'urn:oid:1.2.3',
];

const textFor = ({ format, pattern }: Schema): string => {
  if (format === 'uuid') return ID;
  if (format === 'date') return '2020-01-01';
  if (format === 'date-time') return '2030-01-01T12:00:00+02:00';
  if (pattern === undefined) return ' tex\u0301t ';
  const fitting = TEXTS.find((text) => new RegExp(pattern, 'u').test(text));
  if (fitting === undefined) throw new Error(`no example for ${pattern}`);
  return fitting;
};

type Inlined = Omit<Schema, '$ref' | 'allOf'>;

/** Every field filled: the fullest example that a schema allows. */
export const exampleOf = (schema: Inlined): unknown => {
  if (schema.oneOf?.[0] !== undefined) return exampleOf(schema.oneOf[0]);
  if (schema.enum !== undefined) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, part]) => [name, exampleOf(part)]),
      );
    case 'array':
      return Array.from({ length: Math.max(schema.minItems ?? 0, 1) }, () => exampleOf(schema.items ?? {}));
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return true;
    default:
      return textFor(schema);
  }
};

interface Trial {
  readonly what: string;
  readonly body: unknown;
}

const WRONG: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['a number', -12_345.5],
  ['a text', 'nothing of the kind'],
  ['a list', ['x']],
  ['an object', { x: 1 }],
  ['empty', ''],
  ['long', 'x'.repeat(4_100)],
  ['controls', 'a\u0007'],
];

const replaced = (whole: unknown, [step, ...rest]: readonly (string | number)[], value: unknown): unknown => {
  if (step === undefined) return value;
  if (Array.isArray(whole))
    return whole.map((part: unknown, index) => (index === step ? replaced(part, rest, value) : part));
  const object = whole as Readonly<Record<string, unknown>>;
  if (rest.length === 0 && value === undefined)
    return Object.fromEntries(Object.entries(object).filter(([name]) => name !== step));
  return { ...object, [step]: replaced(object[step], rest, value) };
};

const placesIn = (
  value: unknown,
  at: readonly (string | number)[] = [],
): readonly (readonly (string | number)[])[] => {
  if (value === null || typeof value !== 'object') return [at];
  const inner = Array.isArray(value)
    ? value.map((part: unknown, index) => [index, part] as const)
    : Object.entries(value);
  return [
    ...(at.length === 0 ? [] : [at]),
    ...inner.flatMap(([step, part]) => placesIn(part, [...at, step])),
  ];
};

/** The whole body, each place left out, each filled with what does not belong there, and a name that nobody knows. */
export const trialsOf = (schema: Inlined): readonly Trial[] => {
  const whole = exampleOf(schema);
  const trials = placesIn(whole).flatMap((place): readonly Trial[] => {
    const name = `/${place.join('/')}`;
    const gone =
      typeof place.at(-1) === 'number'
        ? []
        : [{ what: `${name} left out`, body: replaced(whole, place, undefined) }];
    return [
      ...gone,
      ...WRONG.map(([what, value]) => ({ what: `${name} is ${what}`, body: replaced(whole, place, value) })),
    ];
  });
  const surprises = placesIn(whole)
    .filter((place) => typeof place.at(-1) === 'string')
    .flatMap((place): readonly Trial[] => {
      const surprised = replaced(whole, [...place.slice(0, -1), 'surprise'], 1);
      return [{ what: `a surprise beside /${place.join('/')}`, body: surprised }];
    });
  return [{ what: 'whole', body: whole }, { what: 'empty', body: {} }, ...trials, ...surprises.slice(0, 3)];
};
