/** What an operator does over HTTP: read models listed, rebuilt, verified and retried. */
import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller } from '@fascia/access';
import { Answers, ApiProblems, instant, integer, many, ProblemException, shape, text, yesOrNo } from '@fascia/http';
import type { AccessPolicy, Actor } from '@fascia/kernel';
import type { ModelAdmin, ModelStatus, ProjectionHost, ReadModel, Verification } from '@fascia/read-store';

export interface OperationsParts {
  readonly admin: ModelAdmin;
  readonly host: ProjectionHost;
  readonly policy: AccessPolicy;
}

const position = { ...text, description: 'Decimal; of the whole log.' };

const model = shape({
  name: text, version: integer, rows: integer, position, behind: { ...text, description: 'Decimal: positions still to come.' },
  parked: many(shape({ stream: text, fromVersion: integer, error: text, since: instant })),
});

const verification = shape({ name: text, rows: integer, position, live: text, rebuilt: text, same: yesOrNo });

export const OPERATIONS = Symbol('OPERATIONS');

@ApiTags('Operation')
@Controller('api/v1/admin/models')
export class Operations {
  constructor(@Inject(OPERATIONS) private readonly parts: OperationsParts) {}

  @Get()
  @ApiOperation({ operationId: 'listModels', summary: 'Read models: rows, position, what is parked' })
  @Answers(shape({ items: many(model) }))
  async list(@Caller() by: Actor): Promise<{ items: readonly ModelStatus[] }> {
    this.allow(by);
    return { items: await this.parts.admin.list() };
  }

  @Post(':name/rebuild')
  @HttpCode(200)
  @ApiOperation({ operationId: 'rebuildModel', summary: 'Build a read model again from the log' })
  @Answers(shape({ name: text }))
  @ApiProblems(401, 403, 404)
  async rebuild(@Caller() by: Actor, @Param('name') name: string): Promise<{ name: string }> {
    await this.parts.admin.rebuild(this.model(by, name));
    return { name };
  }

  @Post(':name/verify')
  @HttpCode(200)
  @ApiOperation({ operationId: 'verifyModel', summary: 'Compare a read model with a rebuild from zero, by digest' })
  @Answers(verification)
  @ApiProblems(401, 403, 404)
  verify(@Caller() by: Actor, @Param('name') name: string): Promise<Verification> {
    return this.parts.admin.verify(this.model(by, name));
  }

  @Post(':name/retry')
  @HttpCode(200)
  @ApiOperation({ operationId: 'retryModel', summary: 'Apply what parked streams held back' })
  @Answers(shape({ name: text, stillParked: many(text) }))
  @ApiProblems(401, 403, 404)
  async retry(@Caller() by: Actor, @Param('name') name: string): Promise<{ name: string; stillParked: readonly string[] }> {
    return { name, stillParked: await this.parts.admin.retry(this.model(by, name)) };
  }

  private model(by: Actor, name: string): ReadModel {
    this.allow(by);
    const model = this.parts.admin.find(name);
    if (model === undefined) throw new ProblemException(404, 'NOT_FOUND', 'There is no such read model.');
    return model;
  }

  private allow(by: Actor): void {
    const { allowed } = this.parts.policy.decide({ role: by.role, relations: [], action: 'Operate', resource: 'process' });
    if (!allowed) throw new ProblemException(403, 'FORBIDDEN_ROLE', 'This is for operators.');
  }
}
