/** Every sample bundle, imported twice through the command line: the same events, and nobody's data in the log or in the logs. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { testDatabase, type TestDatabase } from '@fascia/testkit';
import { Pool } from 'pg';
import { guesses, namesIn } from './guesses.js';
import { Fascia } from './harness.js';
import { besideItsDatabase, everyEventOf } from './log.js';
import { bundles, found, SAMPLES, secrets, systemsOfSamples } from './secrets.js';

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
    for (const kind of ['patient', 'condition', 'precaution'])
      expect(firstReport).toMatch(new RegExp(kind + nothingNew));
    expect(firstReport).toContain('Observation (not-imported)');
  });

  it('adds nothing the second time', async () => {
    const before = await count();
    const again = await importAll();
    expect(again).not.toMatch(/[1-9]\d* added/);
    expect(await count()).toBe(before);
  });

  it('counts every resource of a file once, as an account of the files does', async () => {
    const physician = fascia.as('physician-demo');
    for (const path of bundles.slice(0, 3)) {
      const file = JSON.parse(gunzipSync(readFileSync(path)).toString('utf8')) as {
        readonly entry: readonly { readonly resource: { readonly resourceType: string } }[];
      };
      const counted = Map.groupBy(file.entry, ({ resource }) => resource.resourceType);
      const { body } = await physician.insists('POST', '/api/v1/imports', file, {
        'content-type': 'application/fhir+json',
      });
      expect(body).toMatchObject({ state: 'finished', broken: [], refusals: [] });
      const told = body.resources as readonly Record<string, number | string>[];
      expect(Object.fromEntries(told.map(({ resourceType, read }) => [resourceType, read]))).toEqual(
        Object.fromEntries([...counted].map(([type, entries]) => [type, entries.length])),
      );
      for (const { read, taken, ignored, broken } of told)
        expect(Number(taken) + Number(ignored) + Number(broken)).toBe(read);
    }
  });

  it('lets nobody who reads the log try out a number, a name or a day of birth', async () => {
    const names = namesIn(await stored());
    const { body } = await fascia.as('operator-demo').get('/api/v1/organizations?limit=200');
    const organizations = (body.items as readonly { readonly id: string }[]).map(({ id }) => id);
    const tried = { organizations, systems: systemsOfSamples, owners: names.patients };
    const hits = (among: ReadonlySet<string>) =>
      secrets.flatMap((secret) => guesses(secret, tried).filter((guess) => among.has(guess)));
    expect(names.all.size).toBeGreaterThan(300);
    expect(hits(names.all)).toEqual([]);
    // Whoever guesses is able to: a register by its plain key, and a digest without one, are found.
    const [register, ...others] = guesses(secrets[0] ?? '', tried);
    expect(hits(new Set([register ?? '', others.at(-1) ?? '']))).toHaveLength(2);
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
