/** A read that names a write (`Fascia-At-Least`) waits until the projections have it, for a while. */
import {
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { AT_LEAST_HEADER, decodePosition, POSITIONS, type LogPosition, type Positions } from './positions.js';
import { ProblemException, readsIncomplete, tryAgain } from './problems.js';

const LONGEST_WAIT_MS = 2000;

/** Set as metadata of a handler that reads, though what it is asked comes in a body. */
export const READS = 'fascia.reads';

/** What a read wants to see; nothing when it takes whatever there is. */
export const atLeastOf = ({
  headers,
}: Pick<FastifyRequest, 'headers'>): string | readonly string[] | undefined =>
  headers[AT_LEAST_HEADER.toLowerCase()];

@Injectable()
export class ReadYourWrites implements NestInterceptor {
  readonly #positions: Positions;

  constructor(@Inject(POSITIONS) positions: Positions) {
    this.#positions = positions;
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const token = atLeastOf(request);
    const reads =
      request.method === 'GET' ||
      request.method === 'HEAD' ||
      Reflect.getMetadata(READS, context.getHandler()) === true;
    if (token !== undefined && reads) {
      await this.#reach(typeof token === 'string' ? decodePosition(token) : undefined);
    }
    return next.handle();
  }

  async #reach(wanted: LogPosition | undefined): Promise<void> {
    if (wanted === undefined)
      throw unusable('Fascia-At-Least must be a Fascia-Position exactly as an answer gave it.');
    // The same event under another name of the log, after a fail-over, is as good.
    const there = wanted.position === 0n ? '' : await this.#positions.digestAt(wanted.position);
    if (there?.startsWith(wanted.digest) !== true) {
      throw unusable(
        'Fascia-At-Least is of another log: it was restored or moved meanwhile. Read without it.',
      );
    }
    if (!(await this.#positions.waitFor(wanted.position, LONGEST_WAIT_MS))) {
      throw tryAgain(
        'READS_BEHIND',
        'What you wrote is stored, but the lists have not caught up yet. Read again in a moment.',
      );
    }
    if (wanted.position > 0n && (await this.#positions.isLacking(wanted.position))) throw readsIncomplete();
  }
}

const unusable = (detail: string): ProblemException => new ProblemException(400, 'POSITION_INVALID', detail);
