/** From the write door's outcome to an HTTP answer. */
import { ApiProperty } from '@nestjs/swagger';
import type { Outcome } from '@fascia/write-door';
import type { AnyRefusal, RefusalRow, Refusals } from '@fascia/kernel';
import { encodePosition, POSITION_HEADER } from './positions.js';
import { notFound, ProblemException, RuleSaysNo, type ProblemReason } from './problems.js';

/** What every command answers. */
export class CommandAnswer {
  @ApiProperty({ type: 'string', format: 'uuid' })
  id!: string;

  @ApiProperty({
    type: 'integer',
    minimum: 1,
    description: 'Send it back as If-Match to act only on what you have seen.',
  })
  version!: number;

  @ApiProperty({ type: 'string', pattern: '^[0-9]+$', description: 'Position in the log, a decimal string.' })
  position!: string;

  @ApiProperty({ description: 'The stage of the lifecycle after the command.' })
  state!: string;
}

export type Done = Extract<Outcome, { kind: 'done' }>;

/** Should a code be in no table (specs hold that none is): most are rules about state. */
const UNLISTED: RefusalRow = { status: 409, title: 'A rule says no' };

const rowOf = (code: string, refusals: Refusals): RefusalRow =>
  Object.hasOwn(refusals, code) ? (refusals[code] ?? UNLISTED) : UNLISTED;

const reasonOf = ({ code, detail, pointer, about }: AnyRefusal, refusals: Refusals): ProblemReason => ({
  code,
  title: rowOf(code, refusals).title,
  detail,
  ...(pointer === undefined ? {} : { pointer }),
  ...(about === undefined ? {} : { about }),
});

/** All that said no. */
export const reasonsOf = ({ also = [], ...first }: AnyRefusal, refusals: Refusals): ProblemReason[] =>
  [first, ...also].map((one) => reasonOf(one, refusals));

/** @throws ProblemException for every outcome but `done`. */
export const doneOr = (outcome: Outcome, refusals: Refusals): Done => {
  switch (outcome.kind) {
    case 'done':
      return outcome;
    case 'refused': {
      const { code, detail, about } = outcome.refusal;
      const { status, title } = rowOf(code, refusals);
      const all = reasonsOf(outcome.refusal, refusals);
      throw new RuleSaysNo(status, code, detail, {
        title,
        errors: all.flatMap((one) =>
          one.pointer === undefined ? [] : [{ pointer: one.pointer, detail: one.detail }],
        ),
        ...(about === undefined ? {} : { about }),
        ...(all.length === 1 ? {} : { refusals: all }),
      });
    }
    case 'stale':
      throw new ProblemException(
        412,
        'VERSION_STALE',
        `This is at version ${outcome.actual} now, not the one you named. Read it again, then decide again.`,
        { about: { actual: outcome.actual } },
      );
    case 'keyReused':
      throw new ProblemException(
        422,
        'IDEMPOTENCY_KEY_REUSED',
        'This Idempotency-Key was used for another request. Repeat a request with the same body, or take a new key.',
      );
    case 'notFound':
      throw notFound();
    case 'forbidden':
      throw new ProblemException(
        403,
        'FORBIDDEN_ROLE',
        'Your role, or what your organisation is to this, does not allow that command.',
        { about: { policy: outcome.policy } },
      );
  }
};

export const answerOf = (done: Done): CommandAnswer => ({
  id: done.id,
  version: done.version,
  position: done.position.toString(),
  state: done.stage,
});

/** For whoever wants to read what they have just written (`Fascia-At-Least`). */
export const positionOf = ({ position, digest }: Pick<Done, 'position' | 'digest'>): string =>
  encodePosition({ position, digest, partition: 0 });

/** What every answer to a write says beside its body. */
export const headersOf = (done: Done): Readonly<Record<string, string>> => ({
  etag: `"${String(done.version)}"`,
  [POSITION_HEADER]: positionOf(done),
});
