/** Lists page by keyset: a cursor is the sort values of the last row, opaque to clients. */
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { ProblemException } from './problems.js';

export const PAGE_DEFAULT = 50;
export const PAGE_MAX = 200;

const LONGEST_CURSOR = 2000;

/** Base of every list's query class; a name that the class does not declare is refused. */
export class ListQuery {
  @ApiProperty({ required: false, type: 'integer', minimum: 1, maximum: PAGE_MAX, default: PAGE_DEFAULT })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : value,
  )
  @IsInt({ message: `must be a whole number from 1 to ${PAGE_MAX}` })
  @Min(1, { message: `must be a whole number from 1 to ${PAGE_MAX}` })
  @Max(PAGE_MAX, { message: `must be a whole number from 1 to ${PAGE_MAX}` })
  limit: number = PAGE_DEFAULT;

  @ApiProperty({
    required: false,
    type: 'string',
    maxLength: LONGEST_CURSOR,
    description: '`next` of the page before.',
  })
  @IsOptional()
  @IsString({ message: 'must be the "next" of an answer' })
  @MaxLength(LONGEST_CURSOR, { message: 'must be the "next" of an answer' })
  cursor?: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** The cursor of the next page; null on the last one. */
  readonly next: string | null;
}

export type CursorValue = string | number | boolean | null;

type Shape = readonly ('text' | 'number' | 'boolean' | 'text?' | 'number?')[];

export const encodeCursor = (values: readonly CursorValue[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

const fits = (value: unknown, kind: Shape[number]): boolean => {
  if (value === null) return kind.endsWith('?');
  switch (kind) {
    case 'text':
    case 'text?':
      return typeof value === 'string' && value.isWellFormed() && !value.includes('\u0000');
    case 'number':
    case 'number?':
      return typeof value === 'number' && Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
  }
};

const parsed = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
};

/**
 * The sort values of a cursor, checked against the shape that this list makes; a cursor of another list, or one
 * that was edited, is 400. Values are data all the same: bind them, never build SQL of them.
 */
export const decodeCursor = (
  cursor: string | undefined,
  shape: Shape,
): readonly CursorValue[] | undefined => {
  if (cursor === undefined) return undefined;
  const values = cursor.length <= LONGEST_CURSOR && /^[\w-]+$/.test(cursor) ? parsed(cursor) : undefined;
  const ok =
    Array.isArray(values) &&
    values.length === shape.length &&
    shape.every((kind, index) => fits(values[index], kind));
  if (ok) return values as readonly CursorValue[];
  throw new ProblemException(
    400,
    'CURSOR_INVALID',
    'This cursor is not one of this list. Start again without it.',
  );
};

/** @param rows one more than `limit` was asked for, so that the last page is known to be the last. */
export const page = <T>(
  rows: readonly T[],
  limit: number,
  toCursor: (row: T) => readonly CursorValue[],
): Page<T> => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? encodeCursor(toCursor(last)) : null };
};
