/** The HTTP application: one place where the strict edge is put together, so that no process can forget a part. */
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import underPressure from '@fastify/under-pressure';
import { AccessGuard, CALLER_DIRECTORY, TOKEN_VERIFIER } from '@fascia/access';
import {
  HealthRegistry,
  Metrics,
  NestLog,
  ObservabilityModule,
  observeRequests,
  type Logger,
} from '@fascia/observability';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { installBodyParsers, type BodyOptions } from './body-parsers.js';
import { installHeaders } from './headers.js';
import { ACCESS_LOG } from './occasion.js';
import { describeApi } from './openapi.js';
import { POSITIONS } from './positions.js';
import { turnAway } from './pressure.js';
import { ProblemFilter } from './problem-filter.js';
import { problem, PROBLEM_JSON } from './problems.js';
import { ReadYourWrites } from './read-your-writes.js';
import { watchRoutes } from './routes.js';
import { RequestPipe } from './validation.js';

export interface HttpAppOptions {
  readonly title: string;
  readonly version: string;
  readonly logger: Logger;
  readonly metrics?: Metrics;
  readonly health?: HealthRegistry;
  readonly bodies?: BodyOptions;
  /** Event-loop delay above which new requests get 503; 0 switches the guard off. */
  readonly busyMs?: number;
  /** Mounts what is not Nest's (the issuer, static pages) before the server is ready. */
  readonly mount?: (fastify: FastifyInstance) => void | Promise<void>;
  /** What the documentation describes, when this process is one of several that answer; default: its own routes. */
  readonly documented?: DynamicModule;
}

export interface HttpApp {
  readonly app: NestFastifyApplication;
  readonly health: HealthRegistry;
  readonly metrics: Metrics;
  readonly openApi: OpenAPIObject;
  /** @param port 0 takes a free one. @returns the address, `http://127.0.0.1:8080`. */
  listen(port: number, host?: string): Promise<string>;
  /** Not ready, then let requests under way finish, then close; connections that stay open are cut before the deadline. */
  stop(): Promise<void>;
}

const BUSY_MS = 1000;
const CUT_AFTER_MS = 15_000;
const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 60_000;
const LONGEST_PARAM = 200;

@Module({})
class Edge {}

/** Requests that Node's own parser refuses never reach a route. */
const clientErrorHandler = (error: Error & { code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const body = JSON.stringify(
    problem(status, 'REQUEST_MALFORMED', 'This is not an HTTP request that can be read.'),
  );
  socket.end(
    `HTTP/1.1 ${status} Bad Request\r\nContent-Type: ${PROBLEM_JSON}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
};

/** Addresses that the router itself cannot read never reach a filter. */
const frameworkErrors = (_error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
  const document = problem(
    400,
    'REQUEST_MALFORMED',
    'The address cannot be read. Check its escapes and its length.',
  );
  void reply
    .status(400)
    .type(PROBLEM_JSON)
    .send(JSON.stringify({ ...document, instance: `urn:uuid:${request.id}` }));
};

const makeAdapter = (): FastifyAdapter =>
  new FastifyAdapter({
    genReqId: () => randomUUID(),
    clientErrorHandler,
    frameworkErrors,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { headersTimeout: HEADERS_TIMEOUT_MS },
    routerOptions: { maxParamLength: LONGEST_PARAM },
  });

export const createHttpApp = async (
  rootModule: Type | DynamicModule,
  options: HttpAppOptions,
): Promise<HttpApp> => {
  const { logger, metrics = new Metrics(), health = new HealthRegistry() } = options;
  const adapter = makeAdapter();
  const fastify = adapter.getInstance<FastifyInstance>();
  const allowed = watchRoutes(fastify);
  installHeaders(fastify);
  observeRequests(fastify, { logger, metrics });
  installBodyParsers(fastify, options.bodies);
  const root: DynamicModule = {
    module: Edge,
    imports: [ObservabilityModule.of({ logger, metrics, health }), rootModule],
  };
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    bodyParser: false,
    logger: new NestLog(logger),
    abortOnError: false,
  });
  if (options.busyMs !== 0)
    await fastify.register(underPressure, {
      maxEventLoopDelay: options.busyMs ?? BUSY_MS,
      pressureHandler: turnAway,
    });

  const find = <T>(token: symbol): T => app.get<T>(token, { strict: false });
  app.useGlobalFilters(new ProblemFilter(logger, allowed, find(ACCESS_LOG)));
  app.useGlobalGuards(new AccessGuard(find(TOKEN_VERIFIER), find(CALLER_DIRECTORY), app.get(Reflector)));
  app.useGlobalPipes(new RequestPipe());
  app.useGlobalInterceptors(new ReadYourWrites(find(POSITIONS)));
  await options.mount?.(fastify);
  const openApi = await describe(app, root, options);
  SwaggerModule.setup('docs', app, openApi, {
    jsonDocumentUrl: '/openapi.json',
    yamlDocumentUrl: '/openapi.yaml',
    customSiteTitle: options.title,
  });

  return {
    app,
    health,
    metrics,
    openApi,
    listen: async (port, host = '127.0.0.1') => {
      await app.listen(port, host);
      return (await app.getUrl()).replace('[::1]', 'localhost');
    },
    stop: async () => {
      health.stop();
      const cut = setTimeout(() => fastify.server.closeAllConnections(), CUT_AFTER_MS);
      await app.close().finally(() => clearTimeout(cut));
    },
  };
};

/** The documentation of several processes is made from an application that never listens. */
const describe = async (
  app: NestFastifyApplication,
  root: DynamicModule,
  options: HttpAppOptions,
): Promise<OpenAPIObject> => {
  if (options.documented === undefined) return describeApi(app, options);
  const imports = [...(root.imports ?? []).slice(0, 1), options.documented];
  const whole = await NestFactory.create<NestFastifyApplication>({ module: Edge, imports }, makeAdapter(), {
    logger: false,
    abortOnError: false,
  });
  const document = describeApi(whole, options);
  await whole.close();
  return document;
};
