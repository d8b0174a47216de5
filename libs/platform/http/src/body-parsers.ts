/** Bodies: strict JSON, and at some addresses whole files; plain or gzip, both bounded. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ProblemException } from './problems.js';
import type { JsonLimits } from './strict-json.faults.js';
import { FHIR_LIMITS, JSON_LIMITS, readStrictJson } from './strict-json.js';

const unzip = promisify(gunzip);

export interface BodyOptions {
  readonly json?: Partial<JsonLimits>;
  /** Of a file of data, unpacked. */
  readonly fileBytes?: number;
  /** Where files of data are taken; elsewhere their media types are 415. */
  readonly filePaths?: readonly string[];
  /** Of a document. */
  readonly documentBytes?: number;
}

const FILE_PATHS = ['/api/v1/imports'];
const DOCUMENT_PATHS = ['/api/v1/documents'];
/** DEF: forty scanned pages, or a film; more is a study, which has a place of its own. */
const DOCUMENT_BYTES = 20 * 1024 * 1024;

/** XML is told by who reads the file: what to export instead is its business. */
const FILE_TYPES = [
  ...['application/fhir+json', 'application/fhir+ndjson', 'application/ndjson', 'application/x-ndjson'],
  ...['application/fhir+xml', 'application/xml', 'text/xml'],
];

/** What else may be a document says itself, by its first bytes. */
const DOCUMENT_TYPES = [
  ...['application/pdf', 'image/png', 'image/jpeg', 'image/tiff'],
  ...['application/dicom', 'application/octet-stream'],
];

const opened = async (request: FastifyRequest, body: Buffer, maxOutputLength: number): Promise<Buffer> => {
  const encoding = request.headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (encoding === 'identity') return body;
  if (encoding !== 'gzip')
    throw new ProblemException(
      415,
      'CONTENT_ENCODING_UNSUPPORTED',
      'Send the body plain, or with Content-Encoding: gzip.',
    );
  try {
    return await unzip(body, { maxOutputLength });
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new ProblemException(
        413,
        'BODY_TOO_LARGE',
        'The body is too large once unpacked. Send it in smaller parts.',
      );
    }
    throw new ProblemException(
      400,
      'GZIP_MALFORMED',
      'The body is not the gzip data that its header promises.',
    );
  }
};

interface Files {
  readonly paths: readonly string[];
  readonly types: readonly string[];
  /** Unpacked. */
  readonly bytes: number;
}

/** Whole files, at their own addresses alone. */
const takeFiles = (fastify: FastifyInstance, { paths, types, bytes }: Files): void => {
  fastify.addContentTypeParser(
    [...types],
    { parseAs: 'buffer', bodyLimit: bytes },
    async (request: FastifyRequest, body: Buffer): Promise<unknown> => {
      if (!paths.some((path) => request.url.startsWith(path))) {
        throw new ProblemException(
          415,
          'MEDIA_TYPE_UNSUPPORTED',
          'Files are not taken at this address. Send application/json.',
        );
      }
      const plain = await opened(request, body, bytes);
      return plain.length === 0 ? undefined : plain;
    },
  );
};

export const installBodyParsers = (fastify: FastifyInstance, options: BodyOptions = {}): void => {
  const { filePaths = FILE_PATHS, fileBytes = FHIR_LIMITS.bytes, documentBytes = DOCUMENT_BYTES } = options;
  const json = { ...JSON_LIMITS, ...options.json };
  const takesFiles = ({ url }: FastifyRequest): boolean => filePaths.some((path) => url.startsWith(path));
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: json.bytes },
    async (request: FastifyRequest, body: Buffer): Promise<unknown> => {
      const plain = await opened(request, body, json.bytes);
      if (plain.length === 0) return undefined;
      return takesFiles(request) ? plain : readStrictJson(plain, json);
    },
  );
  takeFiles(fastify, { paths: filePaths, types: FILE_TYPES, bytes: fileBytes });
  takeFiles(fastify, { paths: DOCUMENT_PATHS, types: DOCUMENT_TYPES, bytes: documentBytes });
};
