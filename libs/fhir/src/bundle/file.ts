/**
 * From the bytes of a file to what it says: FHIR JSON (a Bundle, or one resource) or NDJSON (FHIR Bulk Data: one resource a line, of
 * which a bad one costs only itself). UTF-8, with or without a byte order mark. Anything else is told with what to do.
 */
import { createHash } from 'node:crypto';
import { FHIR_LIMITS, readLenientJson, StrictJsonError } from '@fascia/http/json';
import { canonicalBytes } from '@fascia/write-door';
import type { Fault } from './field.js';
import type { BundleReading } from './items.js';
import { opened, type Given, type Spoiled } from './opened.js';
import { readOpened, type ReadingOptions } from './read-bundle.js';

/** Of an unpacked file, in bytes. */
export const LONGEST_FILE = FHIR_LIMITS.bytes;

export interface FileReading extends BundleReading {
  readonly form: 'json' | 'ndjson' | 'unreadable';
  /** A server's answer to a search, or a history of it: a part of what that server holds. */
  readonly isAnswer: boolean;
  /** SHA-256 of what it says in canonical JSON (RFC 8785): spacing and packing make no other file. */
  readonly sha256: string;
}

const LINE_END = 0x0a;
const BYTE_ORDER_MARK_BYTES = 3;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const OTHER_FORMS: readonly { readonly begins: RegExp; readonly why: string }[] = [
  { begins: /^\s*</, why: 'this is XML: export it as FHIR JSON (application/fhir+json)' },
  { begins: /^(\u00ff\u00fe|\u00fe\u00ff)/, why: 'this is UTF-16: export it as UTF-8' },
  {
    begins: /^\u001f\u008b/,
    why: 'this is packed with gzip: unpack it, or send it with Content-Encoding: gzip',
  },
  { begins: /^PK/, why: 'this is a ZIP archive: unpack it and import its files' },
];

/** `/entry/7` of a pointer into a Bundle; of a resource that stands alone, the pointer of the file or line. */
const holderOf = (pointer: string, at: string, isBundle: boolean): string =>
  isBundle ? `${at}${/^\/entry\/\d+/.exec(pointer)?.[0] ?? ''}` : at;

interface Read {
  readonly given: readonly Given[];
  readonly spoiled: Map<string, { readonly faults: Fault[]; readonly left: Fault[] }>;
  readonly faults: Fault[];
}

const isBundle = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'resourceType' in value && value.resourceType === 'Bundle';

const isAnswer = (bundle: unknown): boolean =>
  typeof bundle === 'object' &&
  bundle !== null &&
  'type' in bundle &&
  (bundle.type === 'searchset' || bundle.type === 'history');

/** Reads one JSON text. @throws StrictJsonError where it is none */
const readInto = (text: string, at: string, spoiled: Read['spoiled']): Given => {
  const { value, spoiled: values } = readLenientJson(text);
  for (const { pointer, why, ambiguous } of values) {
    const holder = holderOf(pointer, at, isBundle(value));
    const known = spoiled.get(holder) ?? { faults: [], left: [] };
    spoiled.set(holder, known);
    known[ambiguous ? 'faults' : 'left'].push({ pointer: `${at}${pointer}`, why });
  }
  return { value, pointer: at };
};

const sentence = (error: unknown): string => {
  if (error instanceof StrictJsonError) return error.message;
  throw error;
};

const textOf = (bytes: Uint8Array): string | undefined => {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
};

const isBlank = (bytes: Uint8Array): boolean => bytes.every((byte) => byte <= 0x20);

/** What stands between line ends; positions count lines that are empty, as editors do. */
function* linesOf(bytes: Uint8Array): Generator<{ readonly bytes: Uint8Array; readonly at: string }> {
  for (let start = 0, line = 0; start < bytes.length; line += 1) {
    const found = bytes.indexOf(LINE_END, start);
    const end = found === -1 ? bytes.length : found;
    if (end > start && !isBlank(bytes.subarray(start, end)))
      yield { bytes: bytes.subarray(start, end), at: `/${String(line)}` };
    start = end + 1;
  }
}

