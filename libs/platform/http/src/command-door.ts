/**
 * The HTTP room of an aggregate: one controller whose methods are rows of a table, one envelope class on the
 * command bus, one handler that calls the write door. What a context offers stands in its contract.
 */
import { Controller, HttpCode, Inject, Post, Req, Res, type Provider, type Type } from '@nestjs/common';
import { CommandBus, CommandHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { asWhoMay, requireActing } from '@fascia/access';
import type { Category, Command, Commands, DomainEvent, Refusals } from '@fascia/kernel';
import type { Aggregate, CommandRequest, Outcome, WriteDoor } from '@fascia/write-door';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerOf, doneOr, type CommandAnswer, headersOf } from './command-answer.js';
import { checkedBody } from './body-class.js';
import { documentCommand, type CommandRoute } from './command-docs.js';
import { correlationIdOf, idempotencyKeyOf, ifVersionOf, targetOf } from './command-request.js';
import { requireEmpty } from './validation.js';

export const WRITE_DOOR = Symbol('WRITE_DOOR');
/** Nest token of the refusals of all contexts: code, status, title. */
export const REFUSAL_ROWS = Symbol('REFUSAL_ROWS');

export interface CommandDoorOptions<S, C extends Command, E extends DomainEvent, F> {
  /** The collection: `referrals`. */
  readonly path: string;
  /** Heading in the API documentation. */
  readonly tag: string;
  readonly aggregate: Aggregate<S, C, E, F>;
  /** Those among the aggregate's commands that are given at this address; all when absent. */
  readonly only?: readonly C['type'][];
}

/** What a Nest module of a context spreads into itself. */
export interface CommandDoor {
  /** The collection, and what its ids are of. */
  readonly path: string;
  readonly category: Category;
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
      // The body was checked against the command's own schema: from here on it is the command.
      execute({ request }: Envelope): Promise<Outcome> {
        return this.door.handle(aggregate, request as CommandRequest<C>);
      }
    },
  );
  CommandHandler(envelope as never)(handler);
  const controllers = [controllerOf(options, envelope)];
  return {
    path,
    category: aggregate.decider.category,
    controllers,
    providers: [
      { provide: handler, useFactory: (door: WriteDoor) => new handler(door), inject: [WRITE_DOOR] },
    ],
  };
};

interface ControllerParts {
  readonly bus: CommandBus;
  readonly refusals: Refusals;
}

const creates = ({ declared }: CommandRoute): boolean => declared.kind === 'creates';

/** What has an address, at this one. A bad table is a mistake in the program: it fails when the module is declared, not when somebody calls. */
const routesOf = (
  path: string,
  commands: Commands,
  only: readonly string[] | undefined,
): readonly CommandRoute[] => {
  const routes = Object.entries(commands)
    .filter(([type, { kind }]) => kind !== 'internal' && (only === undefined || only.includes(type)))
    .map(([type, declared]) => ({ type, declared }));
  const named = routes.find(
    ({ declared: { kind, body } }) => kind === 'acts' && Object.hasOwn(body.shape, 'id'),
  );
  if (named !== undefined)
    throw new Error(`${named.type} is about the id of its address and cannot say another`);
  const places = routes.map(({ declared }) => declared.at ?? '');
  if (new Set(places).size !== places.length) throw new Error(`two commands of ${path} share one address`);
  const bad = [path, ...places.filter((place) => place !== '')].find(
    (place) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(place),
  );
  if (bad !== undefined) throw new Error(`not a kebab-case address: ${bad}`);
  return routes;
};

const controllerOf = <S, C extends Command, E extends DomainEvent, F>(
  { path, tag, aggregate, only }: CommandDoorOptions<S, C, E, F>,
  envelope: EnvelopeClass,
): Type => {
  const controller = named(`${pascal(path)}Commands`, class {} as Type<ControllerParts>);
  const prototype = controller.prototype as object;
  Inject(CommandBus)(prototype, 'bus');
  Inject(REFUSAL_ROWS)(prototype, 'refusals');
  for (const route of routesOf(path, aggregate.commands, only)) {
    const name = route.type.charAt(0).toLowerCase() + route.type.slice(1);
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
    Post(creates(route) ? '' : `:id/${String(route.declared.at)}`)(prototype, name, method);
    HttpCode(creates(route) ? 201 : 200)(prototype, name, method);
    documentCommand(prototype, name, route);
  }
  ApiTags(tag)(controller);
  Controller(`api/v1/${path}`)(controller);
  return controller;
};

interface Plan {
  readonly route: CommandRoute;
  readonly category: Category;
  readonly envelope: EnvelopeClass;
}

const bodyOf = ({ declared }: CommandRoute, body: unknown): Readonly<Record<string, unknown>> => {
  if (Object.keys(declared.body.shape).length > 0) return checkedBody(declared.body, body);
  requireEmpty(body);
  return {};
};

/** Not in this role. A key that stands for another request may stand for this one in another role. */
const isNotForThem = ({ kind }: Outcome): boolean =>
  kind === 'forbidden' || kind === 'notFound' || kind === 'keyReused';

const runCommand = async (
  { bus, refusals }: ControllerParts,
  { route, category, envelope }: Plan,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<CommandAnswer> => {
  const acting = requireActing(request);
  const { key, keyGiven } = idempotencyKeyOf(request.headers);
  reply.header('idempotency-key', key);
  const ifVersion = ifVersionOf(request.headers);
  const correlationId = correlationIdOf(request.headers);
  reply.header('x-correlation-id', correlationId);
  const { id: path } = request.params as { id?: string };
  const creating = creates(route);
  const { id: brought, ...rest } = bodyOf(route, request.body);
  const { id, commandId } = targetOf(
    category,
    acting.as[0].sub,
    key,
    creating ? { body: brought as string | undefined } : { path },
  );
  const command = { ...rest, type: route.type };
  const outcome = await asWhoMay(
    acting,
    (by): Promise<Outcome> =>
      bus.execute(
        new envelope({
          id,
          command,
          by,
          commandId,
          correlationId,
          causationId: commandId,
          keyGiven,
          ...(ifVersion === undefined ? {} : { ifVersion }),
        }) as never,
      ),
    isNotForThem,
  );
  const done = doneOr(outcome, refusals);
  reply.status(done.created ? 201 : 200);
  reply.headers(headersOf(done));
  return answerOf(done);
};
