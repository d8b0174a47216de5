/** Everything that is thrown anywhere becomes a problem document; what we did not expect becomes a 500 that tells nothing. */
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { AccessRefused } from '@fascia/access';
import { AppendTooLarge, OutcomeUnknown, StoreUnavailable } from '@fascia/kernel';
import type { Logger } from '@fascia/observability';
import { ListBuilding, type AccessLog } from '@fascia/read-store';
import {
  Contended,
  Crowded,
  LookupsBehind,
  LookupsIncomplete,
  StreamUnreadable,
  SubjectErased,
  UpgradeNeeded,
} from '@fascia/write-door';
import { awayBecause } from '@fascia/retry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { recordRefusal } from './occasion.js';
import { problem, ProblemException, PROBLEM_JSON, RuleSaysNo, tryAgain, type Problem } from './problems.js';
import { StrictJsonError } from './strict-json.faults.js';

interface Answer {
  readonly document: Problem;
  readonly headers?: Readonly<Record<string, string>>;
}

const SAFE = 'It is safe to send it again with the same Idempotency-Key.';

/** For refusals of the framework, which know a status but nothing that a person could use. */
const BY_STATUS: Readonly<Record<number, readonly [code: string, detail: string]>> = {
  400: ['REQUEST_MALFORMED', 'The request cannot be read. Check address, headers and body.'],
  401: ['TOKEN_MISSING', 'Sign in first.'],
  403: ['FORBIDDEN', 'You may not do that.'],
  404: ['ROUTE_UNKNOWN', 'There is no such address. The addresses are listed at /docs.'],
  405: ['METHOD_NOT_ALLOWED', 'This address does not take that method; see the Allow header.'],
  406: ['NOT_ACCEPTABLE', 'That representation is not offered.'],
  408: ['REQUEST_TIMEOUT', 'The request did not arrive in time.'],
  413: ['BODY_TOO_LARGE', 'The body is too large. Send it in smaller parts.'],
  414: ['ADDRESS_TOO_LONG', 'The address is too long.'],
  415: ['MEDIA_TYPE_UNSUPPORTED', 'Send application/json (or application/fhir+json where FHIR is taken).'],
  422: ['REQUEST_INVALID', 'The request is not valid.'],
  429: ['TOO_MANY_REQUESTS', 'Too many requests. Wait a moment, then try again.'],
  431: ['HEADERS_TOO_LARGE', 'The headers are too large.'],
  503: ['OVERLOADED', `The service is too busy right now. Try again in a moment. ${SAFE}`],
};

const byStatus = (status: number): Answer => {
  const [code, detail] = BY_STATUS[status] ?? ['REQUEST_REFUSED', 'The request was refused.'];
  return {
    document: problem(status, code, detail),
    ...(status === 503 ? { headers: { 'retry-after': '2' } } : {}),
  };
};

const ofProblem = ({ problem: document, headers }: ProblemException): Answer => ({ document, headers });

/** What was not expected is told as that, and nothing of it. */
export const internal = (): Answer => ({
  document: problem(
    500,
    'INTERNAL',
    'Something broke on our side; it has been logged. Quote the request id if it happens again.',
  ),
});

/** The methods that an address does take, when the one that came is not among them. */
export type AllowedMethods = (path: string) => readonly string[];

const statusOfError = (error: unknown): number | undefined => {
  const { statusCode } = error as { statusCode?: unknown };
  return typeof statusCode === 'number' && ((statusCode >= 400 && statusCode < 500) || statusCode === 503)
    ? statusCode
    : undefined;
};

/** What is to be decided over, or asked for it, cannot be read as a whole: this stops for it alone, until an operator has acted. */
const ofClosedStream = (error: unknown): ProblemException | undefined => {
  if (error instanceof UpgradeNeeded)
    return tryAgain(
      'UPGRADE_NEEDED',
      `Nothing was stored: an older release of Fascia reads here what a newer one wrote. Upgrade this process; anything else goes on. ${SAFE}`,
      60,
    );
  if (error instanceof StreamUnreadable)
    return tryAgain(
      'STREAM_UNREADABLE',
      `Nothing was stored: an event that this depends on cannot be opened. An operator sees with "fascia keys status" whether a key is missing; anything else goes on. ${SAFE}`,
      60,
    );
  if (error instanceof LookupsIncomplete)
    return tryAgain(
      'LOOKUPS_INCOMPLETE',
      `Nothing was stored: a list that a rule has to ask is incomplete about this patient. An operator finds what is parked with "fascia models list" and, once it is mended, takes it with "fascia models retry"; what is about others goes on. ${SAFE}`,
      60,
    );
  return undefined;
};

