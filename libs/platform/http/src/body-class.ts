/**
 * The one bridge between a command's schema and class-validator: a class for any schema, whose every property is judged by the
 * schema as a whole, once. Unknown names are class-validator's affair (`whitelist`), everything else the schema's.
 */
import { ValidateBy, ValidateIf, validateSync, type ValidationArguments } from 'class-validator';
import type { z } from 'zod';
import { isPlainObject, pointerOf, refused, UNKNOWN_NAME } from './validation.js';
import { ProblemException, type ProblemError } from './problems.js';

const RULE = 'schema';

type Judged = z.ZodSafeParseResult<Record<string, unknown>>;

/** What the schema said of an instance; asked for by every property, found out once. */
const judgements = new WeakMap<object, Judged>();

const judged = (instance: object, schema: z.ZodObject): Judged => {
  const known = judgements.get(instance) ?? schema.safeParse({ ...instance });
  judgements.set(instance, known);
  return known;
};

type BodyClass = new () => object;

const classes = new WeakMap<z.ZodObject, BodyClass>();

const bodyClass = (schema: z.ZodObject): BodyClass => {
  const known = classes.get(schema);
  if (known !== undefined) return known;
  const type = class {};
  for (const [key, part] of Object.entries<z.core.$ZodType>(schema.shape)) {
    const fits = (_value: unknown, { object }: ValidationArguments): boolean =>
      judged(object, schema).error?.issues.some((issue) => issue.path[0] === key) !== true;
    const decorators = [
      ...(part._zod.optin === 'optional' ? [ValidateIf((_object, value) => value !== undefined)] : []),
      ValidateBy({
        name: RULE,
        validator: { validate: (value, args) => args !== undefined && fits(value, args) },
      }),
    ];
    for (const decorate of decorators) decorate(type.prototype, key);
  }
  classes.set(schema, type);
  return type;
};

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (part, step) => (part as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[step],
    value,
  );

/** What is wrong with an item of a list is told of the list. */
const placeOf = (path: readonly PropertyKey[]): readonly PropertyKey[] =>
  path.slice(0, path.findLastIndex((step) => typeof step !== 'number') + 1);

/** A required value that is missing says so instead of describing what it should look like. */
const faultOf = (issue: z.core.$ZodIssue, whole: unknown): readonly ProblemError[] => {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ pointer: pointerOf([...issue.path, key]), detail: UNKNOWN_NAME }));
  }
  const detail = at(whole, issue.path) === undefined ? 'is required' : issue.message;
  return [{ pointer: pointerOf(placeOf(issue.path)), detail }];
};

const faultsUnder = (
  key: string,
  issues: readonly z.core.$ZodIssue[],
  whole: unknown,
): readonly ProblemError[] => {
  const faults = issues.filter((issue) => issue.path[0] === key).flatMap((issue) => faultOf(issue, whole));
  return [...new Map(faults.toReversed().map((fault) => [fault.pointer, fault])).values()].toReversed();
};

/** Of no property that the class knows: `hasOwnProperty` is on every object, so that a whitelist takes it for known. */
const faultsOfTheWhole = (
  issues: readonly z.core.$ZodIssue[],
  whole: unknown,
  told: readonly ProblemError[],
): readonly ProblemError[] =>
  issues
    .filter(({ path }) => path.length === 0)
    .flatMap((issue) => faultOf(issue, whole))
    .filter(({ pointer }) => !told.some((fault) => fault.pointer === pointer));

/**
 * @returns the body as the schema leaves it: normalised, and nothing beside what it names
 * @throws ProblemException 400 when the body is no object, 422 with every fault otherwise
 */
export const checkedBody = (schema: z.ZodObject, body: unknown): Readonly<Record<string, unknown>> => {
  if (!isPlainObject(body)) {
    throw new ProblemException(400, 'BODY_REQUIRED', 'A JSON object is needed as the body of this request.');
  }
  const instance: object = Object.assign(new (bodyClass(schema))(), body);
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: false,
  });
  const { data, error } = judged(instance, schema);
  const faults = errors.flatMap(({ property, constraints = {} }) =>
    Object.hasOwn(constraints, RULE)
      ? faultsUnder(property, error?.issues ?? [], body)
      : [{ pointer: pointerOf([property]), detail: UNKNOWN_NAME }],
  );
  faults.push(...faultsOfTheWhole(error?.issues ?? [], body, faults));
  if (faults.length > 0 || data === undefined) throw refused(faults);
  return data;
};
