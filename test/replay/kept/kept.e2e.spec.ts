/** The product of today on what was left behind by the release that the format was frozen with. */
import { join } from 'node:path';
import { contracts } from '@fascia/composition';
import { eventOf } from '@fascia/delivery';
import { PostgresEventStore } from '@fascia/event-store';
import type { StoredEvent } from '@fascia/kernel';
import { masterKeys, postgresSubjectKeys } from '@fascia/sealing';
import { makeCodec } from '@fascia/write-door';
import type { Pool } from 'pg';
import { Fascia } from '../../journeys/harness.js';
import { giveToPostgres, unpack } from './folder.js';
import { inDatabaseOf, keptAnswers, keptFolder, keptTopic, lasting, rowsIn } from './kept.js';

/** Everything that tables, functions and constraints are, one line each; positions of columns differ where one was added later. */
const DESCRIBED = `
select format('%s.%s.%s %s %s %s', table_schema, table_name, column_name, data_type, is_nullable, column_default) as line
from information_schema.columns where table_schema = any($1)
union all select format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint
  where connamespace = any($1::regnamespace[])
union all select pg_get_functiondef(oid) from pg_proc where pronamespace = any($1::regnamespace[])
union all select format('%s migrated %s', 'log', name) from log.migration order by 1`;

/** The lists' own tables follow from the code and are made anew. */
const LASTING_SCHEMAS = ['fascia', 'log', 'sealing', 'delivery', 'issuer', 'snapshot', 'form', 'presence'];

const described = async (pool: Pool): Promise<readonly string[]> =>
  (await pool.query<{ line: string }>(DESCRIBED, [LASTING_SCHEMAS])).rows.map(({ line }) => line);

interface ModelVerified {
  readonly name: string;
  readonly same: boolean;
}

describe('the folder that is kept', () => {
  const answers = keptAnswers();
  const fascia = new Fascia();
  const fresh = new Fascia({ args: ['--empty'] });
  const dataDir = join(fascia.dir, 'data');
  let stored: readonly StoredEvent[];

  beforeAll(async () => {
    unpack(keptFolder(), dataDir);
    giveToPostgres(join(dataDir, 'postgres'));
    stored = await inDatabaseOf(dataDir, async (pool) =>
      (await PostgresEventStore.open({ database: pool, migrate: false })).readAll(0n, 10_000),
    );
    await fascia.start();
  });

  afterAll(async () => {
    await fascia.dispose();
    await fresh.dispose();
  });

  it('is started on: nothing is parked, and every list is what the log says', async () => {
    const operator = fascia.as('operator-demo');
    const { body: status } = await operator.get('/api/v1/admin/status');
    expect({ parked: status.parked, stalled: status.stalled }).toEqual({ parked: [], stalled: [] });
    const { items } = (await operator.get('/api/v1/admin/models')).body as {
      items: { name: string; parked: unknown[] }[];
    };
    expect(items.length).toBeGreaterThan(10);
    for (const { name, parked } of items) {
      expect({ name, parked }).toEqual({ name, parked: [] });
      const verified = (await operator.does(`/api/v1/admin/models/${name}/verify`)) as ModelVerified;
      expect({ name, same: verified.same }).toEqual({ name, same: true });
    }
  });

  it.each(answers.questions)('answers as then: $as $path', async ({ as, path, answer }) => {
    const { status, body } = await fascia.as(as).get(path);
    expect(status).toBe(200);
    expect(path.includes('/audit/') ? body : lasting(body)).toMatchObject(answer);
  });

  it.each(answers.commands)(
    'knows what was asked under a key: $path',
    async ({ as, path, key, body, answer }) => {
      const person = fascia.as(as);
      expect(await person.does(path, body, key)).toMatchObject(answer);
      const other = await person.insists(
        'POST',
        path,
        { ...body, code: 'M76.51' },
        { 'idempotency-key': key },
      );
      expect(other.status).toBe(422);
    },
  );

  it('does not know a person who was erased, and lets nobody write about them', async () => {
    // Their record had been merged into another: that is told before anything is written, and undoing it cannot be written.
    const begun = await fascia.as('physician-demo').insists('POST', '/api/v1/diagnoses', {
      ...answers.commands[0]?.body,
      patientId: answers.erased,
    });
    const undone = await fascia
      .as('delegate-demo')
      .insists('POST', `/api/v1/patients/${answers.erased}/undo-merge`, { reason: 'A twin.' });
    expect([begun, undone].map(({ status, body }) => ({ status, code: body.code }))).toEqual([
      { status: 409, code: 'PATIENT_MERGED' },
      { status: 409, code: 'PERSON_ERASED' },
    ]);
  });

  it('ends up with the tables of a fresh one: no migration that was applied has been changed since', async () => {
    await fascia.stop();
    await fresh.start();
    await fresh.stop();
    const [old, anew] = [
      await inDatabaseOf(dataDir, described),
      await inDatabaseOf(join(fresh.dir, 'data'), described),
    ];
    expect(old.length).toBeGreaterThan(80);
    expect(old).toEqual(anew);
    const edited = await inDatabaseOf(join(fresh.dir, 'data'), async (pool) => {
      await pool.query('alter table sealing.subject_key add column made_by_an_edited_migration text');
      return described(pool);
    });
    expect(edited).not.toEqual(old);
  });

  it('holds events that can all be opened, but for those of the person who was erased', async () => {
    const types = new Set<string>();
    await inDatabaseOf(dataDir, async (pool) => {
      const keys = postgresSubjectKeys(rowsIn(pool), masterKeys({ dataDir }));
      const codec = makeCodec(contracts, keys);
      for (const event of stored) types.add((await codec.decode(event)).type);
    });
    expect(types.size).toBeGreaterThan(100);
  });

  describe('and the topic', () => {
    const topic = keptTopic();
    const key = Buffer.from(topic.key, 'hex');
    const read = topic.records.map((record) => eventOf({ ...record, value: Buffer.from(record.value) }, key));

    it('is what the log says, record by record', () => {
      const byPosition = new Map(stored.map((event) => [event.position, event]));
      expect(read.length).toBeGreaterThan(500);
      for (const delivered of read) {
        expect(delivered?.intact).toBe(true);
        const { data, metadata, ...event } = delivered?.event ?? ({} as StoredEvent);
        const {
          data: ours,
          metadata: oursToo,
          ...kept
        } = byPosition.get(event.position) ?? ({} as StoredEvent);
        expect(event).toEqual(kept);
        expect(Buffer.from(data).equals(ours) && Buffer.from(metadata).equals(oursToo)).toBe(true);
      }
    });

    it('names in every record the one before it in its partition', () => {
      const last = new Map<number, bigint>();
      for (const { partition, previous, event } of read.flatMap((one) => one ?? [])) {
        expect(previous).toBe(last.get(partition) ?? 0n);
        last.set(partition, event.position);
      }
      expect(last.size).toBe(topic.partitions);
    });

    it('is nobody else’s: with another key, or one byte changed, it is not read', () => {
      const [record] = topic.records;
      if (record === undefined) throw new Error('the topic is empty');
      const value = Buffer.from(record.value);
      expect(eventOf({ ...record, value }, Buffer.alloc(32, 1))).toBeUndefined();
      expect(eventOf({ ...record, value: Buffer.concat([value, Buffer.from(' ')]) }, key)?.intact).toBe(
        false,
      );
    });
  });
});
