/** The members of a simulated network: relays, projectors, coordinators, of the real classes, coming and going. */
import { CARE, coordinationOf, readingOf } from '@fascia/composition';
import { DEFAULT_TIMES } from '@fascia/coordination';
import { brokerDelivery, Relay, type Delivery } from '@fascia/delivery';
import { openPool } from '@fascia/event-store';
import type { EventStore, Rows } from '@fascia/kernel';
import type { ReadModel } from '@fascia/read-store';
import { ProjectionHost } from '@fascia/read-store/host';
import { Memory } from '@fascia/write-door';
import type { ClientBase, Pool } from 'pg';
import type { World } from './coordinator.world.js';
import type { UnreliableBroker } from './simulation.broker.js';
import type { Dice } from './simulation.dice.js';

export const KINDS = ['relay', 'projector', 'coordinator'] as const;
export type Kind = (typeof KINDS)[number];

interface Member {
  readonly kind: Kind;
  stop(): Promise<void>;
}

export interface MembersParts {
  readonly world: World;
  /** Breaks when it is told to. */
  readonly store: EventStore;
  readonly broker: UnreliableBroker;
  readonly rows: Rows;
  readonly connectionString: string;
  readonly models: readonly ReadModel[];
  /** A slice that believes to be the only one: its moves never fail. */
  readonly movesAlways: boolean;
  readonly log: (what: string, details: Readonly<Record<string, unknown>>) => void;
}

const MOST_OF_A_KIND = 3;
const CONNECTIONS = 3;

/** It compares nothing any more when it moves a slice. */
const makeCareless = (client: ClientBase): void => {
  const query = client.query.bind(client);
  Object.defineProperty(client, 'query', {
    value: (text: unknown, ...rest: readonly unknown[]): unknown => {
      const moves = typeof text === 'string' && text.includes('update read.slice set position');
      const careless = moves
        ? text.replace('position = $4 and stamp = $5', '$4::bigint is not null and $5::int is not null')
        : text;
      return Reflect.apply(query, client, [careless, ...rest]);
    },
  });
};

export class Members {
  readonly #members: Member[] = [];

  constructor(
    private readonly parts: MembersParts,
    private readonly dice: Dice,
  ) {}

  #of(kind: Kind): readonly Member[] {
    return this.#members.filter((member) => member.kind === kind);
  }

  come(kind: Kind): void {
    if (this.#of(kind).length >= MOST_OF_A_KIND) return;
    this.#members.push(
      {
        relay: () => this.#relay(),
        projector: () => this.#projector(),
        coordinator: () => this.#coordinator(),
      }[kind](),
    );
  }

  /** One goes; sometimes the last of its kind does. */
  async go(kind: Kind): Promise<void> {
    const members = this.#of(kind);
    if (members.length > 0) await this.#end(this.dice.oneOf(members));
  }

  async everybodyGoes(): Promise<void> {
    await Promise.all([...this.#members].map((member) => this.#end(member)));
  }

  async #end(member: Member): Promise<void> {
    this.#members.splice(this.#members.indexOf(member), 1);
    await member.stop();
  }

  #pool(): Pool {
    const { connectionString: url, movesAlways } = this.parts;
    const pool = openPool({ url, purpose: 'member', connections: CONNECTIONS });
    if (movesAlways) pool.on('connect', makeCareless);
    return pool;
  }

  #delivery(): Delivery {
    const { broker, store, rows, log } = this.parts;
    return brokerDelivery({
      broker,
      store,
      rows,
      log,
      silenceMs: 20,
      groupOf: (follower) => follower,
      countsOf: () => ({ skipped: () => undefined, healed: () => undefined, refused: () => undefined }),
    });
  }

  #relay(): Member {
    const { store, broker, rows, log } = this.parts;
    const pool = this.#pool();
    const relay = new Relay({ store, broker, pool, rows, log });
    relay.start();
    return {
      kind: 'relay',
      stop: async () => {
        await relay.stop();
        await pool.end();
      },
    };
  }

  #projector(): Member {
    const { world, store, models, log } = this.parts;
    const pool = this.#pool();
    const host = new ProjectionHost({
      projection: CARE,
      models,
      delivery: this.#delivery(),
      store,
      ...readingOf(world.codec),
      pool,
      log,
    });
    const starting = host.start();
    return {
      kind: 'projector',
      stop: async () => {
        await starting;
        await host.stop();
        await pool.end();
      },
    };
  }

  #coordinator(): Member {
    const { world, store, rows, log } = this.parts;
    const pool = this.#pool();
    const { codec, clock } = world;
    const coordination = coordinationOf(
      { store, codec, rows, clock, pool, log, memory: new Memory() },
      { door: world.door(store), delivery: this.#delivery(), times: DEFAULT_TIMES },
    );
    const starting = coordination.start();
    return {
      kind: 'coordinator',
      stop: async () => {
        await starting;
        await coordination.stop();
        await pool.end();
      },
    };
  }
}
