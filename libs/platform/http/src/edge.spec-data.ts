/** A small context behind a real edge: a write door double, two routes, one list, a real development issuer. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get, Inject, Module, Query, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import {
  Caller,
  CALLER_DIRECTORY,
  CedarPolicy,
  createDevelopmentIssuer,
  createTokenVerifier,
  mountIssuer,
  TOKEN_VERIFIER,
  type DevelopmentIssuer,
  type Persona,
} from '@fascia/access';
import { ListBuilding, type Access, type AccessLog } from '@fascia/read-store';
import {
  Contended,
  Crowded,
  LookupsBehind,
  LookupsIncomplete,
  StreamUnreadable,
  UpgradeNeeded,
  type Aggregate,
  type CommandRequest,
  type Outcome,
  type WriteDoor,
} from '@fascia/write-door';
import {
  AppendTooLarge,
  happened,
  OutcomeUnknown,
  StoreUnavailable,
  type Actor,
  type Command,
} from '@fascia/kernel';
import {
  acts,
  code,
  creates,
  day,
  flag,
  id,
  instant,
  internal,
  line,
  list,
  refusals,
  shape,
  text,
  whole,
  type CommandsOf,
} from '@fascia/kernel/contract';
import { createLogger, Metrics } from '@fascia/observability';
import { createHttpApp, type HttpApp } from './app.js';
import { commandDoor, REFUSAL_ROWS, WRITE_DOOR } from './command-door.js';
import { CURSORS, ListQuery, sealedCursors, type Cursors, type Page } from './lists.js';
import { ACCESS_LOG } from './occasion.js';
import { POSITIONS, type Positions } from './positions.js';
import { mountScreens, type Screens } from './screens.js';
import { Code } from './vocabulary.js';

export const AUDIENCE = 'urn:fascia:api';
export const ISSUER = 'http://127.0.0.1:1/oidc';

export const PERSONAS: readonly Persona[] = [
  { id: 'physician-demo', name: 'Dr. Ada <b>Quill</b>', title: 'Physician & partner' },
  { id: 'therapist-demo', name: 'Tomás "Tom" Ruiz', title: 'Therapist' },
  { id: 'suspended-demo', name: 'Sam Gone', title: 'Suspended' },
];

const site = shape('Site', {
  region: code(['cervical', 'shoulder']),
  side: code(['left', 'right']).optional(),
});

const THING_COMMANDS = {
  DraftThing: creates('Draft a thing.', {
    title: line(80),
    onset: day(),
    seenAt: instant().optional(),
    sites: list(site, { min: 1, max: 3 }),
    main: site.optional(),
    visits: whole(1, 60).optional(),
    urgent: flag().optional(),
    patientId: id().optional(),
    note: text(2000).optional(),
  }),
  SendThing: acts('send', 'Send a thing.'),
  ForgetThing: internal('nobody outside'),
};

const thing: Aggregate<undefined, CommandsOf<typeof THING_COMMANDS>, never, undefined> = {
  decider: {
    category: 'referral',
    initial: undefined,
    evolve: () => undefined,
    decide: () => happened(),
    stage: () => 'Draft',
  },
  contract: {},
  commands: THING_COMMANDS,
  facts: () => Promise.resolve(undefined),
  subject: () => Promise.resolve({ parties: {} }),
  references: {},
};

const THING_REFUSALS = refusals({
  409: { REFERRAL_ILLEGAL_TRANSITION: 'Not possible in this state' },
  422: { ICD_UNKNOWN: 'No such code' },
});

/** Answers what a test tells it to, and remembers what it was asked. */
export class WriteDoorDouble implements WriteDoor {
  readonly policy = new CedarPolicy();
  readonly asked: CommandRequest<Command>[] = [];
  next: Outcome | Error | undefined;

  handle(_aggregate: unknown, request: CommandRequest<Command>): Promise<Outcome> {
    this.asked.push(request);
    const answer = this.next;
    this.next = undefined;
    if (answer instanceof Error) return Promise.reject(answer);
    return Promise.resolve(
      answer ?? {
        kind: 'done',
        id: request.id,
        version: 1,
        position: 7n,
        digest: DIGEST,
        stage: 'Draft',
        created: request.command.type === 'DraftThing',
        repeated: false,
      },
    );
  }
}

const makers = <K extends string>(
  kinds: Readonly<Record<K, new () => Error>>,
): Readonly<Record<K, new () => Error>> => kinds;

export const TROUBLES = makers({
  StoreUnavailable,
  OutcomeUnknown,
  LookupsBehind,
  LookupsIncomplete,
  AppendTooLarge,
  Contended,
  Crowded,
  UpgradeNeeded,
  StreamUnreadable,
  ListBuilding,
});

/** As the driver of PostgreSQL throws them, from where nobody made a class of them. */
export const ofTheDriver = (code: string): Error => Object.assign(new Error('not today'), { code });

