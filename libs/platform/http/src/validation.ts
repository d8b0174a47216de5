/** From a JSON value to a request class: strict, and every fault with its place. */
import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { ProblemException, type ProblemError } from './problems.js';

export type RequestClass = new () => object;

const MOST_ERRORS = 50;
const LONGEST_POINTER = 200;

const escaped = (key: string): string => key.replace(/~/g, '~0').replace(/\//g, '~1');

const sentence = (name: string, message: string): string =>
  name === 'whitelistValidation' ? 'is not known here: remove it, or check the spelling' : message;

/** A required value that is missing says so instead of describing what it should look like. */
const faultsOf = (error: ValidationError): readonly string[] => {
  const constraints = Object.entries(error.constraints ?? {});
  const unknown = constraints.some(([name]) => name === 'whitelistValidation');
  if (!unknown && error.value === undefined && constraints.length > 0) return ['is required'];
  const own = constraints.filter(([name]) => name !== 'nestedValidation' || constraints.length === 1);
  return own.slice(0, 1).map(([name, message]) => sentence(name, message));
};

const flatten = (errors: readonly ValidationError[], at = ''): readonly ProblemError[] =>
  errors.flatMap((error) => {
    const pointer = `${at}/${escaped(error.property)}`;
    const own = faultsOf(error).map((detail) => ({ pointer: pointer.slice(0, LONGEST_POINTER), detail }));
    return [...own, ...(own.length > 0 ? [] : flatten(error.children ?? [], pointer))];
  });

const isPlainObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An instance without the properties that were left out, down to plain data: what a command may carry. */
export const plainData = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plainData);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [key, plainData(inner)]),
  );
};

/** @throws ProblemException 400 when the body is no object, 422 with every fault otherwise. */
export const validated = <T extends object>(type: new () => T, body: unknown): T => {
  if (!isPlainObject(body)) {
    throw new ProblemException(400, 'BODY_REQUIRED', 'A JSON object is needed as the body of this request.');
  }
  return checked(type, body);
};

/** class-transformer leaves out names that every object has (`toString`): to a caller they are unknown like any other. */
const lost = (plain: unknown, made: unknown, at = ''): readonly ProblemError[] => {
  if (typeof plain !== 'object' || plain === null || typeof made !== 'object' || made === null) return [];
  return Object.entries(plain).flatMap(([key, inner]): readonly ProblemError[] => {
    const pointer = `${at}/${escaped(key)}`;
    if (!Object.hasOwn(made, key))
      return [{ pointer: pointer.slice(0, LONGEST_POINTER), detail: sentence('whitelistValidation', '') }];
    return lost(inner, (made as Record<string, unknown>)[key], pointer);
  });
};

const checked = <T extends object>(type: new () => T, plain: object): T => {
  const instance = plainToInstance(type, plain, { enableCircularCheck: false, exposeUnsetFields: false });
  const missed = lost(plain, instance);
  const faults = [
    ...missed,
    ...flatten(
      validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true }),
    ),
  ];
  if (faults.length === 0) return instance;
  const places = faults.length === 1 ? 'one place' : `${faults.length} places`;
  throw new ProblemException(
    422,
    'REQUEST_INVALID',
    `The request has to be corrected in ${places}; see "errors".`,
    {
      errors: faults.slice(0, MOST_ERRORS),
    },
  );
};

/** For bodies of commands that take none. */
export const requireEmpty = (body: unknown): void => {
  if (body === undefined || body === null) return;
  if (!isPlainObject(body))
    throw new ProblemException(400, 'BODY_REQUIRED', 'Send no body, or an empty JSON object.');
  const errors = Object.keys(body)
    .slice(0, MOST_ERRORS)
    .map((key) => ({
      pointer: `/${escaped(key)}`.slice(0, LONGEST_POINTER),
      detail: 'is not known here: this command takes no body',
    }));
  if (errors.length > 0)
    throw new ProblemException(422, 'REQUEST_INVALID', 'This command takes no body.', { errors });
};

const isRequestClass = (type: unknown): type is RequestClass =>
  typeof type === 'function' && ![Object, String, Number, Boolean, Array].some((builtIn) => builtIn === type);

/** Global: every `@Body()` and `@Query()` that names a class is checked by it. */
@Injectable()
export class RequestPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (!isRequestClass(metatype) || (type !== 'body' && type !== 'query')) return value;
    return type === 'body' ? validated(metatype, value) : checked(metatype, { ...(value as object) });
  }
}
