import { z } from 'zod';
import {
  event,
  personal,
  uuidFrom,
  type Contract,
  type NewEvent,
  type StoredEvent,
  type StreamName,
} from '@fascia/kernel';
import { memorySubjectKeys } from '@fascia/sealing';
import { canonicalBytes, ContractBroken, makeCodec, type Codec, type EventToStore } from './codec.js';

const STREAM: StreamName = `referral-${uuidFrom('spec', 'codec')}`;
const NAME = 'Grete Hermann';

const NOTED = z.strictObject({
  author: personal(z.string().max(20)),
  count: z.int(),
  lines: z.array(personal(z.string())).optional(),
});
const CONTRACT: Contract = { Noted: event(NOTED) };

const toStore = (data: object, more: Partial<EventToStore> = {}): EventToStore => ({
  stream: STREAM,
  version: 1,
  id: uuidFrom('spec', 'event'),
  event: { type: 'Noted', data },
  metadata: {
    occurredAt: '2026-04-01T09:00:00.000Z',
    actor: { sub: 'spec', role: 'physician' },
    patientId: uuidFrom('spec', 'patient'),
    correlationId: 'c',
    causationId: 'd',
    commandId: 'e',
    requestDigest: 'f',
  },
  ...more,
});

const stored = (written: NewEvent, more: Partial<StoredEvent> = {}): StoredEvent => ({
  ...written,
  stream: STREAM,
  version: 1,
  position: 1n,
  recordedAt: '2026-04-01T09:00:01.000Z',
  commandId: 'e',
  requestDigest: 'f',
  digest: '',
  ...more,
});

const failure = (work: Promise<unknown>): Promise<Error> =>
  work.then(
    () => {
      throw new Error('nothing was thrown');
    },
    (error: unknown) => error as Error,
  );

describe('events that do not fit their contract', () => {
  const codec = makeCodec([CONTRACT], memorySubjectKeys());

  it('are refused by the place of the fault, never with the value', async () => {
    const tooLong = `${NAME} and everybody who ever worked with her`;
    const error = await failure(codec.encode(toStore({ author: tooLong, count: 'many', extra: NAME })));
    expect(error).toBeInstanceOf(ContractBroken);
    expect(error.message).toContain('Noted does not fit its contract');
    expect(error.message).toContain('/author too_big');
    expect(error.message).toContain('/count invalid_type');
    expect(error.message).not.toContain(NAME);
    expect(error.message).not.toContain('many');
  });

  it('are refused when nobody declared them', async () => {
    const error = await failure(codec.encode(toStore({}, { event: { type: 'Whispered', data: {} } })));
    expect(error).toBeInstanceOf(ContractBroken);
  });

  it('cannot be declared twice', () => {
    expect(() => makeCodec([CONTRACT, CONTRACT], memorySubjectKeys())).toThrow(ContractBroken);
  });
});

describe('a contract in which a personal field could hide', () => {
  const author = personal(z.string());

  it.each([
    ['a pipe', z.strictObject({ author: z.string().pipe(author) })],
    ['a transform', z.strictObject({ author: author.transform((text) => text.trim()) })],
    ['an intersection', z.intersection(z.object({ author }), z.object({ count: z.int() }))],
    ['anything', z.strictObject({ more: z.array(z.unknown()) })],
  ])('stops the process at its start, not with the first event: %s', (_what, schema) => {
    expect(() => makeCodec([{ Whispered: event(schema) }], memorySubjectKeys())).toThrow(
      /Whispered: a personal field behind "\w+" could not be seen and would be stored in clear/,
    );
  });
});

