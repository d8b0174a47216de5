/** The API's own description: made from the decorators, then told what the validation really does. */
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
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
  return document;
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
