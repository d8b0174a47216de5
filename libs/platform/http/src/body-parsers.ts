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
  /** Of a file, unpacked. */
  readonly fileBytes?: number;
  /** Where files are taken; elsewhere their media types are 415. */
  readonly filePaths?: readonly string[];
}

const FILE_PATHS = ['/api/v1/imports'];

/** XML is told by who reads the file: what to export instead is its business. */
const FILE_TYPES = [
  ...['application/fhir+json', 'application/fhir+ndjson', 'application/ndjson', 'application/x-ndjson'],
  ...['application/fhir+xml', 'application/xml', 'text/xml'],
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

export const installBodyParsers = (fastify: FastifyInstance, options: BodyOptions = {}): void => {
  const { filePaths = FILE_PATHS, fileBytes = FHIR_LIMITS.bytes } = options;
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
  fastify.addContentTypeParser(
    FILE_TYPES,
    { parseAs: 'buffer', bodyLimit: fileBytes },
    async (request: FastifyRequest, body: Buffer): Promise<unknown> => {
      if (!takesFiles(request)) {
        throw new ProblemException(
          415,
          'MEDIA_TYPE_UNSUPPORTED',
          'Files are not taken at this address. Send application/json.',
        );
      }
      const plain = await opened(request, body, fileBytes);
      return plain.length === 0 ? undefined : plain;
    },
  );
};
