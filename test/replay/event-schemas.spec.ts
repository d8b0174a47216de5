/** What is told to others about the stored events is true of the bytes, of every release and of any data. */
import { randomUUID } from 'node:crypto';
import specs from '@asyncapi/specs';
import { Ajv, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { eventDocs } from '@fascia/composition';
import { personalPaths, streamOf, type FieldPath } from '@fascia/kernel';
import { memorySubjectKeys } from '@fascia/sealing';
import { makeCodec } from '@fascia/write-door';
import { contracts } from '@fascia/composition';
import { arbitraryOf } from './arbitrary.js';
import { goldensOf } from './goldens.js';
import { contractByCategory, STORED_TYPES } from './stored-events.js';

type Formats = (ajv: Ajv) => Ajv;

const { asyncApi, schemas } = eventDocs('fascia.care.v1');
const ajv = new Ajv2020({
  strict: true,
  allowUnionTypes: true,
  keywords: ['x-fascia-personal'],
  validateFormats: true,
});
(addFormats as unknown as Formats)(ajv);
const checks = new Map<string, ValidateFunction>(
  [...schemas].map(([type, schema]) => [type, ajv.compile(schema)]),
);

const faultsOf = (type: string, data: unknown): readonly string[] => {
  const check = checks.get(type);
  if (check === undefined) return [`no schema for ${type}`];
  return check(data)
    ? []
    : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${String(message)}`);
};

/** The values at a path; `*` stands for every element or key. */
const at = (value: unknown, [step, ...rest]: FieldPath): readonly unknown[] => {
  if (step === undefined) return [value];
  if (value === null || typeof value !== 'object') return [];
  const parts =
    step === '*'
      ? Object.values(value)
      : Object.hasOwn(value, step)
        ? [(value as Readonly<Record<string, unknown>>)[step]]
        : [];
  return parts.flatMap((part) => at(part, rest));
};

describe('the schemas of stored events', () => {
  it('are there for every type, each under its own address', () => {
    expect([...schemas.keys()].toSorted()).toEqual(STORED_TYPES.map(({ type }) => type).toSorted());
    expect(new Set([...schemas.values()].map((schema) => (schema as { $id: string }).$id)).size).toBe(
      schemas.size,
    );
  });

  it('take the bytes of every release whose version they describe', () => {
    const goldens = [...contractByCategory.keys()].flatMap((category) => goldensOf(category));
    const present = goldens.filter(({ type, schemaVersion }) =>
      STORED_TYPES.some((stored) => stored.type === type && stored.declared.version === schemaVersion),
    );
    expect(present.length).toBeGreaterThanOrEqual(STORED_TYPES.length);
    expect(
      present.flatMap(({ type, data }) =>
        faultsOf(type, JSON.parse(data)).map((fault) => `${type} ${fault}`),
      ),
    ).toEqual([]);
  });

  it.each(STORED_TYPES)(
    'take any $type as the codec writes it, and no key that it does not name',
    async ({ category, type, declared }) => {
      const codec = makeCodec(contracts, memorySubjectKeys());
      await fc.assert(
        fc.asyncProperty(arbitraryOf(declared.schema) as fc.Arbitrary<object>, async (data) => {
          const metadata = {
            occurredAt: '',
            actor: { sub: '', role: 'physician', organizationId: '' },
            correlationId: '',
            causationId: '',
            commandId: '',
            requestDigest: '',
          } as const;
          const written = await codec.encode({
            stream: streamOf(category, randomUUID()),
            version: 1,
            id: randomUUID(),
            event: { type, data },
            metadata,
          });
          const stored = JSON.parse(Buffer.from(written.data).toString('utf8')) as object;
          expect(faultsOf(type, stored)).toEqual([]);
          expect(faultsOf(type, { ...stored, surprise: 1 })).not.toEqual([]);
          const personal = personalPaths(declared.schema)
            .flatMap((path) => at(stored, path))
            .filter((value) => value !== null);
          expect(
            personal.filter((value) => typeof (value as { $sealed?: unknown }).$sealed !== 'string'),
          ).toEqual([]);
        }),
        { numRuns: 10 },
      );
    },
  );

  it('mark as many fields as are sealed', () => {
    const marks = (value: unknown): number =>
      value === null || typeof value !== 'object'
        ? 0
        : Object.entries(value).reduce(
            (sum, [key, part]) => sum + (key === 'x-fascia-personal' ? 1 : marks(part)),
            0,
          );
    for (const { type, declared } of STORED_TYPES)
      expect([type, marks(schemas.get(type)) >= personalPaths(declared.schema).length]).toEqual([type, true]);
    expect(JSON.stringify([...schemas.values()])).not.toContain('fasciaPersonal');
  });

  it('refuse what was changed', () => {
    const { data } = goldensOf('referral').find(({ type }) => type === 'ReferralDrafted') ?? { data: '{}' };
    const stored = JSON.parse(data) as Record<string, unknown>;
    expect(faultsOf('ReferralDrafted', stored)).toEqual([]);
    for (const key of Object.keys(stored))
      expect([key, faultsOf('ReferralDrafted', { ...stored, [key]: 7 })]).not.toEqual([key, []]);
    expect(faultsOf('ReferralDrafted', {})).not.toEqual([]);
    const sealed = goldensOf('referral').find((golden) => golden.data.includes('"$sealed":"v2.'));
    expect(
      faultsOf(
        sealed?.type ?? '',
        JSON.parse(sealed?.data.replace('"$sealed":"v2.', '"$sealed":"v9.') ?? '{}'),
      ),
    ).not.toEqual([]);
  });
});

describe('the AsyncAPI document', () => {
  const check = new Ajv({ strict: false, validateFormats: false }).compile(
    specs.schemasWithoutId['3.0.0'] as object,
  );
  type Described = {
    channels: { care: { messages: object; address: string } };
    components: { messages: Record<string, { payload: { schema: { $ref: string } } }> };
  };
  const document = asyncApi as Described;

  it('is AsyncAPI 3.0', () => {
    expect([check(asyncApi), check.errors]).toEqual([true, null]);
  });

  it('would not be with a channel that says nothing, or another version', () => {
    expect(check({ ...asyncApi, channels: { care: { address: 7 } } })).toBe(false);
    expect(check({ ...asyncApi, asyncapi: '2.6.0' })).toBe(false);
  });

  it('has a message for every event that is relayed, and each points to its schema', () => {
    const relayed = STORED_TYPES.filter(({ category }) => category !== 'access').map(({ type }) => type);
    expect(Object.keys(document.channels.care.messages).toSorted()).toEqual(relayed.toSorted());
    expect(document.channels.care.address).toBe('fascia.care.v1');
    for (const [type, { payload }] of Object.entries(document.components.messages)) {
      expect(payload.schema.$ref).toBe(`./schemas/${type}.json`);
      expect(schemas.has(type)).toBe(true);
    }
  });
});
