/** Poison in every read model and every process manager, while a referral of another patient goes all the way round. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { idOf, StoreUnavailable, type Envelope } from '@fascia/kernel';
import { until } from '@fascia/testkit';
import { Client, Pool } from 'pg';
import { withTables } from '../docs/pages.js';
import { Courses } from '../journeys/courses.js';
import { Person, type Answer, type Service } from '../journeys/person.js';
import { outcomeViolations } from './outcomes.js';
import { faultTable } from './poison.page.js';
import { Poisoned, type Fault, type Poison } from './poison.world.js';
import { Running } from './running.world.js';
import { inputViolations } from './simulation.checks.js';

/** On a busy machine too. */
const READY_MS = 60_000;
const PAGE = join(import.meta.dirname, '..', '..', 'docs', 'faults.md');
/** Said by a machine that has much to do. */
const BUSY = ['OVERLOADED', 'LOOKUPS_BEHIND', 'READS_BEHIND'];

const say = (what: string): void => {
  process.stdout.write(`poison: ${what}\n`);
};

const without = (some: readonly string[], others: readonly string[]): readonly string[] =>
  some.filter((one) => !others.includes(one));

/** Notes what went wrong on the other side, but for what a busy machine says. */
class Watched extends Person {
  constructor(
    service: Service,
    name: string,
    private readonly troubles: string[],
  ) {
    super(service, name);
  }

  override async send(...asked: Parameters<Person['send']>): Promise<Answer> {
    const answer = await super.send(...asked);
    const { code } = answer.body as { code?: string };
    if (answer.status >= 500 && !BUSY.includes(code ?? '')) this.troubles.push(`${asked[1]}: ${code ?? ''}`);
    return answer;
  }
}

describe('poison', () => {
  const poisoned = new Poisoned();
  let running: Running;
  let poisons: readonly Poison[] = [];

  beforeAll(async () => {
    running = await Running.start({ model: poisoned.model, process: poisoned.process });
    poisons = await poisoned.planned(running.models);
  });
  afterAll(() => running.stop());

  const envelopes = async (): Promise<readonly Envelope[]> => {
    const stored = await running.store.readAll(0n, 10_000);
    return Promise.all(stored.map((event) => running.foundation.codec.decode(event)));
  };

  const rowsOf = async (patientId: string): Promise<object> =>
    Object.fromEntries(
      await Promise.all(
        running.models.map(async ({ name }) => [
          name,
          await running.rows(
            `select to_jsonb(t)::text as row from read.${name} t where to_jsonb(t)::text like '%' || $1 || '%' order by id`,
            [patientId],
          ),
        ]),
      ),
    );

  /** What a therapist is told who wants to go on with a plan that cannot be decided over. */
  const answered = async (): Promise<ReadonlyMap<Fault, string>> => {
    const codes = await Promise.all(
      poisons
        .filter(({ place }) => place === 'command')
        .map(async ({ fault, stream }) => {
          const at = `/api/v1/plans/${idOf(stream)}/establish`;
          const { status, body } = await running.as('therapist-demo').send('POST', at, {});
          return [fault, `${String(status)} ${String((body as { code?: string }).code)}`] as const;
        }),
    );
    return new Map(codes);
  };

  it('stops what it is in, and nothing else; mended, everything is as if it had never been', async () => {
    const troubles: string[] = [];
    const courses = await Courses.on({ as: (person) => new Watched(running, person, troubles) });
    await Promise.all([courses.underCare(), poisoned.tell(running, poisons)]);
    expect(troubles).toEqual([]);
    expect(await running.standingStill()).toEqual([]);
    const parked = await poisoned.parked(running);
    const asking = await poisoned.asking(running);
    const planned = [...poisons.flatMap(({ parks }) => parks), ...asking];
    expect({
      unplanned: without([...parked.keys()], planned),
      missing: without(planned, [...parked.keys()]),
    }).toEqual({ unplanned: [], missing: [] });
    const before = await rowsOf(courses.patientId);
    let ready = await running.ready();
    await until(async () => (ready = await running.ready()).status === 200, {
      deadlineMs: READY_MS,
      message: () => `the product to be ready beside what is parked: ${ready.text}`,
    });
    expect(ready.text).toContain('parked');
    const table = faultTable(poisons, parked, { asking, answered: await answered() });

    await poisoned.cure(running);
    expect(await running.standingStill()).toEqual([]);
    expect(await rowsOf(courses.patientId)).toEqual(before);
    const verified = [];
    for (const model of running.models) verified.push(await running.admin.verify(model));
    expect(verified.filter(({ same }) => !same).map(({ name }) => name)).toEqual([]);
    const stored = await running.store.readAll(0n, 10_000);
    expect(outcomeViolations(stored)).toEqual([]);
    // A type that no process took when it came is older history to those that take it later.
    const unheard = new Set(poisons.filter(({ fault }) => fault === 'unknown').map(({ stream }) => stream));
    expect(inputViolations((await envelopes()).filter(({ stream }) => !unheard.has(stream)))).toEqual([]);
    const rows = verified.reduce((sum, one) => sum + one.rows, 0);
    say(
      JSON.stringify({
        events: stored.length,
        rows,
        faults: poisons.length,
        parked: parked.size,
        violations: 0,
      }),
    );

    const page = withTables(readFileSync(PAGE, 'utf8'), { 'fault and what stops': () => table });
    if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(PAGE, page);
    expect(readFileSync(PAGE, 'utf8')).toBe(page);
  }, 180_000);
});

/** Cannot divide a batch. */
class WholeClient extends Client {}
Object.defineProperty(WholeClient.prototype, 'query', {
  value(this: Client, text: unknown, ...rest: readonly unknown[]): unknown {
    if (text === 'savepoint part') return Promise.reject(new Error('divides nothing, as planned'));
    return Reflect.apply(Client.prototype.query, this, [text, ...rest]);
  },
});

describe('the journey', () => {
  it('finds a host that divides nothing, and a follower that parks nobody', async () => {
    const poisoned = new Poisoned();
    const running = await Running.start({
      model: poisoned.model,
      process: poisoned.process,
      broken: ({ settings, rows }) => ({
        pool: new Pool({ connectionString: settings.databaseUrl, Client: WholeClient }),
        rows: {
          query: (text, values) =>
            text.startsWith('insert into delivery.parked')
              ? Promise.reject(new StoreUnavailable('parks nobody, as planned'))
              : rows.query(text, values),
        },
      }),
    });
    try {
      const poisons = (await poisoned.planned(running.models)).filter(
        ({ fault, place, name }) =>
          (fault === 'refused' && name === 'patient') || (fault === 'throws' && place === 'process'),
      );
      await poisoned.tell(running, poisons);
      const still = await running.standingStill(2_000);
      say(`controls caught, as they stand still: ${still.join(', ')}`);
      expect(still).toEqual(['care', 'process-inputs']);
    } finally {
      await running.stop();
    }
  });
});
