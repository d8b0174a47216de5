/**
 * Between domain events and stored bytes: validate against the contract, seal personal fields, write
 * canonical JSON (RFC 8785). Reading opens and upcasts, and does not judge.
 */
import { createHmac, hkdfSync } from 'node:crypto';
import canonicalize from 'canonicalize';
import {
  eventSealer,
  keyIdOf,
  NETWORK,
  SealBroken,
  type EventSealer,
  type SubjectKeys,
} from '@fascia/sealing';
import {
  ERASED,
  keyHashOf,
  partitionKeyOf,
  personalPaths,
  type Contract,
  type DomainEvent,
  type Envelope,
  type EventMetadata,
  type EventSchema,
  type FieldPath,
  type NewEvent,
  type StoredEvent,
  type StreamName,
} from '@fascia/kernel';
import { sealOf, standingIn, subjectOf, type Standing } from './seals.js';

/** The one key of an object that stands where a personal text was. */
export const SEALED = '$sealed';

/** Events that a decider produced do not fit their own contract: a bug, never a bad request. */
export class ContractBroken extends Error {
  override readonly name = 'ContractBroken';
}

export const canonicalBytes = (value: unknown): Uint8Array => {
  const text = canonicalize(value);
  if (text === undefined) throw new ContractBroken('a value has no JSON form');
  return Buffer.from(text, 'utf8');
};

export interface EventToStore {
  readonly stream: StreamName;
  readonly version: number;
  readonly id: string;
  readonly event: DomainEvent;
  readonly metadata: Omit<EventMetadata, 'schemaVersion'>;
}

/** What is never sealed of an event. */
export const metadataOf = ({ metadata }: Pick<StoredEvent, 'metadata'>): EventMetadata =>
  JSON.parse(Buffer.from(metadata).toString('utf8')) as EventMetadata;

/** @param data as they are shown; the stored ones may be sealed */
export const envelopeOf = (
  { position, stream, version, id, recordedAt, type }: StoredEvent,
  metadata: EventMetadata,
  data: object,
): Envelope => ({ ...metadata, position, stream, version, id, recordedAt, type, data });

/** What was asked, as far as it tells a retry from another request. */
export interface Asked {
  readonly stream: StreamName;
  /** Whose health data it is about. */
  readonly patientId?: string;
  /** Has a JSON form. */
  readonly request: unknown;
}

