/** The same product, composed in four ways: one process or several with Kafka between, on PostgreSQL or on EventStoreDB. */
import { freshName, requireKafka, until } from '@fascia/testkit';
import { Fascia, type FasciaOptions } from './harness.js';
import { besideOthers } from './log.js';

export interface Topology {
  readonly name: string;
  readonly needsKafka: boolean;
  make(): Promise<Fascia>;
}

export interface PresentProcess {
  readonly name: string;
  readonly pid: number;
  readonly present: boolean;
  readonly doing: Readonly<Record<string, unknown>>;
}

interface Status {
  readonly log: { readonly position: string };
  readonly relay: { readonly position: string };
  readonly followers: readonly { readonly follower: string; readonly behind: string }[];
  readonly processes: readonly PresentProcess[];
}

/** Who is killed next: each kind of process in its turn. */
const TURNS = ['write-api', 'projector', 'relay', 'coordinator', 'read-api', 'audit-api'];
const PARTITIONS = '4';
const LAST_WARNINGS = 60;

export type SplitOptions = Omit<FasciaOptions, 'command'>;

/** Several processes under one supervisor. They are killed one by one: the others must carry on meanwhile. */
export class SplitFascia extends Fascia {
  #turn = 0;

  static async make({
    env = {},
    args = ['--projectors', '2', '--coordinators', '2', '--relays', '2'],
    end,
  }: SplitOptions = {}): Promise<SplitFascia> {
    const brokers = env['KAFKA_BROKERS'] ?? (await requireKafka()).brokers.join(',');
    return new SplitFascia({
      command: 'split',
      args,
      ...(end === undefined ? {} : { end }),
      env: { KAFKA_BROKERS: brokers, KAFKA_TOPIC: freshName('care'), FASCIA_PARTITIONS: PARTITIONS, ...env },
    });
  }

  async processes(): Promise<readonly PresentProcess[]> {
    return (await this.#status()).processes.filter(({ present, pid }) => present && isAlive(pid));
  }

  /** Records that all present processes together say they skipped. */
  async skipped(): Promise<number> {
    return (await this.processes()).reduce((sum, { doing }) => sum + Number(doing['skipped'] ?? 0), 0);
  }

  /** How often records did not come, as every process told its log: also one that has been started again since. */
  healed(): number {
    return this.readLog().split('records did not come and were read from the store').length - 1;
  }

  /** Whoever tells it may just have been killed. */
  async #status(): Promise<Status> {
    let said: unknown;
    const status = await until(
      async () => {
        const { status: code, body } = await this.as('operator-demo').get('/api/v1/admin/status');
        said = body;
        return code === 200 ? (body as Status) : undefined;
      },
      { everyMs: 100, message: () => `a status, not ${JSON.stringify(said)}` },
    );
    if (status === undefined) throw new Error('no status');
    return status;
  }

  /** The last of what was odd to any process. */
  #warnings(): string {
    const odd = this.readLog()
      .split('\n')
      .filter((line) => /"level":(40|50|60|"warn"|"error"|"fatal")/.test(line));
    return odd.slice(-LAST_WARNINGS).join('\n');
  }

  /** Everything that is stored now has been given to the broker. */
  async relayed(): Promise<void> {
    const stored = BigInt((await this.#status()).log.position);
    await until(async () => BigInt((await this.#status()).relay.position) >= stored, {
      deadlineMs: 60_000,
      message: `the relay to come to ${String(stored)}`,
    });
  }

  /** Everything that was stored has been relayed, shown and reacted to, and nothing new came of it. */
  async settled(deadlineMs: number): Promise<void> {
    let last: unknown;
    let before = '';
    await until(
      async () => {
        const { log, relay, followers, processes } = await this.#status();
        const late = followers.filter(({ behind }) => behind !== '0');
        const now = log.position;
        const done = relay.position === now && late.length === 0 && now === before;
        before = now;
        last = { log: now, relay, late, processes };
        return done;
      },
      {
        deadlineMs,
        everyMs: 100,
        message: () =>
          `the processes to have nothing left to do: ${JSON.stringify(last)}\nof late they said:\n${this.#warnings()}`,
      },
    );
  }

  /** @returns whether there was one of that name to kill */
  async killOne9(name: string): Promise<boolean> {
    const victim = (await this.processes()).find((one) => one.name === name);
    if (victim !== undefined) process.kill(victim.pid, 'SIGKILL');
    return victim !== undefined;
  }

  /** One process dies; the supervisor starts it again by itself. */
  override async crash(): Promise<void> {
    const name = TURNS[this.#turn % TURNS.length] ?? '';
    this.#turn += 1;
    if (!(await this.killOne9(name))) throw new Error(`no ${name} runs`);
  }
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const aloneOnEventStoreDb = async (): Promise<Fascia> => new Fascia(await besideOthers());

/** With the second client of Kafka, so that both carry a whole journey. */
const splitOnEventStoreDb = async (): Promise<Fascia> => {
  const { env, end } = await besideOthers();
  return SplitFascia.make({ env: { ...env, KAFKA_CLIENT: 'platformatic' }, end });
};

export const TOPOLOGIES: readonly Topology[] = [
  { name: 'in one process', needsKafka: false, make: () => Promise.resolve(new Fascia()) },
  { name: 'in one process on an EventStoreDB of others', needsKafka: false, make: aloneOnEventStoreDb },
  { name: 'in several processes on PostgreSQL and Kafka', needsKafka: true, make: () => SplitFascia.make() },
  {
    name: 'in several processes on an EventStoreDB of others and Kafka',
    needsKafka: true,
    make: splitOnEventStoreDb,
  },
];
