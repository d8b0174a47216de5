/**
 * The words of request classes. Each word checks, normalises and documents one property, so a request class
 * reads as its own specification:
 *
 * ```ts
 * class Site { @Code(REGIONS) region!: Region; @Code(SIDES, { optional: true }) side?: Side }
 * class SendReferralRequest {
 *   @CalendarDate() onset!: string;
 *   @ListOf(() => Site, { min: 1, max: 20 }) sites!: Site[];
 *   @OptionalText(2000) note?: string;
 * }
 * ```
 *
 * `null` is never "absent": an optional property is left out.
 */
import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsBoolean, ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import { isUuid } from '@fascia/kernel';
import { isCalendarDate, normalInstant, normalText, textFault } from './text.js';

/** FHIR `date`, as precise as it is known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. For the `pattern` of a line. */
export const PARTIAL_DATE = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

export interface FieldOptions {
  readonly optional?: boolean;
  readonly description?: string;
  readonly example?: unknown;
}

export interface ListOptions extends FieldOptions {
  readonly min?: number;
  readonly max: number;
}

type ObjectClass = new () => object;

/** Checks a value; the sentence goes on from the property's name: "must be …". */
interface Rule {
  readonly name: string;
  readonly must: string;
  readonly holds: (value: unknown) => boolean;
}

const rule = ({ name, must, holds }: Rule, each = false): PropertyDecorator =>
  ValidateBy({ name, validator: { validate: holds, defaultMessage: () => must } }, { each, message: must });

const documented = (
  schema: object,
  { optional = false, description, example }: FieldOptions,
  ...checks: PropertyDecorator[]
): PropertyDecorator =>
  applyDecorators(
    ...(optional ? [ValidateIf((_object, value) => value !== undefined)] : []),
    ApiProperty({
      ...schema,
      required: !optional,
      ...(description === undefined ? {} : { description }),
      ...(example === undefined ? {} : { example }),
    }),
    ...checks,
  );

const normalised = (normal: (text: string) => string): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    Array.isArray(value)
      ? value.map((one: unknown) => (typeof one === 'string' ? normal(one) : one))
      : typeof value === 'string'
        ? normal(value)
        : value,
  );

// ---- checks alone, for where the documentation is written by hand --------------------------------------------

const RULES = {
  calendarDate: {
    name: 'calendarDate',
    must: 'must be a date that exists, written as 2026-04-01',
    holds: (value) => typeof value === 'string' && isCalendarDate(value),
  },
  instant: {
    name: 'instant',
    must: 'must be a moment with its zone, written as 2026-04-01T09:30:00Z or 2026-04-01T11:30:00+02:00',
    holds: (value) => typeof value === 'string' && normalInstant(value) === value,
  },
  uuid: {
    name: 'uuid',
    must: 'must be an id (a lower-case UUID)',
    holds: (value) => typeof value === 'string' && isUuid(value),
  },
  object: {
    name: 'object',
    must: 'must be an object',
    holds: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  },
} as const satisfies Record<string, Rule>;

const textRule = (max: number, lines: 'one' | 'many', pattern?: RegExp): Rule => ({
  name: 'text',
  must:
    `must be text of 1 to ${max} characters${lines === 'one' ? ' on one line' : ''}, without control characters` +
    (pattern === undefined ? '' : `, matching ${pattern.source}`),
  holds: (value) =>
    typeof value === 'string' && textFault(value, max, lines) === undefined && (pattern?.test(value) ?? true),
});

const codeRule = (codes: readonly string[]): Rule => ({
  name: 'code',
  must: codes.length <= 30 ? `must be one of: ${codes.join(', ')}` : 'must be a code of the published list',
  holds: (value) => typeof value === 'string' && codes.includes(value),
});

const numberRule = (kind: 'whole' | 'amount', min: number, max: number): Rule => ({
  name: kind,
  must: `must be a ${kind === 'whole' ? 'whole ' : ''}number from ${min} to ${max}`,
  holds: (value) =>
    typeof value === 'number' &&
    (kind === 'whole' ? Number.isSafeInteger(value) : Number.isFinite(value)) &&
    value >= min &&
    value <= max,
});

const listRule = ({ min = 0, max }: ListOptions): Rule => ({
  name: 'list',
  must: `must be a list of ${min} to ${max} items`,
  holds: (value) => Array.isArray(value) && value.length >= min && value.length <= max,
});

