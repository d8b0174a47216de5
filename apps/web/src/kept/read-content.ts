/**
 * What of a content its contract can read, part by part. What is still being written (half a day, a number out of bounds, a row without
 * its words) waits, and keeps nothing else from being kept.
 */
import '../api/no-eval.js';
import { safeParse, ZodArray, ZodOptional, type core, type ZodObject } from 'zod';

type Schema = core.$ZodType;
/** Of the content of a draft. */
export type Contract = ZodObject;

export interface Waiting<P extends string = string> {
  readonly part: P;
  /** What the contract says of it. */
  readonly why: string;
  /** Of a list the rows that cannot be read, as they were written; nothing where that is all of it. */
  readonly rows?: readonly unknown[];
}

interface ReadContent<C> {
  /** As it would be stored. */
  readonly kept: C;
  readonly waiting: readonly Waiting<keyof C & string>[];
}

/** Spaces where nothing is said. */
const isBlank = (value: unknown): boolean => typeof value === 'string' && value.trim() === '';

const rowOf = (schema: Schema): Schema | undefined => {
  const inner = schema instanceof ZodOptional ? schema.unwrap() : schema;
  return inner instanceof ZodArray ? inner.element : undefined;
};

/** Of a list the rows that can be read; of all else all of it, or nothing. */
const readPart = <P extends string>(
  schema: Schema,
  part: P,
  value: unknown,
): { kept?: unknown; waiting?: Waiting<P> } => {
  const whole = safeParse(schema, value);
  if (whole.success) return { kept: whole.data };
  if (isBlank(value)) return {};
  const why = whole.error.issues[0]?.message ?? '';
  const row = rowOf(schema);
  if (row === undefined || !Array.isArray(value)) return { waiting: { part, why } };
  const rows = value.map((one: unknown) => ({ one, read: safeParse(row, one) }));
  const list = safeParse(
    schema,
    rows.flatMap(({ read }) => (read.success ? [read.data] : [])),
  );
  if (!list.success) return { waiting: { part, why } };
  const unread = rows.flatMap(({ one, read }) => (read.success ? [] : [one]));
  return { kept: list.data, waiting: { part, why, rows: unread } };
};

/** @param content whose parts that the contract does not know are no part of it; nor are those of which nothing is said */
export const readContent = <C extends object>(contract: Contract, content: C): ReadContent<C> => {
  const shape: Readonly<Record<string, Schema | undefined>> = contract.shape;
  const kept: [string, unknown][] = [];
  const waiting: Waiting<keyof C & string>[] = [];
  for (const [part, value] of Object.entries(content)) {
    const schema = shape[part];
    if (schema === undefined || value === undefined) continue;
    const read = readPart(schema, part as keyof C & string, value);
    if (read.kept !== undefined) kept.push([part, read.kept]);
    if (read.waiting !== undefined) waiting.push(read.waiting);
  }
  const whole: unknown = Object.fromEntries(kept);
  return { kept: whole as C, waiting };
};
