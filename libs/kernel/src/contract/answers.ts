/**
 * The words of answers: what a question gives back, said beside the function that makes it. They describe and type; what is answered
 * is checked against them by the specs of the running service, not with every answer.
 */
import { z } from 'zod';

const told = (schema: z.ZodString, description: string | undefined, format?: string) =>
  schema.meta({
    ...(format === undefined ? {} : { format }),
    ...(description === undefined ? {} : { description }),
  });

export const uuid = (description?: string) => told(z.string(), description, 'uuid');
/** UTC, RFC 3339. */
export const moment = (description?: string) => told(z.string(), description, 'date-time');
/** `2026-04-01`. */
export const date = (description?: string) => told(z.string(), description, 'date');
/** Also what a personal field is: once its key is gone it reads `[erased]`. */
export const words = (description?: string) => told(z.string(), description);

export const integer = (description?: string) =>
  z.int().meta(description === undefined ? {} : { description });
export const decimal = (description?: string) =>
  z.number().meta(description === undefined ? {} : { description });
export const yesOrNo = (description?: string) =>
  z.boolean().meta(description === undefined ? {} : { description });

/** A stored document, shown as it is stored. */
export const anything = (description: string) => z.unknown().meta({ description });

export const oneOfCodes = <const T extends readonly string[]>(codes: T, description?: string) =>
  z.enum([...new Set(codes)] as unknown as T).meta(description === undefined ? {} : { description });

export const many = <T extends z.ZodType>(items: T, description?: string) =>
  z.array(items).meta(description === undefined ? {} : { description });

/** Always there; null when there is none. */
export const orNull = <T extends z.ZodType>(schema: T) => schema.nullable();

/** Left out when there is none. */
export const maybe = <T extends z.ZodType>(schema: T) => schema.optional();

/** Every key is there unless it is a {@link maybe}, and there are no others. */
export const answer = <T extends z.core.$ZodLooseShape>(parts: T) => z.strictObject(parts);

/** What must be given back for the answer to be as it says. */
export type AnswerOf<T extends z.ZodType> = z.output<T>;

/** By keys that are data, such as resource types. */
export const byKey = <T extends z.ZodType>(values: T) => z.record(z.string(), values);

/** One of several shapes, told apart by a key. */
export const eitherOf = <
  const T extends readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]],
>(
  key: string,
  ...shapes: T
) => z.discriminatedUnion(key, shapes);

/** As in a request: what was sent is what is shown. @typeParam Stored what a row holds of it */
export const asSent = <Stored>(schema: z.ZodType): z.ZodType<Stored, Stored> =>
  schema as unknown as z.ZodType<Stored, Stored>;
