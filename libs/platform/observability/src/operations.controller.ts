/** The three addresses for machines that look after the process. They need no token and tell nothing about people. */
import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags, type ApiResponseSchemaHost } from '@nestjs/swagger';
import { Public } from '@fascia/access';
import type { FastifyReply } from 'fastify';
import { HealthRegistry } from './health.js';
import { Metrics } from './metrics.js';

type Schema = NonNullable<ApiResponseSchemaHost['schema']>;

const CHECKS: Schema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['name', 'ok'],
    properties: { name: { type: 'string' }, ok: { type: 'boolean' }, detail: { type: 'string' } },
  },
};

const READY: Schema = {
  type: 'object',
  required: ['status', 'checks'],
  properties: { status: { type: 'string', enum: ['ready'] }, checks: CHECKS },
};

const NOT_READY: Schema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'checks'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    checks: CHECKS,
  },
};

@ApiTags('operations')
@Public()
@Controller()
export class OperationsController {
  constructor(
    @Inject(HealthRegistry) readonly health: HealthRegistry,
    @Inject(Metrics) readonly metrics: Metrics,
  ) {}

  @Get('health/live')
  @ApiOperation({
    operationId: 'live',
    summary: 'The process answers; says nothing about what it depends on.',
  })
  @ApiResponse({
    status: 200,
    schema: {
      type: 'object',
      required: ['status'],
      properties: { status: { type: 'string', enum: ['live'] } },
    },
  })
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  @Get('health/ready')
  @ApiOperation({
    operationId: 'ready',
    summary: 'Whether this process should get requests, and if not, why.',
  })
  @ApiResponse({ status: 200, schema: READY })
  @ApiResponse({
    status: 503,
    description: 'Not ready',
    content: { 'application/problem+json': { schema: NOT_READY } },
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const { ready, checks } = await this.health.readiness();
    if (ready) return { status: 'ready', checks };
    const failing = checks.filter(({ ok }) => !ok).map(({ name }) => name);
    reply.status(503).header('retry-after', '1').type('application/problem+json; charset=utf-8');
    return {
      type: 'urn:fascia:problem:NOT_READY',
      title: 'Not ready',
      status: 503,
      code: 'NOT_READY',
      detail: `Not ready yet: ${failing.join(', ')}.`,
      checks,
    };
  }

  @Get('metrics')
  @ApiOperation({ operationId: 'metrics', summary: 'Prometheus metrics of this process.' })
  @ApiProduces('text/plain')
  @ApiResponse({ status: 200, schema: { type: 'string' } })
  async scrape(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const text = await this.metrics.registry.metrics();
    reply.type(this.metrics.registry.contentType);
    return text;
  }
}
