/**
 * The one strict JSON reader: size, depth and counts are bounded before anything is built; keys appear once; texts
 * and numbers are ones that every later stage (canonical JSON, PostgreSQL, JavaScript) keeps exactly.
 *
 * A scan over the text finds what parsers let pass, with a JSON pointer; the engine's own parser judges the grammar
 * and builds the value.
 */
import { StrictJsonError, type JsonLimits } from './strict-json.faults.js';
import { JsonScan } from './strict-json.scan.js';

export const JSON_LIMITS: JsonLimits = { bytes: 1024 * 1024, depth: 32, values: 50_000, keysPerObject: 1000 };

export const FHIR_LIMITS: JsonLimits = {
  bytes: 16 * 1024 * 1024,
  depth: 64,
  values: 1_000_000,
  keysPerObject: 1000,
};

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws StrictJsonError, and nothing else. */
export const readStrictJson = (bytes: Uint8Array, limits: Partial<JsonLimits> = {}): unknown => {
  const all = { ...JSON_LIMITS, ...limits };
  if (bytes.byteLength > all.bytes) throw new StrictJsonError('JSON_TOO_LARGE');
  return parsed(decoded(bytes), all);
};

/** A name or value that is not kept as it stands. */
export interface Spoiled {
  /** RFC 6901. */
  readonly pointer: string;
  readonly why: string;
  /** Of two values under one name the last is read, and nobody knows which is meant. */
  readonly ambiguous: boolean;
}

export interface LenientJson {
  readonly value: unknown;
  readonly spoiled: readonly Spoiled[];
}

/**
 * For files of many records, of which one bad value costs only its own. Grammar, depth and counts are as strict as ever.
 * @throws StrictJsonError, and nothing else.
 */
export const readLenientJson = (text: string, limits: Partial<JsonLimits> = {}): LenientJson => {
  const spoiled: Spoiled[] = [];
  const value = parsed(text, { ...FHIR_LIMITS, ...limits }, ({ code, message, pointer = '' }) => {
    spoiled.push({ pointer, why: message, ambiguous: code === 'JSON_DUPLICATE_KEY' });
  });
  return { value, spoiled };
};

const parsed = (text: string, limits: JsonLimits, tell?: (fault: StrictJsonError) => void): unknown => {
  new JsonScan(text, limits, tell).run();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new StrictJsonError('JSON_MALFORMED');
  }
};

const decoded = (bytes: Uint8Array): string => {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw new StrictJsonError('JSON_BAD_TEXT');
  }
  if (text.startsWith('\ufeff')) throw new StrictJsonError('JSON_BAD_TEXT');
  return text;
};
