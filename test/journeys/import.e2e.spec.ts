/** Every sample bundle, imported twice through the command line: the same events, and nobody's data in the log or in the logs. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { testDatabase, until, type TestDatabase } from '@fascia/testkit';
import { Pool } from 'pg';
import { guesses, namesIn } from './guesses.js';
import { Fascia } from './harness.js';
import { besideItsDatabase, everyEventOf } from './log.js';
import { bundles, found, SAMPLES, secrets, systemsOfSamples } from './secrets.js';

/** A list follows what is stored. */
const LISTED_MS = 60_000;
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

  describe('that is told in parts', () => {
    const PARTS = { accept: 'text/event-stream', 'content-type': 'application/fhir+json' };
    const file = {
      resourceType: 'Bundle',
      type: 'collection',
      entry: ['Quill', 'Marsh'].map((family) => ({
        resource: {
          resourceType: 'Patient',
          id: `in-parts-${family}`,
          name: [{ family, given: ['Robin'] }],
          birthDate: '1961-07-08',
          gender: 'other',
        },
      })),
    };

    const partsOf = (text: string): readonly (readonly [event: string, data: Record<string, unknown>])[] =>
      text
        .split('\n\n')
        .map((block) => /^event: (\w+)\n(?:id: .*\n)?data: (.*)$/.exec(block))
        .flatMap((found) =>
          found === null ? [] : [[found[1] ?? '', JSON.parse(found[2] ?? '') as Record<string, unknown>]],
        );

    it('says how far it is, and at last what came of it, which stands in the list', async () => {
      const physician = fascia.as('physician-demo');
      const answer = await physician.insists('POST', '/api/v1/imports', file, PARTS);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        202,
        expect.stringContaining('text/event-stream'),
      ]);
      const parts = partsOf(answer.body as string);
      expect(parts.slice(0, 2)).toEqual([
        ['progress', { step: 'reading' }],
        ['progress', { step: 'taking', done: 0, total: 2 }],
      ]);
      const [last, report] = parts.at(-1) ?? ['', {}];
      expect([last, report['state']]).toEqual(['done', 'finished']);
      expect((await physician.get(`/api/v1/imports/${String(report['id'])}`)).body).toEqual(report);

      const listed = async (person: string): Promise<Record<string, unknown> | undefined> =>
        (
          (await fascia.as(person).get('/api/v1/imports')).body.items as readonly Record<string, unknown>[]
        ).find(({ id }) => id === report['id']);
      await until(async () => (await listed('physician-demo')) !== undefined, {
        deadlineMs: LISTED_MS,
        message: 'the import to stand in the list',
      });
      expect(await listed('operator-demo')).toMatchObject({
        state: 'finished',
        by: { name: 'Amara Lindqvist', role: 'physician' },
        organization: { name: 'Harbor Family Practice' },
        ...{ read: 2, added: 2, refused: 0 },
      });
      // Of another practice.
      expect(await listed('physician-two-demo')).toBeUndefined();
    });

    it('says why it ended where it did', async () => {
      const answer = await fascia.as('physician-demo').insists('POST', '/api/v1/imports', '<Bundle/>', PARTS);
      const [last, problem] = partsOf(answer.body as string).at(-1) ?? ['', {}];
      expect([answer.status, last, problem]).toEqual([
        202,
        'problem',
        expect.objectContaining({
          ...{ status: 400, code: 'FILE_UNREADABLE' },
          instance: expect.stringMatching(/^urn:uuid:/),
        }),
      ]);
    });

    it('is in what its sender reads next, as every write is', async () => {
      const sender = fascia.as('physician-demo');
      const { headers } = await sender.insists(
        'POST',
        '/api/v1/imports',
        {
          resourceType: 'Patient',
          id: 'read-next',
          name: [{ family: 'Ravensworth' }],
          birthDate: '1961-07-08',
        },
        { 'content-type': 'application/fhir+json' },
      );
      expect(headers.get('fascia-position')).not.toBeNull();
      const { body } = await sender.get('/api/v1/patients?name=ravensworth');
      expect(body.items).toHaveLength(1);
    });

    it('is refused as ever where nobody may begin it', async () => {
      const { status, body } = await fascia
        .as('therapist-demo')
        .insists('POST', '/api/v1/imports', file, PARTS);
      expect([status, body.code]).toEqual([403, 'FORBIDDEN_ROLE']);
    });
  });
});
