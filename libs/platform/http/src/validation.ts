/** How requests are refused: every fault with its place. Query strings by their classes here, bodies by `body-class.ts`. */
import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { ProblemException, type ProblemError } from './problems.js';

const MOST_ERRORS = 50;
const LONGEST_POINTER = 200;

/** What is said of a name that nothing declares. */
export const UNKNOWN_NAME = 'is not known here: remove it, or check the spelling';

const escaped = (key: string): string => key.replace(/~/g, '~0').replace(/\//g, '~1');

/** RFC 6901. */
export const pointerOf = (path: readonly PropertyKey[]): string =>
  path
    .map((step) => `/${escaped(String(step))}`)
    .join('')
    .slice(0, LONGEST_POINTER);

export const refused = (faults: readonly ProblemError[]): ProblemException => {
  const places = faults.length === 1 ? 'one place' : `${faults.length} places`;
  return new ProblemException(
    422,
    'REQUEST_INVALID',
    `The request has to be corrected in ${places}; see "errors".`,
    { errors: faults.slice(0, MOST_ERRORS) },
  );
};

export const isPlainObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** For bodies of commands that take none. */
export const requireEmpty = (body: unknown): void => {
  if (body === undefined || body === null) return;
  if (!isPlainObject(body))
    throw new ProblemException(400, 'BODY_REQUIRED', 'Send no body, or an empty JSON object.');
  const errors = Object.keys(body)
    .slice(0, MOST_ERRORS)
    .map((key) => ({ pointer: pointerOf([key]), detail: 'is not known here: this command takes no body' }));
  if (errors.length > 0)
    throw new ProblemException(422, 'REQUEST_INVALID', 'This command takes no body.', { errors });
};

/** A required value that is missing says so instead of describing what it should look like. */
const faultOf = ({ property, value, constraints = {} }: ValidationError): ProblemError => {
  const [[name, message] = ['', '']] = Object.entries(constraints);
  const detail =
    name === 'whitelistValidation' ? UNKNOWN_NAME : value === undefined ? 'is required' : message;
  return { pointer: pointerOf([property]), detail };
};

/** class-transformer leaves out names that every object has (`toString`): to a caller they are unknown like any other. */
const lost = (query: object, made: object): readonly ProblemError[] =>
  Object.keys(query)
    .filter((key) => !Object.hasOwn(made, key))
    .map((key) => ({ pointer: pointerOf([key]), detail: UNKNOWN_NAME }));

type QueryClass = new () => object;

const checked = (type: QueryClass, query: object): object => {
  const instance = plainToInstance(type, query, { enableCircularCheck: false, exposeUnsetFields: false });
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
  });
  const faults = [...lost(query, instance), ...errors.map(faultOf)];
  if (faults.length > 0) throw refused(faults);
  return instance;
};

const isQueryClass = (type: unknown): type is QueryClass =>
  typeof type === 'function' && ![Object, String, Number, Boolean, Array].some((builtIn) => builtIn === type);

/** Global: every `@Query()` that names a class is checked by it. */
@Injectable()
export class RequestPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    return type === 'query' && isQueryClass(metatype) ? checked(metatype, { ...(value as object) }) : value;
  }
}
