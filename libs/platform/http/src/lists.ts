/** Lists page by keyset: a cursor is the place of the last row in the list's order, opaque to clients. */
import { ApiProperty } from '@nestjs/swagger';
import type { PartOf, Place } from '@fascia/read-store';
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
  /** How many things are parked that the list may lack; null when it lacks none. Whose they are is not told. */
  readonly incomplete: { readonly streams: number } | null;
}

const parsed = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
};

const isText = (value: unknown): boolean =>
  typeof value === 'string' && value.isWellFormed() && !value.includes('\u0000');

const isPlace = (values: unknown): values is Place =>
  Array.isArray(values) && values.length === 2 && values.every(isText);

/**
 * Where a page begins; a cursor that was edited, or is none, is 400. Its values are data all the same: bind them, never build SQL of
 * them.
 */
export const placeOf = (cursor: string | undefined): Place | undefined => {
  if (cursor === undefined) return undefined;
  const values = cursor.length <= LONGEST_CURSOR && /^[\w-]+$/.test(cursor) ? parsed(cursor) : undefined;
  if (isPlace(values)) return values;
  throw new ProblemException(
    400,
    'CURSOR_INVALID',
    'This cursor is not one of this list. Start again without it.',
  );
};

/** @param lacking streams that the tables lack which the list was read from */
export const pageFrom = <T>({ items, last }: PartOf<T>, lacking: number): Page<T> => ({
  items,
  next: last === null ? null : Buffer.from(JSON.stringify(last)).toString('base64url'),
  incomplete: lacking === 0 ? null : { streams: lacking },
});
