/** Every sample bundle, imported twice through the command line: the same events, and nobody's data in the log or in the logs. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { testDatabase, type TestDatabase } from '@fascia/testkit';
import { Pool } from 'pg';
import { Fascia } from './harness.js';
import { besideItsDatabase, everyEventOf } from './log.js';
import { bundles, found, SAMPLES, secrets } from './secrets.js';

const ROOT = join(import.meta.dirname, '..', '..');

describe('importing every sample bundle', () => {
  let database: TestDatabase;
  let pool: Pool;
  let fascia: Fascia;
  let firstReport = '';

  const importAll = async (): Promise<string> => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      join(ROOT, 'apps', 'cli', 'dist', 'main.js'),
      'import',
      SAMPLES,
      '--url',
      fascia.url,
    ]);
    return stdout;
  };
  const stored = () => everyEventOf(fascia.options.env ?? {});
  const count = async (): Promise<number> =>
    (await stored()).filter(({ stream }) => !stream.startsWith('access-')).length;

  beforeAll(async () => {
    database = await testDatabase();
    pool = new Pool({ connectionString: database.connectionString });
    fascia = new Fascia(await besideItsDatabase({ DATABASE_URL: database.connectionString }));
    await fascia.start();
  });

  afterAll(async () => {
    await fascia.dispose();
    await pool.end();
    await database.drop();
  });

  it('finds patients and conditions, and says what it left out', async () => {
    firstReport = await importAll();
    // The demo imported them at its first start.
    const nothingNew = String.raw`\s+0 added\s+0 changed\s+[1-9]\d* unchanged\s+0 different\s+0 refused`;
    for (const kind of ['patient', 'condition']) expect(firstReport).toMatch(new RegExp(kind + nothingNew));
    expect(firstReport).toContain('Observation (not-imported)');
  });

  it('adds nothing the second time', async () => {
    const before = await count();
    const again = await importAll();
    expect(again).not.toMatch(/[1-9]\d* added/);
    expect(await count()).toBe(before);
  });

  it('shows the patients to who holds their records', async () => {
    const { body } = await fascia.as('physician-demo').get('/api/v1/patients?limit=200');
    expect(body.items).toHaveLength(bundles.length);
  });

  it('leaves no name, address, number or date of birth in the event log or in any log', async () => {
    expect(secrets.length).toBeGreaterThan(50);
    const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
    const dump = (await stored())
      .map(({ stream, type, data, metadata }) => `${stream} ${type} ${text(data)} ${text(metadata)}`)
      .join('\n');
    expect(found(dump)).toEqual([]);
    expect(found(fascia.readLog())).toEqual([]);
    expect(found(fascia.output)).toEqual([]);
    // The search itself must be able to find: the read tables do hold names, for the lists.
    const patients = await pool.query<{ line: string }>(
      'select to_jsonb(p)::text as line from read.patient p',
    );
    expect(found(patients.rows.map((row) => row.line).join('\n')).length).toBeGreaterThan(5);
    const numbers = secrets.filter((secret) => /^\d{1,3}$/.test(secret));
    expect(numbers.length).toBeGreaterThan(0);
    expect(
      numbers.map((secret) => found(JSON.stringify({ ms: Number(secret), leaked: secret }))),
    ).not.toContainEqual([]);
    expect(found('{"ms":160,"route":"/api/v1/imports"}')).toEqual([]);
  });
});