export interface Codec {
  /** @throws ContractBroken, SubjectErased */
  encode(event: EventToStore): Promise<NewEvent>;
  /** @throws SealBroken */
  decode(stored: StoredEvent): Promise<Envelope>;
  /**
   * HMAC-SHA-256, hex, under a key of the person that it is about, else of the network: who reads the log cannot try out what was
   * asked, and nobody can once the person was erased.
   * @throws SubjectErased
   */
  requestDigest(asked: Asked): Promise<string>;
  /**
   * HMAC-SHA-256, 32 bytes, under a key of the network: the same parts have the same name here, and nobody who reads the log can
   * try out of which parts one is made.
   */
  nameOf(...parts: readonly string[]): Promise<Buffer>;
  /** The key that an event's texts are sealed under, as `<subject> <key id>`; nothing where none are. */
  sealOf(stored: StoredEvent): string | undefined;
  /** Whether such a key is there. */
  standing(seal: string): Promise<Standing>;
  /** Whether this release knows such an event; who decides over one that it does not know decides wrongly. */
  knows(event: Pick<Envelope, 'type' | 'schemaVersion'>): boolean;
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** Replaces the value at every matching path; a path that leads nowhere is no error. */
const mapAt = (
  value: Json,
  path: FieldPath,
  at: string,
  change: (value: Json, field: string) => Json,
): Json => {
  const [step, ...rest] = path;
  if (step === undefined) return value === null ? null : change(value, at);
  if (isList(value)) {
    return step === '*'
      ? value.map((item, index) => mapAt(item, rest, `${at}/${String(index)}`, change))
      : value;
  }
  if (value === null || typeof value !== 'object') return value;
  const object = value as Readonly<Record<string, Json>>;
  // A field given as undefined is absent in JSON; sealing must not make a null of it.
  const keys = (step === '*' ? Object.keys(object) : Object.hasOwn(object, step) ? [step] : []).filter(
    (key) => object[key] !== undefined,
  );
  return keys.reduce<Json>(
    (whole, key) => ({
      ...(whole as Record<string, Json>),
      [key]: mapAt(object[key] ?? null, rest, `${at}/${key}`, change),
    }),
    object,
  );
};

const sealAll = (data: Json, paths: readonly FieldPath[], sealer: EventSealer): Json =>
  paths.reduce(
    (whole, path) =>
      mapAt(whole, path, '', (value, field) => ({
        [SEALED]: sealer.seal(field, typeof value === 'string' ? value : JSON.stringify(value)),
      })),
    data,
  );

/** Whether there is anything to seal: most personal fields are optional, and a key is made for nobody who needs none. */
const hasPersonal = (data: Json, paths: readonly FieldPath[]): boolean => {
  let found = false;
  const look = (value: Json): Json => {
    found = true;
    return value;
  };
  for (const path of paths) mapAt(data, path, '', look);
  return found;
};

/** Finds sealed values by their mark, so that reading needs no schema. */
const openAll = (value: Json, at: string, open: (field: string, sealed: string) => Json): Json => {
  if (isList(value)) return value.map((item, index) => openAll(item, `${at}/${String(index)}`, open));
  if (value === null || typeof value !== 'object') return value;
  const object = value as Readonly<Record<string, Json>>;
  const sealed = object[SEALED];
  if (typeof sealed === 'string') return open(at, sealed);
  return Object.fromEntries(
    Object.entries(object).map(([key, item]) => [key, openAll(item, `${at}/${key}`, open)]),
  );
};

const firstSealed = (value: Json): string | undefined => {
  if (value === null || typeof value !== 'object') return undefined;
  const sealed = isList(value) ? undefined : (value as Readonly<Record<string, Json>>)[SEALED];
  if (typeof sealed === 'string') return sealed;
  for (const item of Object.values(value) as readonly Json[]) {
    const found = firstSealed(item);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** The key that an event's texts are sealed under: one for all of them. */
const keyIdIn = (raw: Json): string | undefined => {
  const sealed = firstSealed(raw);
  return sealed === undefined ? undefined : keyIdOf(sealed);
};

const openedBy = async (
  keys: SubjectKeys,
  stored: StoredEvent,
  metadata: EventMetadata,
  raw: Json,
): Promise<Json> => {
  const key = await keys.find(subjectOf(stored.stream, metadata), keyIdIn(raw));
  if (key === 'erased') return openAll(raw, '', () => ERASED);
  if (key === undefined)
    throw new SealBroken(`${stored.type} in ${stored.stream} is sealed under a key that is not there`);
  const sealer = eventSealer(key, {
    stream: stored.stream,
    version: stored.version,
    eventId: stored.id,
    type: stored.type,
  });
  return openAll(raw, '', (field, sealed) => sealer.open(field, sealed));
};

/** A person's own key, or the network's for what is about nobody. */
const digestSubject = ({ stream, patientId }: Asked): string =>
  patientId !== undefined || /^(?:patient|practitioner)-/.test(stream)
    ? subjectOf(stream, patientId === undefined ? {} : { patientId })
    : NETWORK;

const DIGEST_INFO = 'fascia.request.v2';
const DIGEST_KEY_BYTES = 32;

const digestUnder = async (keys: SubjectKeys, asked: Asked): Promise<string> => {
  const { secret } = await keys.keyFor(digestSubject(asked));
  const key = Buffer.from(hkdfSync('sha256', secret, '', DIGEST_INFO, DIGEST_KEY_BYTES));
  return createHmac('sha256', key)
    .update(canonicalBytes([asked.stream, asked.request]))
    .digest('hex');
};

const NAME_INFO = 'fascia.name.v1';

const nameUnder = async (keys: SubjectKeys, parts: readonly string[]): Promise<Buffer> => {
  const { secret } = await keys.keyFor(NETWORK);
  const key = Buffer.from(hkdfSync('sha256', secret, '', NAME_INFO, DIGEST_KEY_BYTES));
  return createHmac('sha256', key).update(canonicalBytes(parts)).digest();
};

const personalIn = (type: string, { schema }: EventSchema): readonly FieldPath[] => {
  try {
    return personalPaths(schema);
  } catch (cause) {
    throw new ContractBroken(`${type}: ${cause instanceof Error ? cause.message : ''}`, { cause });
  }
};

/**
 * @param contracts every contract of the process; event types are unique among them
 * @throws ContractBroken when two types share a name, or when a schema could hide a personal field
 */
export const makeCodec = (contracts: readonly Contract[], keys: SubjectKeys): Codec => {
  const schemas = new Map<string, EventSchema & { readonly personal: readonly FieldPath[] }>();
  for (const [type, schema] of contracts.flatMap((contract) => Object.entries(contract))) {
    if (schemas.has(type)) throw new ContractBroken(`event type ${type} is declared twice`);
    schemas.set(type, { ...schema, personal: personalIn(type, schema) });
  }

  const encode = async ({ stream, version, id, event, metadata }: EventToStore): Promise<NewEvent> => {
    const declared = schemas.get(event.type);
    if (declared === undefined) throw new ContractBroken(`event type ${event.type} is not declared`);
    const checked = declared.schema.safeParse(event.data);
    if (!checked.success) {
      const where = checked.error.issues.map((issue) => `/${issue.path.join('/')} ${issue.code}`).join(', ');
      throw new ContractBroken(`${event.type} does not fit its contract: ${where}`);
    }
    const plain = checked.data as Json;
    const data = hasPersonal(plain, declared.personal)
      ? sealAll(
          plain,
          declared.personal,
          eventSealer(await keys.keyFor(subjectOf(stream, metadata)), {
            stream,
            version,
            eventId: id,
            type: event.type,
          }),
        )
      : plain;
    return {
      id,
      type: event.type,
      data: canonicalBytes(data),
      metadata: canonicalBytes({ ...metadata, schemaVersion: declared.version } satisfies EventMetadata),
      keyHash: keyHashOf(partitionKeyOf({ stream, ...metadata })),
    };
  };

  const decode = async (stored: StoredEvent): Promise<Envelope> => {
    const metadata = metadataOf(stored);
    const text = Buffer.from(stored.data).toString('utf8');
    const raw = JSON.parse(text) as Json;
    const data = text.includes(SEALED) ? await openedBy(keys, stored, metadata, raw) : raw;
    const declared = schemas.get(stored.type);
    const current =
      declared?.upcast !== undefined && metadata.schemaVersion < declared.version
        ? declared.upcast(data, metadata.schemaVersion)
        : data;
    return envelopeOf(stored, metadata, current as object);
  };

  const knows = ({ type, schemaVersion }: Pick<Envelope, 'type' | 'schemaVersion'>): boolean =>
    schemaVersion <= (schemas.get(type)?.version ?? 0);

  return {
    encode,
    decode,
    knows,
    sealOf: (stored) => sealOf(stored, metadataOf),
    standing: (seal) => standingIn(keys, seal),
    requestDigest: (asked) => digestUnder(keys, asked),
    nameOf: (...parts) => nameUnder(keys, parts),
  };
};