describe('a sealed event', () => {
  const data = { author: NAME, count: 3, lines: ['one', 'two'] };

  it('does not open in another place', async () => {
    const codec = makeCodec([CONTRACT], memorySubjectKeys());
    const written = await codec.encode(toStore(data));
    for (const elsewhere of [
      { version: 2 },
      { id: uuidFrom('spec', 'other') },
      { stream: `referral-${uuidFrom('spec', 'other')}` as StreamName },
      { type: 'Moved' },
    ]) {
      expect((await failure(codec.decode(stored(written, elsewhere)))).name).toBe('SealBroken');
    }
  });

  it('does not open when two of its fields change places', async () => {
    const codec = makeCodec([CONTRACT], memorySubjectKeys());
    const written = await codec.encode(toStore(data));
    const { lines, ...rest } = JSON.parse(Buffer.from(written.data).toString('utf8')) as { lines: unknown[] };
    const swapped = { ...written, data: canonicalBytes({ ...rest, lines: lines.toReversed() }) };
    expect((await failure(codec.decode(stored(swapped)))).name).toBe('SealBroken');
  });

  it('without a patient is sealed by the key of its stream', async () => {
    const keys = memorySubjectKeys();
    const codec = makeCodec([CONTRACT], keys);
    const { patientId: _patientId, ...metadata } = toStore(data).metadata;
    const written = await codec.encode(toStore(data, { metadata }));
    expect((await codec.decode(stored(written))).data).toEqual(data);
    await keys.erase(STREAM);
    expect((await codec.decode(stored(written))).data).toEqual({
      author: '[erased]',
      count: 3,
      lines: ['[erased]', '[erased]'],
    });
  });
});

describe('the digest of a request', () => {
  const ANN = { stream: STREAM, patientId: uuidFrom('spec', 'ann'), request: { mrn: '4711' } };

  it('repeats when the request does, and differs with stream, person and request', async () => {
    const codec = makeCodec([CONTRACT], memorySubjectKeys());
    const digests = await Promise.all(
      [
        ANN,
        { ...ANN, request: { mrn: '4711' } },
        { ...ANN, request: { mrn: '4712' } },
        { ...ANN, patientId: uuidFrom('spec', 'ben') },
        { stream: STREAM, request: ANN.request },
        { ...ANN, stream: `referral-${uuidFrom('spec', 'other')}` as StreamName },
      ].map((one) => codec.requestDigest(one)),
    );
    expect(digests[1]).toBe(digests[0]);
    expect(new Set(digests).size).toBe(digests.length - 1);
  });

  it('cannot be tried out without the key, nor by anybody once the person was erased', async () => {
    const keys = memorySubjectKeys();
    const codec = makeCodec([CONTRACT], keys);
    const digest = await codec.requestDigest(ANN);
    expect(await makeCodec([CONTRACT], memorySubjectKeys()).requestDigest(ANN)).not.toBe(digest);
    await keys.erase(`patient-${ANN.patientId}`);
    expect((await failure(codec.requestDigest(ANN))).name).toBe('SubjectErased');
  });
});

describe('an event whose key is not there', () => {
  it('does not open, as it was not erased', async () => {
    const written = await makeCodec([CONTRACT], memorySubjectKeys()).encode(
      toStore({ author: NAME, count: 1 }),
    );
    const elsewhere = memorySubjectKeys();
    expect((await failure(makeCodec([CONTRACT], elsewhere).decode(stored(written)))).name).toBe('SealBroken');
    await elsewhere.keyFor(`patient-${uuidFrom('spec', 'patient')}`);
    expect((await failure(makeCodec([CONTRACT], elsewhere).decode(stored(written)))).name).toBe('SealBroken');
  });
});

describe('an event stored under an older version of its contract', () => {
  const keys = memorySubjectKeys();
  const before = makeCodec([CONTRACT], keys);
  const renamed = z.strictObject({ writer: personal(z.string()), count: z.int() });
  const seen: unknown[] = [];
  const after: Codec = makeCodec(
    [
      {
        Noted: event(renamed, 3, (old, version) => {
          seen.push([old, version]);
          const { author, count } = old as { author: string; count: number };
          return { writer: author, count };
        }),
      },
    ],
    keys,
  );

  it('is brought to the present shape, with its personal fields open', async () => {
    const written = await before.encode(toStore({ author: NAME, count: 1 }));
    const read = await after.decode(stored(written));
    expect(read.data).toEqual({ writer: NAME, count: 1 });
    expect(read.schemaVersion).toBe(1);
    expect(seen).toEqual([[{ author: NAME, count: 1 }, 1]]);
  });

  it('is left alone when it was written at the present version', async () => {
    const written = await after.encode(toStore({ writer: NAME, count: 2 }));
    seen.length = 0;
    expect((await after.decode(stored(written))).data).toEqual({ writer: NAME, count: 2 });
    expect(seen).toEqual([]);
  });
});