const hasResource = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'resourceType' in value;

/** @returns nothing when no line is a resource: then it is not NDJSON but JSON that is broken */
const readLines = (bytes: Uint8Array): Read | undefined => {
  const read: Read & { given: Given[] } = { given: [], spoiled: new Map(), faults: [] };
  for (const line of linesOf(bytes)) {
    const text = textOf(line.bytes);
    try {
      if (text === undefined) read.faults.push({ pointer: line.at, why: 'this is not UTF-8' });
      else read.given.push(readInto(text, line.at, read.spoiled));
    } catch (error) {
      read.faults.push({ pointer: line.at, why: sentence(error) });
    }
  }
  return read.given.some(({ value }) => hasResource(value)) ? read : undefined;
};

/** @param why what is wrong with it, and what to do */
export const unreadable = (bytes: Uint8Array, why: string): FileReading => ({
  ...readOpened({ standing: [], settled: [], faults: [{ pointer: '', why }] }, {}),
  form: 'unreadable',
  isAnswer: false,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});

/** Two files that differ only in what cannot be kept are two files. */
const digestOf = ({ given, faults, spoiled }: Read): string => {
  const hash = createHash('sha256');
  for (const { value } of given) hash.update(canonicalBytes(value));
  const told = [...faults, ...[...spoiled.values()].flatMap((each) => [...each.faults, ...each.left])];
  for (const { pointer, why } of told) hash.update(`\n${pointer} ${why}`);
  return hash.digest('hex');
};

const wholeOf = (text: string): Read | string => {
  const spoiled: Read['spoiled'] = new Map();
  try {
    return { given: [readInto(text, '', spoiled)], spoiled, faults: [] };
  } catch (error) {
    return sentence(error);
  }
};

const readingOf = (form: FileReading['form'], read: Read, options: ReadingOptions): FileReading => {
  const { faults: ofFile = [], left: noted = [] } = read.spoiled.get('') ?? {};
  const isWhole = read.given.length === 1 && isBundle(read.given[0]?.value);
  const file = isWhole && ofFile.length > 0 ? [] : read.given;
  const reading = opened(file, read.spoiled satisfies ReadonlyMap<string, Spoiled>);
  const faults = [...reading.faults, ...(isWhole ? [...ofFile, ...noted] : [])];
  return {
    ...readOpened({ ...reading, settled: [...reading.settled, ...brokenLines(read)], faults }, options),
    form,
    isAnswer: isWhole && isAnswer(read.given[0]?.value),
    sha256: digestOf(read),
  };
};

/** Lines that are no JSON are resources that were not read, each of them. */
const brokenLines = ({ faults }: Read) =>
  faults.map((fault) => ({
    resourceType: '(none)',
    pointer: fault.pointer,
    outcome: { kind: 'broken' } as const,
    faults: [fault],
  }));

/** @param given a whole file, unpacked. Never throws on what stands in it. */
export const readFile = (given: Uint8Array, options: ReadingOptions = {}): FileReading => {
  if (given.byteLength > LONGEST_FILE)
    return unreadable(given, `larger than ${String(LONGEST_FILE)} bytes: send it in smaller parts`);
  const beginning = String.fromCharCode(...given.subarray(0, 200));
  const bytes = beginning.startsWith('\u00ef\u00bb\u00bf') ? given.subarray(BYTE_ORDER_MARK_BYTES) : given;
  const other = OTHER_FORMS.find(({ begins }) => begins.test(beginning.replace(/^\u00ef\u00bb\u00bf/, '')));
  if (other !== undefined) return unreadable(given, other.why);
  if (isBlank(bytes)) return unreadable(given, 'the file is empty');
  const text = textOf(bytes);
  const whole = text === undefined ? 'this is not UTF-8' : wholeOf(text);
  if (typeof whole !== 'string') return readingOf('json', whole, options);
  const lines = readLines(bytes);
  return lines === undefined ? unreadable(given, whole) : readingOf('ndjson', lines, options);
};
