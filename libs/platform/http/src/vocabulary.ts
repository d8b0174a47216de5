/**
 * The words of query strings, for lists and other questions. Each word checks, normalises and documents one property, so a query
 * class reads as its own specification:
 *
 * ```ts
 * class PlansQuery extends ListQuery { @Id({ optional: true }) referralId?: string; @Code(STAGES, { optional: true }) state?: string }
 * ```
 *
 * What bodies say is said in the kernel's words (`contract/words.ts`), whose rules and sentences these share.
 */
import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, ValidateBy, ValidateIf } from 'class-validator';
import { isUuid, normalInstant, normalLine, textFault } from '@fascia/kernel';

export interface FieldOptions {
  readonly optional?: boolean;
  readonly description?: string;
}

type LineOptions = FieldOptions & { readonly pattern?: RegExp };

/** Checks a text; the sentence goes on from the property's name: "must be …". */
const rule = (name: string, must: string, holds: (text: string) => boolean): PropertyDecorator =>
  ValidateBy(
    {
      name,
      validator: {
        validate: (value: unknown) => typeof value === 'string' && holds(value),
        defaultMessage: () => must,
      },
    },
    { message: must },
  );

const documented = (
  schema: object,
  { optional = false, description }: FieldOptions,
  ...checks: PropertyDecorator[]
): PropertyDecorator =>
  applyDecorators(
    ...(optional ? [ValidateIf((_object, value) => value !== undefined)] : []),
    ApiProperty({ ...schema, required: !optional, ...(description === undefined ? {} : { description }) }),
    ...checks,
  );

const normalised = (normal: (text: string) => string): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? normal(value) : value));

/** RFC 3339 with a zone; arrives as UTC with milliseconds. */
export const Instant = (options: FieldOptions = {}): PropertyDecorator =>
  documented(
    { type: 'string', format: 'date-time' },
    options,
    normalised((text) => normalInstant(text) ?? text),
    rule(
      'instant',
      'must be a moment with its zone, written as 2026-04-01T09:30:00Z or 2026-04-01T11:30:00+02:00',
      (text) => normalInstant(text) === text,
    ),
  );

/** The id of something, as Fascia writes ids. */
export const Id = (options: FieldOptions = {}): PropertyDecorator =>
  documented(
    { type: 'string', format: 'uuid' },
    options,
    rule('uuid', 'must be an id (a lower-case UUID)', isUuid),
  );

/** One line: a name, a number, a title. */
export const Line = (max: number, { pattern, ...options }: LineOptions = {}): PropertyDecorator =>
  documented(
    {
      type: 'string',
      minLength: 1,
      maxLength: max,
      ...(pattern === undefined ? {} : { pattern: pattern.source }),
    },
    options,
    normalised(normalLine),
    rule(
      'text',
      `must be text of 1 to ${max} characters on one line, without control characters` +
        (pattern === undefined ? '' : `, matching ${pattern.source}`),
      (text) => textFault(text, max, 'one') === undefined && (pattern?.test(text) ?? true),
    ),
  );

export const OptionalLine = (max: number, options: LineOptions = {}): PropertyDecorator =>
  Line(max, { ...options, optional: true });

export const Code = (codes: readonly string[], options: FieldOptions = {}): PropertyDecorator =>
  documented(
    { type: 'string', enum: [...codes] },
    options,
    rule(
      'code',
      codes.length <= 30 ? `must be one of: ${codes.join(', ')}` : 'must be a code of the published list',
      (text) => codes.includes(text),
    ),
  );

/** true or false. */
export const Flag = (options: FieldOptions = {}): PropertyDecorator =>
  documented(
    { type: 'boolean' },
    options,
    Transform(({ value }: { value: unknown }) =>
      value === 'true' ? true : value === 'false' ? false : value,
    ),
    IsBoolean({ message: 'must be true or false' }),
  );
