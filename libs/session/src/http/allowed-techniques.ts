/** What may be done at a place, over HTTP. */
import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller } from '@fascia/access';
import { REGIONS, SIDES, type Region, type Side } from '@fascia/clinical';
import { CONTRAINDICATIONS, type SiteJudgement } from '@fascia/clinical/contraindications';
import { Answers, Code, Id, occasionOf, ProblemException } from '@fascia/http';
import { isUuid, type Actor } from '@fascia/kernel';
import { NotingDesk, READ_DESK, ReadDesk } from '@fascia/read-store';
import type { FastifyRequest } from 'fastify';
import { techniquesAnswered, type TechniquesAnswered } from '../contract/techniques-answered.js';
import type { AllowedTechniques } from '../write/allowed-techniques.js';

class TechniquesQuery {
  @Code(REGIONS) region!: Region;
  @Code(SIDES, { optional: true, description: 'Both where the region has sides and none is named.' })
  side?: Side;
  @Id({ optional: true, description: 'Then what this order and its plan name counts as well.' })
  referralId?: string;
}

const wordsOf = (catalogueId: string): string =>
  CONTRAINDICATIONS.find(({ id }) => id === catalogueId)?.words ?? '';

const shown = ({ site, findings, allowedTechniques, demands, maxPressureGrade }: SiteJudgement) => ({
  ...site,
  allowedTechniques: [...allowedTechniques],
  maxPressureGrade,
  demands: [...demands],
  findings: findings.map(({ techniques, tissues, openedBy, ...finding }) => ({
    ...finding,
    words: wordsOf(finding.catalogueId),
    techniques: [...techniques],
    ...(tissues === undefined ? {} : { tissues: [...tissues] }),
    openedBy: [...openedBy],
  })),
});

export const ALLOWED_TECHNIQUES = Symbol('ALLOWED_TECHNIQUES');

@ApiTags('Precautions')
@Controller('api/v1/patients')
export class TechniquesAllowed {
  constructor(
    @Inject(ALLOWED_TECHNIQUES) private readonly ask: AllowedTechniques,
    @Inject(READ_DESK) private readonly desk: ReadDesk,
  ) {}

  @Get(':id/allowed-techniques')
  @ApiOperation({
    operationId: 'getAllowedTechniques',
    summary: 'What may be done to a patient at a place now, and why the rest may not',
  })
  @Answers(techniquesAnswered)
  async allowedTechniques(
    @Caller() by: Actor,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Query() query: TechniquesQuery,
  ): Promise<TechniquesAnswered> {
    const found = isUuid(id)
      ? await this.ask(new NotingDesk(this.desk, occasionOf(request)), by, id, query)
      : undefined;
    if (found === undefined)
      throw new ProblemException(404, 'NOT_FOUND', 'There is no such patient, or it is not yours to see.');
    return { ...found, sites: found.sites.map(shown) };
  }
}
