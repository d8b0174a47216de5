/** What an operation answers when all is well, to those who bring a token. The words are the kernel's (`contract/answers.ts`). */
import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, type ApiResponseOptions } from '@nestjs/swagger';
import { answer, integer, many, orNull, words } from '@fascia/kernel/contract';
import type { z } from 'zod';
import { openApiOf } from './openapi-schema.js';

/** A part of a list, see `lists.ts`. @param counts the kinds of which it says how many there are */
export const pageOf = <T extends z.ZodType>(items: T, counts: readonly string[] = []) =>
  answer({
    items: many(items),
    next: orNull(words('The `cursor` of the next page; null on the last one.')),
    incomplete: orNull(
      answer({
        streams: integer('Things of anybody that may be missing from this list, or be shown as they were.'),
      }),
    ),
    ...(counts.length === 0
      ? {}
      : {
          counts: orNull(
            answer(Object.fromEntries(counts.map((kind) => [kind, integer()]))).describe(
              'How many there are of each kind, of what you may see; null where `counted` was not asked. What `incomplete` says holds for them too.',
            ),
          ),
        }),
  });

interface AnswerOptions {
  readonly status?: number;
  readonly description?: string;
  readonly headers?: ApiResponseOptions['headers'];
}

export const Answers = (
  schema: z.ZodType,
  { status = 200, description = 'As asked', headers }: AnswerOptions = {},
): MethodDecorator =>
  applyDecorators(
    ApiBearerAuth('oidc'),
    ApiResponse({
      status,
      description,
      schema: openApiOf(schema),
      ...(headers === undefined ? {} : { headers }),
    }),
  );
