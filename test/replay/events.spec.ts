import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import {
  ERASED,
  factOf,
  streamOf,
  uuidFrom,
  type Actor,
  type Category,
  type DomainEvent,
  type EventMetadata,
  type NewEvent,
  type StoredEvent,
  type StreamName,
} from '@fascia/kernel';
import { memorySubjectKeys } from '@fascia/sealing';
import { past } from '@fascia/testkit';
import { makeCodec } from '@fascia/write-door';
import { contracts } from '@fascia/composition';
import { arbitraryOf, PERSONAL_MARK } from './arbitrary.js';
import { contractByCategory, foldOf, STORED_TYPES } from './stored-events.js';

const PATIENT = '00000000-0000-4000-8000-000000000010';
const BY: Actor = { sub: 'spec', role: 'physician', organizationId: '00000000-0000-4000-8000-000000000001' };
const RUNS = 15;

const codec = makeCodec(contracts, memorySubjectKeys());

const metadata: Omit<EventMetadata, 'schemaVersion'> = {
  occurredAt: '2026-04-01T09:00:00.000Z',
  actor: BY,
  patientId: PATIENT,
  correlationId: 'c',
  causationId: 'd',
  commandId: 'e',
  requestDigest: 'f',
};

const storedAs = (event: NewEvent, stream: StreamName, version = 1): StoredEvent => ({
  ...event,
  stream,
  version,
  position: 1n,
  recordedAt: '2026-04-01T09:00:01.000Z',
  commandId: 'e',
  requestDigest: 'f',
  digest: '',
});

const place = (category: Category, type: string) => ({
  stream: streamOf(category, uuidFrom('spec', type)),
  version: 1,
  id: randomUUID(),
  metadata,
});

/** The same data with every personal text gone, found by its mark and not by the schema. */
const withoutPersons = (value: unknown): unknown => {
  if (typeof value === 'string') return value.startsWith(PERSONAL_MARK) ? ERASED : value;
  if (Array.isArray(value)) return value.map(withoutPersons);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutPersons(item)]));
};

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

describe('the stored events of the product', () => {
  it('belong each to one category', () => {
    const declared = contracts.flatMap((contract) => Object.keys(contract));
    expect(new Set(STORED_TYPES.map(({ type }) => type))).toEqual(new Set(declared));
    expect(STORED_TYPES).toHaveLength(declared.length);
  });
});

describe.each(STORED_TYPES)('$type in a $category stream', ({ category, type, declared }) => {
  const data = arbitraryOf(declared.schema) as fc.Arbitrary<object>;

  it('reads back as it was written, and no personal text is among the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(data, async (given) => {
        const at = place(category, type);
        const written = await codec.encode({ ...at, event: { type, data: given } });
        expect(text(written.data)).not.toContain(PERSONAL_MARK);
        expect(text(written.metadata)).not.toContain(PERSONAL_MARK);
        const read = await codec.decode(storedAs(written, at.stream));
        expect(read.data).toEqual(given);
        expect(read).toMatchObject({
          ...metadata,
          type,
          id: at.id,
          stream: at.stream,
          version: 1,
          schemaVersion: declared.version,
        });
      }),
      { numRuns: RUNS },
    );
  });

  it('shows [erased] in the place of every personal text once the key is gone', async () => {
    await fc.assert(
      fc.asyncProperty(data, async (given) => {
        const at = place(category, type);
        const keys = memorySubjectKeys();
        const codec = makeCodec(contracts, keys);
        const written = await codec.encode({ ...at, event: { type, data: given } });
        await keys.erase(`patient-${PATIENT}`);
        expect((await codec.decode(storedAs(written, at.stream))).data).toEqual(withoutPersons(given));
      }),
      { numRuns: RUNS },
    );
  });

  it('has the same bytes whatever order its fields were given in', async () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (value === null || typeof value !== 'object') return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, item]) => [key, reversed(item)]),
      );
    };
    const plain = data.map((given) => withoutPersons(given) as object);
    await fc.assert(
      fc.asyncProperty(plain, async (given) => {
        const at = place(category, type);
        const [one, other] = await Promise.all(
          [given, reversed(given) as object].map((each) =>
            codec.encode({ ...at, event: { type, data: each } }),
          ),
        );
        const unsealed = (bytes: Uint8Array | undefined): string =>
          text(bytes ?? new Uint8Array()).replaceAll(/"v2\.[^"]*"/g, '"sealed"');
        expect(unsealed(one?.data)).toBe(unsealed(other?.data));
        expect(one?.metadata).toEqual(other?.metadata);
      }),
      { numRuns: RUNS },
    );
  });
});

describe.each(
  [...contractByCategory.keys()]
    .filter((category) => foldOf(category, []) !== undefined)
    .map((category) => ({ category })),
)('a $category stream of events that no rule would have let happen', ({ category }) => {
  const events: fc.Arbitrary<DomainEvent> = fc.oneof(
    ...STORED_TYPES.filter((stored) => stored.category === category).map(({ type, declared }) =>
      (arbitraryOf(declared.schema) as fc.Arbitrary<object>).map((data) => ({ type, data })),
    ),
  );

  it('folds all the same: a past event is never judged', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 12 }), (history) => {
        expect(
          typeof foldOf(
            category,
            history.map((event) => past(event)),
          )?.stage,
        ).toBe('string');
      }),
      { numRuns: 200 },
    );
  });

  it('folds also when the person has been erased', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 12 }), (history) => {
        const erased = history.map(({ type, data }) =>
          past<DomainEvent>({ type, data: withoutPersons(data) as object }),
        );
        expect(typeof foldOf(category, erased)?.stage).toBe('string');
      }),
      { numRuns: 100 },
    );
  });
});

describe('an event with a personal field that is given as undefined', () => {
  it('is stored without the field', async () => {
    const at = place('referral', 'ReferralAccepted');
    const written = await codec.encode({
      ...at,
      event: { type: 'ReferralAccepted', data: { note: undefined } },
    });
    expect(text(written.data)).toBe('{}');
    expect(factOf(await codec.decode(storedAs(written, at.stream))).data).toEqual({});
  });
});