/** It passes by itself. */
const ofPassing = (error: unknown): ProblemException | undefined => {
  if (error instanceof Crowded)
    return tryAgain('CROWDED', `Nothing was stored: too many are waiting for the same thing. ${SAFE}`, 2);
  if (error instanceof Contended)
    return tryAgain(
      'CONTENDED',
      `Nothing was stored: others changed the same thing again and again meanwhile. ${SAFE}`,
      2,
    );
  const away = awayBecause(error);
  if (error instanceof StoreUnavailable || away === 'refused')
    return tryAgain('STORE_UNAVAILABLE', `Nothing was stored: the store is busy or away. ${SAFE}`, 2);
  if (error instanceof OutcomeUnknown || away === 'lost')
    return tryAgain(
      'OUTCOME_UNKNOWN',
      `Whether this was stored is not known, because a connection broke. ${SAFE}`,
    );
  if (error instanceof LookupsBehind)
    return tryAgain(
      'LOOKUPS_BEHIND',
      `Nothing was stored: a rule needs lists that have not caught up yet. ${SAFE}`,
    );
  if (error instanceof ListBuilding)
    return tryAgain(
      'LIST_BUILDING',
      'This list is being built from the log, and cannot be asked yet. Try again in a moment; other lists answer.',
      5,
    );
  return undefined;
};

/** @returns nothing for what was not expected. */
export const answerTo = (error: unknown): Answer | undefined => {
  if (error instanceof ProblemException) return ofProblem(error);
  if (error instanceof AccessRefused) {
    const { code, headers, about } = error;
    const { detail } = error.getResponse() as { detail: string };
    return {
      document: problem(error.getStatus(), code, detail, about === undefined ? {} : { about }),
      headers,
    };
  }
  if (error instanceof StrictJsonError) {
    const errors = error.pointer === undefined ? [] : [{ pointer: error.pointer, detail: error.message }];
    return {
      document: problem(error.code === 'JSON_TOO_LARGE' ? 413 : 400, error.code, error.message, { errors }),
    };
  }
  const later = ofClosedStream(error) ?? ofPassing(error);
  if (later !== undefined) return ofProblem(later);
  if (error instanceof SubjectErased) {
    return {
      document: problem(
        409,
        'PERSON_ERASED',
        'What was known of this person has been erased, for good. Nothing more can be recorded about them under this id.',
      ),
    };
  }
  if (error instanceof AppendTooLarge) {
    return {
      document: problem(
        413,
        'APPEND_TOO_LARGE',
        'This is more than one step can record. Send it in smaller parts.',
      ),
    };
  }
  const status = error instanceof HttpException ? error.getStatus() : statusOfError(error);
  return status === undefined || (status >= 500 && status !== 503) ? undefined : byStatus(status);
};

/** Who says no, where somebody does. */
const noOf = (error: unknown, { document: { status, code } }: Answer): 'denied' | 'refused' | undefined => {
  if (error instanceof RuleSaysNo) return 'refused';
  return status === 403 || (status === 404 && code !== 'ROUTE_UNKNOWN') ? 'denied' : undefined;
};

@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly allowed: AllowedMethods,
    private readonly log: AccessLog,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const known = this.#recorded(error, answerTo(error), request);
    if (known === undefined) this.logger.error({ err: error, requestId: request.id }, 'unexpected error');
    if (error instanceof LookupsIncomplete)
      this.logger.error(
        { code: known?.document.code, models: error.models, requestId: request.id },
        'a rule cannot be asked, as what it needs is parked',
      );
    if (error instanceof UpgradeNeeded || error instanceof StreamUnreadable)
      this.logger.error(
        { code: known?.document.code, stream: error.message, requestId: request.id },
        'a stream is not decided over',
      );
    const { document, headers = {} } = this.#wrongMethod(known, request) ?? known ?? internal();
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.end();
      return;
    }
    void reply
      .status(document.status)
      .headers(headers)
      .header('cache-control', 'no-store')
      .type(PROBLEM_JSON)
      .send(JSON.stringify({ ...document, instance: `urn:uuid:${request.id}` }));
  }

  /** Whoever was told no leaves a record; where none can be kept, they are told that instead. */
  #recorded(error: unknown, answer: Answer | undefined, request: FastifyRequest): Answer | undefined {
    const kind = answer === undefined ? undefined : noOf(error, answer);
    if (answer === undefined || kind === undefined) return answer;
    try {
      recordRefusal(this.log, request, kind, answer.document.code);
      return answer;
    } catch (full) {
      return answerTo(full);
    }
  }

  /** The router knows only "no such route"; that another method is served there is worth telling. */
  #wrongMethod(known: Answer | undefined, request: FastifyRequest): Answer | undefined {
    if (known?.document.code !== 'ROUTE_UNKNOWN') return undefined;
    const methods = this.allowed(request.url.split('?', 1)[0] ?? '');
    return methods.length === 0 || methods.includes(request.method)
      ? undefined
      : { ...byStatus(405), headers: { allow: methods.join(', ') } };
  }
}
