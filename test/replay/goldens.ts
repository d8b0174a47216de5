/**
 * Golden files: what a release wrote must be read by every later one. One stored example of every event type at
 * every version ever written, as bytes (personal fields sealed under a key that only these files use).
 * `FASCIA_ADD_GOLDENS=1` adds what is missing; nothing ever overwrites an example.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { streamOf, uuidFrom, type Category, type StoredEvent, type StreamName } from '@fascia/kernel';
import type { SubjectKey, SubjectKeys } from '@fascia/sealing';
import { makeCodec } from '@fascia/write-door';
import { contracts } from '@fascia/composition';
import { arbitraryOf } from './arbitrary.js';
import type { StoredType } from './stored-events.js';

const FOLDER = join(import.meta.dirname, 'golden');
export const ADDING = process.env['FASCIA_ADD_GOLDENS'] === '1';

export interface Golden {
  readonly type: string;
  readonly schemaVersion: number;
  readonly stream: StreamName;
  readonly version: number;
  readonly id: string;
  /** The stored texts. */
  readonly data: string;
  readonly metadata: string;
  /** What the release that wrote it read back. */
  readonly reads: object;
}

const keyOf = (subject: string): SubjectKey => ({
  id: 'golden',
  secret: createHash('sha256').update(`fascia golden files: ${subject}`).digest(),
});

export const goldenKeys: SubjectKeys = {
  keyFor: (subject) => Promise.resolve(keyOf(subject)),
  find: (subject) => Promise.resolve(keyOf(subject)),
};

export const goldenCodec = makeCodec(contracts, goldenKeys);

const fileOf = (category: Category): string => join(FOLDER, `${category}.json`);

export const goldensOf = (category: Category): readonly Golden[] =>
  existsSync(fileOf(category)) ? (JSON.parse(readFileSync(fileOf(category), 'utf8')) as Golden[]) : [];

export const goldenFiles = (): readonly string[] =>
  readdirSync(FOLDER).map((file) => file.replace(/\.json$/, ''));

export const storedGolden = ({ type, stream, version, id, data, metadata }: Golden): StoredEvent => ({
  type,
  stream,
  version,
  id,
  data: Buffer.from(data, 'utf8'),
  metadata: Buffer.from(metadata, 'utf8'),
  keyHash: 0,
  position: 1n,
  recordedAt: '2026-04-01T09:00:01.000Z',
  commandId: '',
  requestDigest: '',
  digest: '',
});

const PATIENT = uuidFrom('golden', 'patient');
const SAMPLES = 40;
const LONGEST = 3_000;

/** Of some generated examples the fullest, within bounds: most optional fields present. */
const exampleOf = ({ type, declared }: StoredType): object => {
  const samples = fc.sample(arbitraryOf(declared.schema) as fc.Arbitrary<object>, {
    seed: createHash('sha256').update(type).digest().readInt32BE(0),
    numRuns: SAMPLES,
  });
  const sizes = samples
    .map((data) => ({ data, size: JSON.stringify(data).length }))
    .sort((a, b) => a.size - b.size);
  return (sizes.findLast(({ size }) => size <= LONGEST) ?? sizes[0])?.data ?? {};
};

const makeGolden = async (stored: StoredType): Promise<Golden> => {
  const { category, type, declared } = stored;
  const stream = streamOf(category, uuidFrom('golden', category));
  const id = uuidFrom('golden', type, String(declared.version));
  const reads = exampleOf(stored);
  const written = await goldenCodec.encode({
    stream,
    version: 1,
    id,
    event: { type, data: reads },
    metadata: {
      occurredAt: '2026-04-01T09:00:00.000Z',
      actor: {
        sub: 'golden',
        role: 'physician',
        organizationId: uuidFrom('golden', 'practice'),
        practitionerId: uuidFrom('golden', 'physician'),
      },
      patientId: PATIENT,
      correlationId: uuidFrom('golden', 'correlation'),
      causationId: uuidFrom('golden', 'causation'),
      commandId: uuidFrom('golden', 'command', type),
      requestDigest: createHash('sha256').update(type).digest('hex'),
    },
  });
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
  return {
    type,
    schemaVersion: declared.version,
    stream,
    version: 1,
    id,
    data: text(written.data),
    metadata: text(written.metadata),
    reads,
  };
};

/** Appends examples of types (or versions) that have none. */
export const addMissing = async (category: Category, types: readonly StoredType[]): Promise<void> => {
  const known = goldensOf(category);
  const missing = types.filter(
    ({ type, declared }) =>
      !known.some((golden) => golden.type === type && golden.schemaVersion === declared.version),
  );
  if (missing.length === 0) return;
  const added = await Promise.all(missing.map(makeGolden));
  writeFileSync(fileOf(category), `${JSON.stringify([...known, ...added], null, 1)}\n`);
};