export const IsCalendarDate = (): PropertyDecorator => rule(RULES.calendarDate);
/** The value is normalised to UTC with milliseconds before it is checked. */
export const IsInstant = (): PropertyDecorator =>
  applyDecorators(
    normalised((text) => normalInstant(text) ?? text),
    rule(RULES.instant),
  );
export const IsUuid = (): PropertyDecorator => rule(RULES.uuid);
export const IsLongText = (max: number): PropertyDecorator =>
  applyDecorators(normalised(normalText), rule(textRule(max, 'many')));
export const IsCode = (codes: readonly string[]): PropertyDecorator => rule(codeRule(codes));

// ---- words: check, normalisation and OpenAPI in one --------------------------------------------------------

/** `2026-04-01`; 30 February does not exist. */
export const CalendarDate = (options: FieldOptions = {}): PropertyDecorator =>
  documented({ type: 'string', format: 'date' }, options, IsCalendarDate());

/** RFC 3339 with a zone; arrives as UTC with milliseconds. */
export const Instant = (options: FieldOptions = {}): PropertyDecorator =>
  documented({ type: 'string', format: 'date-time' }, options, IsInstant());

/** The id of something, as Fascia writes ids. */
export const Id = (options: FieldOptions = {}): PropertyDecorator =>
  documented({ type: 'string', format: 'uuid' }, options, IsUuid());

/** One line: a name, a number, a title. */
export const Line = (
  max: number,
  options: FieldOptions & { readonly pattern?: RegExp } = {},
): PropertyDecorator =>
  documented(
    {
      type: 'string',
      minLength: 1,
      maxLength: max,
      ...(options.pattern === undefined ? {} : { pattern: options.pattern.source }),
    },
    options,
    normalised(normalText),
    rule(textRule(max, 'one', options.pattern)),
  );

/** Text that may run over several lines. */
export const Text = (max: number, options: FieldOptions = {}): PropertyDecorator =>
  documented({ type: 'string', minLength: 1, maxLength: max }, options, IsLongText(max));

export const OptionalText = (max: number, options: FieldOptions = {}): PropertyDecorator =>
  Text(max, { ...options, optional: true });
export const OptionalLine = (
  max: number,
  options: FieldOptions & { readonly pattern?: RegExp } = {},
): PropertyDecorator => Line(max, { ...options, optional: true });

export const Code = (codes: readonly string[], options: FieldOptions = {}): PropertyDecorator =>
  documented({ type: 'string', enum: [...codes] }, options, IsCode(codes));

export const Whole = (min: number, max: number, options: FieldOptions = {}): PropertyDecorator =>
  documented({ type: 'integer', minimum: min, maximum: max }, options, rule(numberRule('whole', min, max)));

export const Amount = (min: number, max: number, options: FieldOptions = {}): PropertyDecorator =>
  documented({ type: 'number', minimum: min, maximum: max }, options, rule(numberRule('amount', min, max)));

/** true or false. */
export const Flag = (options: FieldOptions = {}): PropertyDecorator =>
  documented({ type: 'boolean' }, options, IsBoolean({ message: 'must be true or false' }));

// @nestjs/swagger takes a function for a class to be resolved later only when the function's own name is `type`.

/** Another request class inside. */
export const Nested = (type: () => ObjectClass, options: FieldOptions = {}): PropertyDecorator =>
  documented({ type: () => type() }, options, Type(type), rule(RULES.object), ValidateNested());

const bounds = ({ min, max }: ListOptions): object => ({
  maxItems: max,
  ...(min === undefined ? {} : { minItems: min }),
});

const plainList = (items: object, options: ListOptions, ...checks: PropertyDecorator[]): PropertyDecorator =>
  documented({ type: 'array', items, ...bounds(options) }, options, rule(listRule(options)), ...checks);

export const ListOf = (type: () => ObjectClass, options: ListOptions): PropertyDecorator =>
  documented(
    { type: () => type(), isArray: true, ...bounds(options) },
    options,
    Type(type),
    rule(listRule(options)),
    rule(RULES.object, true),
    ValidateNested({ each: true }),
  );

export const Ids = (options: ListOptions): PropertyDecorator =>
  plainList({ type: 'string', format: 'uuid' }, options, rule(RULES.uuid, true));

export const Codes = (codes: readonly string[], options: ListOptions): PropertyDecorator =>
  plainList({ type: 'string', enum: [...codes] }, options, rule(codeRule(codes), true));

export const Lines = (max: number, options: ListOptions): PropertyDecorator =>
  plainList(
    { type: 'string', minLength: 1, maxLength: max },
    options,
    normalised(normalText),
    rule(textRule(max, 'one'), true),
  );
