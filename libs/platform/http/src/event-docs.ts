/** The stored events for programs of others: their AsyncAPI document and the schema of each. Public like `/openapi.json`. */
import { Controller, Get, Header, Inject, Module, Param, type DynamicModule } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '@fascia/access';
import { Problem, ProblemException } from './problems.js';

/** Handed in: what the events are is the affair of who composes the process. */
export interface EventDocs {
  readonly asyncApi: object;
  /** JSON Schema by event type. */
  readonly schemas: ReadonlyMap<string, object>;
}

const EVENT_DOCS = Symbol('EVENT_DOCS');
const SCHEMA_JSON = 'application/schema+json';

@ApiTags('operations')
@Public()
@Controller()
export class EventDocsController {
  constructor(@Inject(EVENT_DOCS) private readonly docs: () => EventDocs) {}

  @Get('asyncapi.json')
  @ApiOperation({
    operationId: 'describeEvents',
    summary: 'The events on Kafka, as an AsyncAPI 3.0 document.',
  })
  @ApiResponse({
    status: 200,
    schema: {
      type: 'object',
      required: ['asyncapi', 'channels'],
      properties: { asyncapi: { type: 'string' }, channels: { type: 'object' } },
    },
  })
  events(): object {
    return this.docs().asyncApi;
  }

  @Get('schemas/:type.json')
  @Header('content-type', `${SCHEMA_JSON}; charset=utf-8`)
  @ApiOperation({
    operationId: 'eventSchema',
    summary: 'JSON Schema (2020-12) of the data of a stored event.',
  })
  @ApiProduces(SCHEMA_JSON)
  @ApiResponse({
    status: 200,
    schema: {
      type: 'object',
      required: ['$schema', '$id'],
      properties: { $schema: { type: 'string' }, $id: { type: 'string' } },
    },
  })
  @ApiResponse({ status: 404, description: 'No such event type', type: Problem })
  schema(@Param('type') type: string): object {
    const schema = this.docs().schemas.get(type);
    if (schema === undefined)
      throw new ProblemException(
        404,
        'NOT_FOUND',
        'No stored event is called that. /asyncapi.json names them all.',
      );
    return schema;
  }
}

@Module({})
export class EventDocsModule {
  /** @param docs called when somebody asks */
  static of(docs: () => EventDocs): DynamicModule {
    return {
      module: EventDocsModule,
      controllers: [EventDocsController],
      providers: [{ provide: EVENT_DOCS, useValue: docs }],
    };
  }
}
