/** The API's own description: made from the decorators, then told what the validation really does. */
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { Problem } from './problems.js';

interface Node {
  $ref?: string;
  type?: string;
  properties?: Record<string, Node>;
  items?: Node;
  additionalProperties?: unknown;
  allOf?: Node[];
}

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
  closeRequestBodies(document);
  secureQueries(document);
  return document;
};

/** Unknown properties are refused, so the schemas of bodies say so. */
const closeRequestBodies = (document: OpenAPIObject): void => {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Node>;
  const seen = new Set<Node>();
  const close = (node: Node | undefined): void => {
    if (node === undefined || seen.has(node)) return;
    seen.add(node);
    if (node.$ref?.startsWith(PREFIX) === true) close(schemas[node.$ref.slice(PREFIX.length)]);
    if (node.properties !== undefined) node.additionalProperties ??= false;
    [
      ...Object.values(node.properties ?? {}),
      ...(node.allOf ?? []),
      ...(node.items === undefined ? [] : [node.items]),
    ].forEach(close);
  };
  for (const path of Object.values(document.paths)) {
    const { requestBody } = path.post ?? {};
    if (requestBody !== undefined && 'content' in requestBody)
      close(requestBody.content['application/json']?.schema as Node | undefined);
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