class ThingQuery extends ListQuery {
  @Code(['open', 'closed'], { optional: true }) status?: string;
}

@Controller('api/v1/things')
class Things {
  constructor(@Inject(CURSORS) private readonly cursors: Cursors) {}

  @Get()
  async list(
    @Query() query: ThingQuery,
    @Caller() caller: Actor,
  ): Promise<Page<{ id: number; who: string }>> {
    const after = Number((await this.cursors.placeOf('things', query.cursor))?.[0] ?? 0);
    const items = Array.from({ length: query.limit }, (_nothing, index) => ({
      id: after + index + 1,
      who: caller.sub,
    })).filter(({ id }) => id <= 5);
    const last = String(items.at(-1)?.id);
    return this.cursors.pageFrom('things', { items, last: after + query.limit < 5 ? [last, last] : null }, 0);
  }

  @Get('broken')
  broken(): never {
    throw new Error('secret internals: password=hunter2');
  }
}

/** The record of who looked, which may be full. */
export class AccessesKept implements AccessLog {
  readonly kept: Access[] = [];
  full = false;

  record(access: Access): void {
    if (this.full) throw new StoreUnavailable('access records cannot be kept at the moment');
    this.kept.push(access);
  }
}

export interface Edge {
  readonly url: string;
  readonly http: HttpApp;
  readonly door: WriteDoorDouble;
  readonly issuer: DevelopmentIssuer;
  readonly log: string[];
  readonly accesses: AccessesKept;
  readonly positions: { reached: bigint; head: bigint; lacking: bigint };
  token(persona: string): Promise<string>;
  close(): Promise<void>;
}

const things = commandDoor({ path: 'things', tag: 'Things', aggregate: thing });

@Module({})
class ThingsModule {}

const rolesBySub: Readonly<Record<string, readonly Actor[]>> = {
  'physician-demo': [
    { sub: 'physician-demo', role: 'physician', organizationId: '11111111-1111-4111-8111-111111111111' },
  ],
  'therapist-demo': [{ sub: 'therapist-demo', role: 'therapist' }],
};

/** Of whatever event is asked for. */
export const DIGEST = '0123456789abcdef'.repeat(4);

/** @param screens served beside it */
export const startEdge = async (screens?: Screens): Promise<Edge> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'fascia-edge-'));
  const log: string[] = [];
  const logger = createLogger({ level: 'debug', stream: { write: (line: string) => void log.push(line) } });
  const issuer = await createDevelopmentIssuer({
    issuer: ISSUER,
    dataDir,
    personas: PERSONAS,
    audience: AUDIENCE,
    listenHost: '127.0.0.1',
    warn: (text) => logger.warn(text),
  });
  const door = new WriteDoorDouble();
  const accesses = new AccessesKept();
  const reach = { reached: 7n, head: 9n, lacking: 6n };
  const positions: Positions = {
    digestAt: (position) => Promise.resolve(position <= reach.head ? DIGEST : undefined),
    waitFor: (position) => Promise.resolve(position <= reach.reached),
    isLacking: (position) => Promise.resolve(position === reach.lacking),
  };
  const providers = [
    { provide: WRITE_DOOR, useValue: door },
    { provide: POSITIONS, useValue: positions },
    { provide: REFUSAL_ROWS, useValue: THING_REFUSALS },
    { provide: CURSORS, useValue: sealedCursors(() => Promise.resolve(Buffer.alloc(32, 'cursor'))) },
    {
      provide: TOKEN_VERIFIER,
      useValue: createTokenVerifier({ issuer: ISSUER, audience: AUDIENCE, jwks: issuer.jwks }),
    },
    { provide: ACCESS_LOG, useValue: accesses },
    {
      provide: CALLER_DIRECTORY,
      useValue: {
        rolesOf: (sub: string) => Promise.resolve(rolesBySub[sub] ?? []),
        isPhysicianIn: () => Promise.resolve(false),
      },
    },
  ];
  const root: DynamicModule = {
    module: ThingsModule,
    imports: [CqrsModule.forRoot()],
    controllers: [Things, ...things.controllers],
    providers: [...providers, ...things.providers],
  };
  const http = await createHttpApp(root, {
    title: 'Fascia',
    version: '0.0.0',
    logger,
    metrics: new Metrics({ ofProcess: false }),
    // A machine that is busy with others would turn the spec's own requests away.
    busyMs: 0,
    mount: (fastify) => {
      if (screens !== undefined) mountScreens(fastify, screens);
      mountIssuer(fastify, issuer);
    },
  });
  const url = await http.listen(0);
  return {
    url,
    http,
    door,
    issuer,
    log,
    accesses,
    positions: reach,
    token: async (persona) => {
      const answer = await fetch(`${url}/oidc/token`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${persona}:demo`).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'grant_type=client_credentials',
      });
      const { access_token: token } = (await answer.json()) as { access_token: string };
      return token;
    },
    close: async () => {
      await http.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
