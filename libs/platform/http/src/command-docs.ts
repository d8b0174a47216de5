/** OpenAPI of a command route: applied by program, so that no row of a table can go undocumented. */
import {
  ApiBearerAuth,
  ApiBody,
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import type { CommandDeclaration } from '@fascia/kernel';
import { CommandAnswer } from './command-answer.js';
import { openApiOf } from './openapi-schema.js';
import { Problem } from './problems.js';

const header = (description: string, schema: object): object => ({
  description,
  schema: { type: 'string', ...schema },
});

const ANSWER_HEADERS = {
  ETag: header('The version, as `If-Match` takes it.', { example: '"7"' }),
  'Fascia-Position': header('Send it as `Fascia-At-Least` to read your own write.', {}),
  'Idempotency-Key': header('The key that was used, made here when the request brought none.', {}),
  'X-Correlation-Id': header('Names everything that follows from this request.', { format: 'uuid' }),
};

const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'Malformed: JSON, headers or address',
  401: 'No valid token',
  403: 'Not for this role or organisation',
  404: 'Not there, or not for this caller to know',
  409: 'A rule refused it; `code` names the rule',
  412: 'Another version than `If-Match` named',
  413: 'Too large',
  415: 'Not application/json',
  422: 'Well-formed, but not valid; `errors` names the places',
  429: 'Too many requests',
  503: 'Not right now; safe to send again with the same Idempotency-Key',
};

/** A problem answer, for hand-written controllers as well. */
export const ApiProblems =
  (...statuses: readonly number[]): MethodDecorator & ClassDecorator =>
  (target: object, name?: string | symbol, method?: PropertyDescriptor) => {
    ApiExtraModels(Problem)(target, name, method as never);
    for (const status of statuses) {
      const content = { 'application/problem+json': { schema: { $ref: getSchemaPath(Problem) } } };
      ApiResponse({ status, description: PROBLEMS[status] ?? 'Problem', content })(
        target as never,
        name as never,
        method as never,
      );
    }
  };

export interface CommandRoute {
  readonly type: string;
  readonly declared: CommandDeclaration;
}

const bodyOf = ({ type, declared }: CommandRoute): MethodDecorator =>
  Object.keys(declared.body.shape).length === 0
    ? ApiBody({ required: false, schema: { type: 'object', additionalProperties: false } })
    : ApiBody({ schema: openApiOf(declared.body, `${type}Body`) });

export const documentCommand = (prototype: object, name: string, route: CommandRoute): void => {
  const method = Object.getOwnPropertyDescriptor(prototype, name) ?? {};
  const { declared } = route;
  const creating = declared.kind === 'creates';
  const decorators: readonly MethodDecorator[] = [
    ApiBearerAuth('oidc'),
    ApiOperation({ operationId: name, summary: declared.summary }),
    ...(creating ? [] : [ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })]),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'The same key and body answer as the first time.',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    }),
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'Act only on this version.',
      schema: { type: 'string', example: '"7"' },
    }),
    ApiHeader({ name: 'X-Correlation-Id', required: false, schema: { type: 'string', format: 'uuid' } }),
    bodyOf(route),
    ApiResponse({
      status: creating ? 201 : 200,
      description: 'Done',
      type: CommandAnswer,
      headers: ANSWER_HEADERS,
    }),
    ...(creating
      ? [
          ApiResponse({
            status: 200,
            description: 'Done before: the first answer again',
            type: CommandAnswer,
            headers: ANSWER_HEADERS,
          }),
        ]
      : []),
    ApiProblems(...Object.keys(PROBLEMS).map(Number)),
  ];
  for (const decorate of decorators) decorate(prototype, name, method);
};
