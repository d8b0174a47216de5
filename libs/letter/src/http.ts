/** Letters over HTTP: what leaves the network, as one would sign it. That it was given out is stored before a byte of it leaves. */
import { createHash } from 'node:crypto';
import { Controller, Get, Inject, Param, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { asWhoMay, requireActing } from '@fascia/access';
import { ApiProblems, HARMLESS, occasionOf, ProblemException, readsIncomplete, tryAgain } from '@fascia/http';
import { isUuid, type Actor } from '@fascia/kernel';
import { NotingDesk, READ_DESK, ReadDesk, type Access, type AccessLog } from '@fascia/read-store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TEMPLATES, type LetterKind } from './letters/letter.js';
import { NoLetterYet, StillMoving, writeLetter, type LetterParts, type Written } from './letters/write.js';
import { renderInThread } from './pdf/in-thread.js';
import { NotAllIsTheirs } from './read/case.js';

export interface LetterDoorParts extends LetterParts {
  /** Resolves once every record of who looked is stored. */
  recorded(): Promise<void>;
}

/** Nest token of the {@link LetterDoorParts}. */
export const LETTERS = Symbol('LETTERS');

/** What is read on the way to a letter is one look, not ten: the records of it are gathered, and one is made of them. */
class Gathered implements AccessLog {
  #policy = '';

  record(access: Access): void {
    if (access.kind === 'read') this.#policy ||= access.policy;
  }

  /** That let the referral be read. */
  get policy(): string {
    return this.#policy;
  }
}

interface Given {
  readonly by: Actor;
  readonly policy: string;
  readonly written: Written;
}

const notYet = (kind: LetterKind): ProblemException =>
  new ProblemException(
    409,
    'LETTER_NOT_YET',
    kind === 'referral'
      ? 'It is a draft: there is a letter of it once it is sent.'
      : 'No outcome is reported: there is a letter of it once there is one.',
  );

const moving = (): ProblemException =>
  tryAgain('LETTER_CHANGING', 'What the letter tells of is being changed just now: ask for it again.', 1);

const forSome = (): ProblemException =>
  new ProblemException(
    403,
    'FORBIDDEN_ROLE',
    'A letter tells of diagnoses and of what treatment came to, and your role may not read all of that.',
  );

const Letter =
  (kind: LetterKind, operationId: string, summary: string): MethodDecorator =>
  (...target) => {
    for (const decorate of [
      ApiOperation({ operationId, summary }),
      ApiBearerAuth('oidc'),
      ApiParam({ name: 'id', schema: { type: 'string' } }),
      ApiResponse({
        status: 200,
        description: `PDF/UA-1, template ${TEMPLATES[kind]}: the same bytes for the same state. Repr-Digest (RFC 9530) is what the record of it says.`,
        content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } },
      }),
      ApiProblems(400, 401, 403, 404, 409, 503),
    ])
      decorate(...target);
  };

@ApiTags('Letters')
@Controller('api/v1/referrals/:id')
class Letters {
  constructor(
    @Inject(READ_DESK) private readonly desk: ReadDesk,
    @Inject(LETTERS) private readonly parts: LetterDoorParts,
  ) {}

  @Get('letter.pdf')
  @Letter('referral', 'getReferralLetter', 'The order as a letter')
  referral(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return this.give('referral', id, request, reply);
  }

  @Get('outcome/letter.pdf')
  @Letter('outcome', 'getOutcomeLetter', 'What treatment came to, as a letter')
  outcome(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return this.give('outcome', id, request, reply);
  }

  private async give(
    kind: LetterKind,
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { by, policy, written } = await this.written(kind, id, request);
    const { letter, patientId, template, position } = written;
    const pdf = await renderInThread(letter);
    const digest = createHash('sha256').update(pdf).digest();
    this.desk.log.record({
      kind: 'read',
      by,
      on: occasionOf(request),
      patientIds: [patientId],
      resource: `${kind}-letter`,
      policy,
      letter: { sha256: digest.toString('hex'), template, position },
    });
    await this.parts.recorded();
    reply.headers({ ...HARMLESS, 'repr-digest': `sha-256=:${digest.toString('base64')}:` });
    return new StreamableFile(pdf, {
      type: 'application/pdf',
      length: pdf.length,
      disposition: `inline; filename="${kind}-${id}.pdf"`,
    });
  }

  private async written(kind: LetterKind, id: string, request: FastifyRequest): Promise<Given> {
    const { rows, policy, clock } = this.desk;
    const on = occasionOf(request);
    // What is parked would be left out of it, or be taken for what has not happened, and nobody could tell.
    const isWhole = async (desk: NotingDesk): Promise<void> => {
      if ((await desk.lacking({ id })) > 0) throw readsIncomplete();
    };
    const ask = async (by: Actor): Promise<Given | 'not-all' | undefined> => {
      const log = new Gathered();
      const desk = new NotingDesk(new ReadDesk(rows, policy, log, clock), on);
      try {
        const written = await writeLetter(this.parts, kind, { desk, by, id });
        await isWhole(desk);
        return written && { by, policy: log.policy, written };
      } catch (error) {
        if (error instanceof NotAllIsTheirs) return 'not-all';
        await isWhole(desk);
        if (error instanceof NoLetterYet) throw notYet(kind);
        if (error instanceof StillMoving) throw moving();
        throw error;
      }
    };
    const given = isUuid(id)
      ? await asWhoMay(requireActing(request), ask, (one) => one === undefined || one === 'not-all')
      : undefined;
    if (given === 'not-all') throw forSome();
    if (given === undefined)
      throw new ProblemException(404, 'NOT_FOUND', 'There is no such referral, or it is not yours to see.');
    return given;
  }
}

export const letterDoors = () => ({ commands: [], queries: [Letters] });
