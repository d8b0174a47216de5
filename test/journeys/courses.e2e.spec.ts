/**
 * Every kind of course on the running product. `FASCIA_RECORD_NET=1` keeps its log as the frozen one of test/replay/net,
 * `FASCIA_KEEP=1` the whole folder of another one (test/replay/kept).
 */
import { contracts } from '@fascia/composition';
import { masterKeys, postgresSubjectKeys } from '@fascia/sealing';
import { testDatabase, until, type TestDatabase } from '@fascia/testkit';
import { Pool } from 'pg';
import { keepLog, NOT_PLAYED } from '../replay/frozen-log.js';
import { keep } from '../replay/kept/kept.js';
import { RecordCourses } from './courses.records.js';
import { Courses } from './courses.js';
import { Fascia } from './harness.js';
import { besideItsDatabase, everyEventOf } from './log.js';

/** Longer than an urgent order may lie without anybody looking at it, over a weekend too. */
const UNTIL_IT_IS_LATE = 5;
/** Nothing that anybody does leads there on the same day. */
const OF_TIME = ['DeadlineMissed', 'TimerFired'];
const MASTER_KEY = `courses:${Buffer.alloc(32, 7).toString('base64url')}`;

const playAll = async (courses: Courses): Promise<void> => {
  await courses.beforeAcceptance();
  await courses.inAPool();
  await courses.underCare();
  await courses.byARedFlag();
  await new RecordCourses(courses).beside();
};

describe('the courses that care can take', () => {
  let database: TestDatabase;
  let fascia: Fascia;
  let courses: Courses;

  beforeAll(async () => {
    database = await testDatabase();
    fascia = new Fascia(
      await besideItsDatabase({ DATABASE_URL: database.connectionString, FASCIA_KEYS: MASTER_KEY }),
    );
    await fascia.start();
    courses = await Courses.on(fascia);
  });

  afterAll(async () => {
    await fascia.dispose();
    await database.drop();
  });

  it('can all be taken, and store every kind of event', async () => {
    await playAll(courses);
    const declared = contracts.flatMap((contract) => Object.keys(contract));
    let events: Awaited<ReturnType<typeof everyEventOf>> = [];
    const missing = (): readonly string[] => {
      const played = new Set(events.map(({ type }) => type));
      return declared.filter((type) => !played.has(type) && !NOT_PLAYED.includes(type));
    };
    /** All but some. */
    const stored = async (but: readonly string[] = []): Promise<void> => {
      const isComplete = async (): Promise<boolean> => {
        events = await everyEventOf(fascia.options.env ?? {});
        return missing().every((type) => but.includes(type));
      };
      await until(isComplete, { message: 'all of it' }).catch(() => undefined);
      expect(missing().filter((type) => !but.includes(type))).toEqual([]);
    };
    // Records of who looked are kept in batches, after they were answered.
    await stored(OF_TIME);
    await fascia.crashesUntil(UNTIL_IT_IS_LATE);
    await stored();
    if (process.env['FASCIA_RECORD_NET'] !== '1') return;
    const pool = new Pool({ connectionString: database.connectionString });
    const rows = {
      query: async <T extends object>(text: string, values: readonly unknown[] = []) =>
        (await pool.query<T>(text, [...values])).rows,
    };
    await keepLog(events, postgresSubjectKeys(rows, masterKeys({ keys: MASTER_KEY, dataDir: fascia.dir })));
    await pool.end();
  }, 180_000);
});

if (process.env['FASCIA_KEEP'] === '1')
  it('keeps a folder, a topic and what was answered last', async () => {
    const fascia = new Fascia();
    await fascia.start();
    await playAll(await Courses.on(fascia));
    await keep(fascia);
    await fascia.dispose();
  }, 300_000);
