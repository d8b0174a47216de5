/** The API's own description: made from the decorators, then told what the validation really does. */
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { ON_BEHALF_HEADER, PURPOSE_HEADER, ROLE_HEADER } from '@fascia/access';
import { PURPOSES_OF_USE } from '@fascia/kernel';
import { namedSchemas } from './openapi-schema.js';
import { Problem } from './problems.js';

const PREFIX = '#/components/schemas/';

export const describeApi = (
  app: INestApplication,
  { title, version }: { title: string; version: string },
): OpenAPIObject => {
  const config = new DocumentBuilder()
    .setTitle(title)
    .setVersion(version)
    .setDescription(
      'Commands and queries of closed-loop referrals. Every refusal is a problem document (RFC 9457) with a stable code.',
    )
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'oidc')
    .build();
  const document = SwaggerModule.createDocument(app, config, { extraModels: [Problem] });
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...namedSchemas() },
  };
  secureQueries(document);
  sayOfCallers(document);
  return document;
};

/** What a request may say of its caller, whatever it asks (docs/domain/people.md). */
const CALLERS_HEADERS = {
  Role: {
    name: ROLE_HEADER,
    description: 'In which of your roles, as `GET /api/v1/me` names them; the first that may when absent.',
    schema: { type: 'string' },
  },
  OnBehalfOf: {
    name: ON_BEHALF_HEADER,
    description: 'The physician for whom you act, or whom you cover.',
    schema: { type: 'string', format: 'uuid' },
  },
  Purpose: {
    name: PURPOSE_HEADER,
    description: 'What for (HL7 PurposeOfUse), where it is not what your role is there for.',
    schema: { type: 'string', enum: [...PURPOSES_OF_USE] },
  },
};

const sayOfCallers = (document: OpenAPIObject): void => {
  const parameters = Object.entries(CALLERS_HEADERS).map(
    ([key, said]) => [key, { ...said, in: 'header', required: false }] as const,
  );
  document.components = { ...document.components, parameters: Object.fromEntries(parameters) };
  const named = parameters.map(([key]) => ({ $ref: `#/components/parameters/${key}` }));
  for (const [path, item] of Object.entries(document.paths)) {
    if (!path.startsWith('/api/')) continue;
    for (const operation of [item.get, item.post]) operation?.parameters?.push(...named);
  }
};

const PROBLEM_SCHEMA = { $ref: `${PREFIX}Problem` };

const MET_BY_EVERY_QUERY: Readonly<Record<string, string>> = {
  '400': 'The position, cursor or a parameter is not of its form',
  '401': 'No valid access token',
  '403': 'Not for this role, or no active account',
  '404': 'Not there, or not for this caller to know',
  '503': 'Behind, busy or unable to keep access records: try again after `Retry-After`',
};

/** Queries need a token like commands do, and meet the same problems; operations endpoints (health, metrics) are open. */
const secureQueries = (document: OpenAPIObject): void => {
  for (const [path, item] of Object.entries(document.paths)) {
    const { get } = item;
    if (get === undefined || !path.startsWith('/api/')) continue;
    get.security = [{ oidc: [] }];
    for (const [status, description] of Object.entries(MET_BY_EVERY_QUERY)) {
      get.responses[status] ??= {
        description,
        content: { 'application/problem+json': { schema: PROBLEM_SCHEMA } },
      };
    }
  }
};
