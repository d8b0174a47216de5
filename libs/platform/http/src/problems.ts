/** Problem documents (RFC 9457): the one shape of every answer that says no. */
import { HttpException } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class ProblemError {
  @ApiProperty({
    description: 'JSON pointer (RFC 6901) to the place in the request.',
    example: '/sites/0/side',
  })
  pointer!: string;

  @ApiProperty({ description: 'What is wrong there.' })
  detail!: string;
}

export class ProblemReason {
  @ApiProperty({ example: 'REFERRAL_FLAG_OPEN' })
  code!: string;

  @ApiProperty({ example: 'A safety flag is open' })
  title!: string;

  @ApiProperty({ description: 'A sentence a person can act on.' })
  detail!: string;

  @ApiPropertyOptional({ description: 'JSON pointer (RFC 6901) to the place in the request.' })
  pointer?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Codes and ids that it is about.',
  })
  about?: Readonly<Record<string, string | number | readonly string[]>>;
}

/** RFC 9457; `code` is stable and for programs, `detail` is for the person. */
export class Problem {
  @ApiProperty({ example: 'urn:fascia:problem:REQUEST_INVALID' })
  type!: string;

  @ApiProperty({ example: 'The request is not valid' })
  title!: string;

  @ApiProperty({ type: 'integer', minimum: 400, maximum: 599, example: 422 })
  status!: number;

  @ApiProperty({ description: 'A stable name for programs.', example: 'REQUEST_INVALID' })
  code!: string;

  @ApiProperty({ description: 'A sentence a person can act on.' })
  detail!: string;

  @ApiPropertyOptional({
    description: 'The request id; quote it when asking for help.',
    example: 'urn:uuid:0d5c0f5e-1f9e-4a43-8d7e-6c2a0d1e9f10',
  })
  instance?: string;

  @ApiPropertyOptional({ type: () => [ProblemError] })
  errors?: readonly ProblemError[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Codes and ids the refusal is about; never personal data.',
  })
  about?: Readonly<Record<string, string | number | readonly string[]>>;

  @ApiPropertyOptional({
    type: () => [ProblemReason],
    description: 'Where several rules say no: all of them; the first is told above as well.',
  })
  refusals?: readonly ProblemReason[];
}

export interface ProblemExtra {
  readonly title?: string;
  readonly errors?: readonly ProblemError[];
  readonly about?: Problem['about'];
  readonly refusals?: readonly ProblemReason[];
  /** HTTP headers that belong to the answer, such as `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request is malformed',
  401: 'Please sign in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  408: 'The request took too long',
  409: 'A rule says no',
  412: 'Changed meanwhile',
  413: 'Too large',
  414: 'The address is too long',
  415: 'Unsupported media type',
  422: 'The request is not valid',
  428: 'A precondition is missing',
  429: 'Too many requests',
  431: 'The headers are too large',
  500: 'Something broke on our side',
  503: 'Not available right now',
};

export const titleOf = (status: number): string =>
  TITLES[status] ?? (status < 500 ? 'The request was refused' : 'Something broke on our side');

export const problem = (
  status: number,
  code: string,
  detail: string,
  extra: Omit<ProblemExtra, 'headers'> = {},
): Problem => ({
  type: `urn:fascia:problem:${code}`,
  title: extra.title ?? titleOf(status),
  status,
  code,
  detail,
  ...(extra.errors === undefined || extra.errors.length === 0 ? {} : { errors: extra.errors }),
  ...(extra.about === undefined ? {} : { about: extra.about }),
  ...(extra.refusals === undefined ? {} : { refusals: extra.refusals }),
});

/** Thrown at the edge only; deciders answer refusals as values. */
export class ProblemException extends HttpException {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, detail: string, { headers = {}, ...extra }: ProblemExtra = {}) {
    const document = problem(status, code, detail, extra);
    super(document, status);
    this.problem = document;
    this.headers = headers;
  }
}

/** A rule refused a command, not the caller. */
export class RuleSaysNo extends ProblemException {}

export const PROBLEM_JSON = 'application/problem+json; charset=utf-8';

/** 503 with `Retry-After`: for whatever passes by itself. */
export const tryAgain = (code: string, detail: string, seconds = 1): ProblemException =>
  new ProblemException(503, code, detail, { headers: { 'retry-after': String(seconds) } });

/** What is asked for is parked, all of it or a part: an answer could not be told from one that is whole. */
export const readsIncomplete = (): ProblemException =>
  tryAgain(
    'READS_INCOMPLETE',
    'What you ask for is stored, but it is missing from the lists, or from some of them: it is parked. An operator finds it with "fascia models list" and, once it is mended, takes it with "fascia models retry". Without Fascia-At-Least, what there is is answered, as far as there is any.',
    60,
  );

export const notFound = (): ProblemException =>
  new ProblemException(
    404,
    'NOT_FOUND',
    'There is nothing here, or nothing that you may know about. Check the address and your role.',
  );
