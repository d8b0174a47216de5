/**
 * The words of answers: what a query gives back, said beside the function that makes it, and checked against the
 * running service by `test/journeys/api.answers.e2e.spec.ts`.
 *
 * ```ts
 * const flag = shape({ id: uuid, version: integer, note: orNull(text), status: oneOfCodes(['open', 'cleared']) });
 *
 * @Get() @Answers(pageOf(flag)) list(…) { … }
 * @Get(':id') @Answers(flag) one(…) { … }
 * ```
 *
 * Every key of a shape is there unless it is a {@link maybe}, and there are no others.
 */
import { applyDecorators } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiExtraModels,
  ApiResponse,
  getSchemaPath,
  type ApiResponseSchemaHost,
} from '@nestjs/swagger';
import type { RequestClass } from './validation.js';

/** A schema object of OpenAPI 3.0. */
export type AnswerSchema = ApiResponseSchemaHost['schema'];

interface Maybe {
  readonly absentOr: AnswerSchema;
}

export const uuid: AnswerSchema = { type: 'string', format: 'uuid' };
/** UTC, RFC 3339. */
export const instant: AnswerSchema = { type: 'string', format: 'date-time' };
/** `2026-04-01`. */
export const day: AnswerSchema = { type: 'string', format: 'date' };
/** Also what a personal field is: once its key is gone it reads `[erased]`. */
export const text: AnswerSchema = { type: 'string' };
export const integer: AnswerSchema = { type: 'integer' };
export const decimal: AnswerSchema = { type: 'number' };
export const yesOrNo: AnswerSchema = { type: 'boolean' };

/** A stored document, shown as it is stored. */
export const anything = (description: string): AnswerSchema => ({ description });

export const oneOfCodes = (codes: readonly string[]): AnswerSchema => ({
  type: 'string',
  enum: [...new Set(codes)],
});

export const many = (items: AnswerSchema): AnswerSchema => ({ type: 'array', items });

/** By keys that are data, such as resource types. */
export const byKey = (values: AnswerSchema): AnswerSchema => ({
  type: 'object',
  additionalProperties: values,
});

/** One of several shapes. */
export const either = (...shapes: readonly AnswerSchema[]): AnswerSchema => ({ oneOf: [...shapes] });

/** As in a request: what was sent is what is shown. The operation names the class in {@link Answers}. */
export const asSent = (body: RequestClass): AnswerSchema => ({ $ref: getSchemaPath(body) });

/** Always there; null when there is none. */
export const orNull = (schema: AnswerSchema): AnswerSchema => {
  if ('$ref' in schema) return { allOf: [schema], nullable: true };
  return {
    ...schema,
    nullable: true,
    ...(schema.enum === undefined ? {} : { enum: [...(schema.enum as readonly unknown[]), null] }),
  };
};

/** Left out when there is none. */
export const maybe = (schema: AnswerSchema): Maybe => ({ absentOr: schema });

export const shape = (parts: Readonly<Record<string, AnswerSchema | Maybe>>): AnswerSchema => {
  const properties: Record<string, AnswerSchema> = {};
  const required: string[] = [];
  for (const [name, part] of Object.entries(parts)) {
    properties[name] = 'absentOr' in part ? part.absentOr : part;
    if (!('absentOr' in part)) required.push(name);
  }
  // `required` may not be empty in OpenAPI 3.0.
  return {
    type: 'object',
    properties,
    additionalProperties: false,
    ...(required.length === 0 ? {} : { required }),
  };
};

/** A part of a list, see `lists.ts`. */
export const pageOf = (items: AnswerSchema): AnswerSchema =>
  shape({
    items: many(items),
    next: { ...orNull(text), description: 'The `cursor` of the next page; null on the last one.' },
  });

interface AnswerOptions {
  readonly status?: number;
  readonly description?: string;
  /** The request classes that the schema points at with {@link asSent}. */
  readonly sent?: readonly RequestClass[];
}

/** What an operation answers when all is well, to those who bring a token. */
export const Answers = (
  schema: AnswerSchema,
  { status = 200, description = 'As asked', sent = [] }: AnswerOptions = {},
): MethodDecorator =>
  applyDecorators(
    ApiBearerAuth('oidc'),
    ApiExtraModels(...sent),
    ApiResponse({ status, description, schema }),
  );
