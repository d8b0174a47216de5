/**
 * The HTTP room of an aggregate: one controller whose methods are rows of a table, one envelope class on the
 * command bus, one handler that calls the write door. A context declares its rows and its request classes.
 */
import { Controller, HttpCode, Inject, Post, Req, Res, type Provider, type Type } from '@nestjs/common';
import { CommandBus, CommandHandler } from '@nestjs/cqrs';
import { requireCaller } from '@fascia/access';
import type { Category, Command, DomainEvent } from '@fascia/kernel';
import type { Aggregate, CommandRequest, Outcome, WriteDoor } from '@fascia/write-door';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerOf, doneOr, type CommandAnswer } from './command-answer.js';
import { creationClass, documentCommand } from './command-docs.js';
import {
  correlationIdOf,
  idempotencyKeyOf,
  ifVersionOf,
  targetOf,
  type CommandRoute,
} from './command-request.js';
import { encodePosition, POSITION_HEADER, POSITIONS, type Positions } from './positions.js';
import { plainData, requireEmpty, validated } from './validation.js';

export const WRITE_DOOR = Symbol('WRITE_DOOR');

export interface CommandDoorOptions<S, C extends Command, E extends DomainEvent, F> {
  /** The collection: `referrals`. */
  readonly path: string;
  /** Heading in the API documentation. */
  readonly tag: string;
  readonly aggregate: Aggregate<S, C, E, F>;
  readonly commands: readonly CommandRoute<C['type']>[];
}

/** What a Nest module of a context spreads into itself. */
export interface CommandDoor {
  readonly controllers: Type[];
  readonly providers: Provider[];
}

interface Envelope {
  readonly request: CommandRequest<Command>;
}

type EnvelopeClass = new (request: CommandRequest<Command>) => Envelope;

const named = <T extends Type>(name: string, type: T): T =>
  Object.defineProperty(type, 'name', { value: name });

const pascal = (text: string): string =>
  text.replace(/(?:^|-)([a-z])/g, (_dash, letter: string) => letter.toUpperCase());

export const commandDoor = <S, C extends Command, E extends DomainEvent, F>(
  options: CommandDoorOptions<S, C, E, F>,
): CommandDoor => {
  const { aggregate, path } = options;
  const envelope = named(
    `${pascal(path)}Command`,
    class {
      constructor(readonly request: CommandRequest<Command>) {}
    },
  );
  const handler = named(
    `${pascal(path)}CommandHandler`,
    class {
      constructor(readonly door: WriteDoor) {}
      // The body was checked against the route's own class: from here on it is the command.
      execute({ request }: Envelope): Promise<Outcome> {
        return this.door.handle(aggregate, request as CommandRequest<C>);
      }
    },
  );
  CommandHandler(envelope as never)(handler);
  return {
    controllers: [controllerOf(options, envelope)],
    providers: [
      { provide: handler, useFactory: (door: WriteDoor) => new handler(door), inject: [WRITE_DOOR] },
    ],
  };
};

interface ControllerParts {
  readonly bus: CommandBus;
  readonly positions: Positions;
}

/** A bad table is a mistake in the program: it fails when the module is declared, not when somebody calls. */
const checkRoutes = (path: string, commands: readonly CommandRoute[]): void => {
  const places = commands.map(({ at }) => at ?? '');
  if (new Set(places).size !== places.length) throw new Error(`two commands of ${path} share one address`);
  const bad = [path, ...places.filter((place) => place !== '')].find(
    (place) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(place),
  );
  if (bad !== undefined) throw new Error(`not a kebab-case address: ${bad}`);
};

const controllerOf = <S, C extends Command, E extends DomainEvent, F>(
  { path, tag, aggregate, commands }: CommandDoorOptions<S, C, E, F>,
  envelope: EnvelopeClass,
): Type => {
  checkRoutes(path, commands);
  const controller = named(`${pascal(path)}Commands`, class {} as Type<ControllerParts>);
  const prototype = controller.prototype as object;
  Inject(CommandBus)(prototype, 'bus');
  Inject(POSITIONS)(prototype, 'positions');
  for (const row of commands) {
    const name = row.command.charAt(0).toLowerCase() + row.command.slice(1);
    const route =
      row.body !== undefined && row.at === undefined ? { ...row, body: creationClass(row.body) } : row;
    const value = function (
      this: ControllerParts,
      request: FastifyRequest,
      reply: FastifyReply,
    ): Promise<CommandAnswer> {
      return runCommand(this, { route, category: aggregate.decider.category, envelope }, request, reply);
    };
    const method: PropertyDescriptor = {
      value: Object.defineProperty(value, 'name', { value: name }),
      writable: true,
      configurable: true,
    };
    Object.defineProperty(prototype, name, method);
    Reflect.defineMetadata('design:paramtypes', [Object, Object], prototype, name);
    Req()(prototype, name, 0);
    Res({ passthrough: true })(prototype, name, 1);
    Post(route.at === undefined ? '' : `:id/${route.at}`)(prototype, name, method);
    HttpCode(route.at === undefined ? 201 : 200)(prototype, name, method);
    documentCommand(prototype, name, { route, tag });
  }
  Controller(`api/v1/${path}`)(controller);
  return controller;
};

interface Plan {
  readonly route: CommandRoute;
  readonly category: Category;
  readonly envelope: EnvelopeClass;
}

const bodyOf = ({ body: type }: CommandRoute, body: unknown): Record<string, unknown> => {
  if (type !== undefined) return plainData(validated(type, body)) as Record<string, unknown>;
  requireEmpty(body);
  return {};
};

const runCommand = async (
  { bus, positions }: ControllerParts,
  { route, category, envelope }: Plan,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<CommandAnswer> => {
  const by = requireCaller(request);
  const key = idempotencyKeyOf(request.headers);
  reply.header('idempotency-key', key);
  const ifVersion = ifVersionOf(request.headers);
  const correlationId = correlationIdOf(request.headers);
  reply.header('x-correlation-id', correlationId);
  const { id: path } = request.params as { id?: string };
  const creating = route.at === undefined;
  const { id: brought, ...rest } = bodyOf(route, request.body);
  const body = creating || brought === undefined ? rest : { id: brought, ...rest };
  const { id, commandId } = targetOf(
    category,
    by.sub,
    key,
    creating ? { body: brought as string | undefined } : { path },
  );
  const command = { ...body, type: route.command };
  const outcome: Outcome = await bus.execute(
    new envelope({
      id,
      command,
      by,
      commandId,
      correlationId,
      causationId: commandId,
      ...(ifVersion === undefined ? {} : { ifVersion }),
    }) as never,
  );
  const done = doneOr(outcome);
  reply.status(done.created ? 201 : 200);
  reply.header('etag', `"${done.version}"`);
  reply.header(
    POSITION_HEADER,
    encodePosition({ epoch: await positions.epoch(), position: done.position, partition: 0 }),
  );
  return answerOf(done);
};
