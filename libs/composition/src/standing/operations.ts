/** What an operator does over HTTP: the topology at a glance; read models listed, rebuilt, verified and retried. */
import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller } from '@fascia/access';
import { Answers, ApiProblems, ProblemException } from '@fascia/http';
import type { AccessPolicy, Actor, Position } from '@fascia/kernel';
import { answer, integer, many, words } from '@fascia/kernel/contract';
import { HealthRegistry } from '@fascia/observability';
import type { ReadModel } from '@fascia/read-store';
import type { ModelAdmin, ModelStatus, Verification } from '@fascia/read-store/host';
import type { ParkedSubject } from '@fascia/delivery';
import type { PresentProcess } from '../process/presence.js';
import { assertOperator } from './operator.js';
import {
  begun,
  model,
  rebuilt,
  status,
  verification,
  type Begun,
  type Status,
} from './operations.answers.js';
import type { ClockReading } from './clocks.js';
import type { Progress } from './progress.js';
import type { Standings } from './standing.js';
import type { Silent } from './silent.js';
import type { Unanswered } from './unanswered.js';

interface Parked {
  list(): Promise<readonly ParkedSubject[]>;
  /** @returns how many subjects wait to be tried again */
  retry(subject?: string): Promise<number>;
}

export interface OperationsParts {
  readonly admin: ModelAdmin;
  readonly standings: () => Promise<Standings>;
  readonly progress: Pick<Progress, 'stalled'>;
  readonly clocks: () => Promise<ClockReading & { readonly trouble: string }>;
  readonly unanswered: () => Promise<Unanswered>;
  readonly silent: () => Promise<Silent | undefined>;
  readonly processes: () => Promise<readonly PresentProcess[]>;
  readonly parked: Parked;
  /** @param after position of the last event that it is not to act on; `0n`: it acts on all history */
  readonly beginProcess: (
    process: string,
    after: Position,
  ) => Promise<'begun' | 'no such process' | 'no such event'>;
  readonly policy: AccessPolicy;
}

const POSITION = /^\d{1,18}$/;

export const OPERATIONS = Symbol('OPERATIONS');

@ApiTags('Operation')
@Controller('api/v1/admin')
export class Operations {
  constructor(
    @Inject(OPERATIONS) private readonly parts: OperationsParts,
    @Inject(HealthRegistry) private readonly health: HealthRegistry,
  ) {}

  @Get('models')
  @ApiOperation({ operationId: 'listModels', summary: 'Read models: rows, position, what is parked' })
  @Answers(answer({ items: many(model) }))
  async list(@Caller() by: Actor): Promise<{ items: readonly ModelStatus[] }> {
    this.allow(by);
    return { items: await this.parts.admin.list() };
  }

  @Post('models/:name/rebuild')
  @HttpCode(200)
  @ApiOperation({ operationId: 'rebuildModel', summary: 'Build a read model again from the log' })
  @Answers(rebuilt)
  @ApiProblems(401, 403, 404)
  async rebuild(@Caller() by: Actor, @Param('name') name: string): Promise<{ name: string; done: boolean }> {
    return { name, done: await this.parts.admin.rebuild(this.model(by, name)) };
  }

  @Post('models/:name/verify')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'verifyModel',
    summary: 'Compare a read model with a rebuild from zero, by digest',
  })
  @Answers(verification)
  @ApiProblems(401, 403, 404)
  verify(@Caller() by: Actor, @Param('name') name: string): Promise<Verification> {
    return this.parts.admin.verify(this.model(by, name));
  }

  @Post('models/:name/retry')
  @HttpCode(200)
  @ApiOperation({ operationId: 'retryModel', summary: 'Apply what parked streams held back' })
  @Answers(answer({ name: words(), stillParked: many(words()) }))
  @ApiProblems(401, 403, 404)
  async retry(
    @Caller() by: Actor,
    @Param('name') name: string,
  ): Promise<{ name: string; stillParked: readonly string[] }> {
    return { name, stillParked: await this.parts.admin.retry(this.model(by, name)) };
  }

  @Get('status')
  @ApiOperation({
    operationId: 'showStatus',
    summary: 'What is ready; where the log, the relay and every follower stand; which processes are there',
  })
  @Answers(status)
  async status(@Caller() by: Actor): Promise<Status> {
    this.allow(by);
    const { head, epoch, relay, followers } = await this.parts.standings();
    const { ready, checks } = await this.health.readiness();
    const silent = await this.parts.silent();
    return {
      readiness: {
        ready,
        checks: checks.map(({ name, ok, detail = '' }) => ({ name, ok, detail })),
      },
      log: { position: head.toString(), epoch },
      relay:
        relay === undefined ? null : { position: relay.position.toString(), ageSeconds: relay.ageSeconds },
      followers: followers.map((one) => ({
        ...one,
        position: one.position.toString(),
        behind: one.behind.toString(),
      })),
      stalled: [...this.parts.progress.stalled],
      clocks: await this.parts.clocks(),
      unanswered: await this.parts.unanswered(),
      silent: silent === undefined ? null : { ...silent, ids: [...silent.ids] },
      parked: (await this.parts.parked.list()).map(({ follower, subject, error, since }) => ({
        follower,
        subject,
        error,
        since,
      })),
      processes: [...(await this.parts.processes())],
    };
  }

  @Post('parked/retry')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'retryParked',
    summary: 'Try again what followers parked; what still cannot be taken stays there',
  })
  @Answers(answer({ asked: integer('How many wait to be tried again.') }))
  @ApiProblems(401, 403)
  async retryParked(@Caller() by: Actor): Promise<{ asked: number }> {
    this.allow(by);
    return { asked: await this.parts.parked.retry() };
  }

  @Post('processes/:name/begin/:after')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'beginProcess',
    summary: 'Let a process manager act on what happened after a position, or since the start of the log',
    description: 'What it handled already it handles no second time.',
  })
  @Answers(begun)
  @ApiProblems(401, 403, 404, 422)
  async begin(
    @Caller() by: Actor,
    @Param('name') process: string,
    @Param('after') after: string,
  ): Promise<Begun> {
    this.allow(by);
    if (after !== 'start' && !POSITION.test(after))
      throw new ProblemException(422, 'REQUEST_INVALID', 'A position of the log in digits, or start.');
    const found = await this.parts.beginProcess(process, after === 'start' ? 0n : BigInt(after));
    if (found !== 'begun') throw new ProblemException(404, 'NOT_FOUND', `There is ${found}.`);
    return { process, after };
  }

  private model(by: Actor, name: string): ReadModel {
    this.allow(by);
    const model = this.parts.admin.find(name);
    if (model === undefined) throw new ProblemException(404, 'NOT_FOUND', 'There is no such read model.');
    return model;
  }

  private allow(by: Actor): void {
    assertOperator(this.parts.policy, by);
  }
}
