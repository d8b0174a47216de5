/**
 * Lists page by keyset: a cursor is the place of the last row in the list's order. Such a place may be a person's name, and addresses
 * are kept in logs and histories, so that a cursor is sealed under a key of the network: it tells nothing, fits its own list alone, and
 * opens in every process.
 */
import { ApiProperty } from '@nestjs/swagger';
import type { Counts, PartOf, Place } from '@fascia/read-store';
import { openState, SealBroken, sealState } from '@fascia/sealing';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { ProblemException } from './problems.js';

export const PAGE_DEFAULT = 50;
export const PAGE_MAX = 200;

export const LONGEST_CURSOR = 2000;

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
  /** How many there are of each kind, of a list that counts; null where it was not asked to. */
  readonly counts?: Counts | null;
}

export interface Cursors {
  /**
   * Where a page begins.
   * @param list the name of the question
   * @throws ProblemException 400 for a cursor that is none, was edited, or is another list's
   */
  placeOf(list: string, cursor: string | undefined): Promise<Place | undefined>;
  /** @param lacking streams that the tables lack which the list was read from */
  pageFrom<T>(list: string, part: PartOf<T>, lacking: number): Promise<Page<T>>;
}

/** Nest token of {@link Cursors}. */
export const CURSORS = Symbol('CURSORS');

const opened = (sealed: Buffer, list: string, secret: Buffer): Place | undefined => {
  try {
    return JSON.parse(openState({ id: list, secret }, list, sealed).toString('utf8')) as Place;
  } catch (error) {
    if (error instanceof SealBroken) return undefined;
    throw error;
  }
};

/** @param secret 32 bytes, the same in every process of the network */
export const sealedCursors = (secret: () => Promise<Buffer>): Cursors => ({
  placeOf: async (list, cursor) => {
    if (cursor === undefined) return undefined;
    const place =
      cursor.length <= LONGEST_CURSOR && /^[\w-]+$/.test(cursor)
        ? opened(Buffer.from(cursor, 'base64url'), list, await secret())
        : undefined;
    if (place !== undefined) return place;
    throw new ProblemException(
      400,
      'CURSOR_INVALID',
      'This cursor is not one of this list. Start again without it.',
    );
  },
  pageFrom: async (list, { items, last, counts }, lacking) => ({
    items,
    next:
      last === null
        ? null
        : sealState(
            { id: list, secret: await secret() },
            list,
            Buffer.from(JSON.stringify(last), 'utf8'),
          ).toString('base64url'),
    incomplete: lacking === 0 ? null : { streams: lacking },
    ...(counts === undefined ? {} : { counts }),
  }),
});
