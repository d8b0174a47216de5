/** Bodies: strict JSON and nothing else, plain or gzip, both bounded. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ProblemException } from './problems.js';
import type { JsonLimits } from './strict-json.faults.js';
import { FHIR_LIMITS, JSON_LIMITS, readStrictJson } from './strict-json.js';

const unzip = promisify(gunzip);

export interface BodyOptions {
  readonly json?: Partial<JsonLimits>;
  readonly fhir?: Partial<JsonLimits>;
  /** Where FHIR is taken; elsewhere its media type is 415. */
  readonly fhirPaths?: readonly string[];
}

export const FHIR_PATHS = ['/fhir/', '/api/v1/imports'];

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
  const { fhirPaths = FHIR_PATHS } = options;
  const parse =
    (limits: JsonLimits) =>
    async (request: FastifyRequest, body: Buffer): Promise<unknown> => {
      const plain = await opened(request, body, limits.bytes);
      return plain.length === 0 ? undefined : readStrictJson(plain, limits);
    };
  const json = { ...JSON_LIMITS, ...options.json };
  const fhir = { ...FHIR_LIMITS, ...options.fhir };
  const parseFhir = parse(fhir);
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: json.bytes }, parse(json));
  fastify.addContentTypeParser(
    'application/fhir+json',
    { parseAs: 'buffer', bodyLimit: fhir.bytes },
    async (request: FastifyRequest, body: Buffer) => {
      if (!fhirPaths.some((path) => request.url.startsWith(path))) {
        throw new ProblemException(
          415,
          'MEDIA_TYPE_UNSUPPORTED',
          'FHIR is not taken at this address. Send application/json.',
        );
      }
      return parseFhir(request, body);
    },
  );
};
