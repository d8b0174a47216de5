/** A scan goes in, and out to those who care for the patient; and what must not (docs/domain/documents.md). */
import { createHash } from 'node:crypto';
import { testDatabase, until, type TestDatabase } from '@fascia/testkit';
import { Fascia } from './harness.js';
import { besideItsDatabase, everyEventOf } from './log.js';
import type { Answer, Person } from './person.js';

const JOURNEY_MS = 180_000;
const SCAN = Buffer.from('%PDF-1.7\nMarsh: tear of the left supraspinatus, 12 mm\n%%EOF\n');

describe('documents', () => {
  let database: TestDatabase;
  let fascia: Fascia;
  let physician: Person;
  let stranger: Person;
  let patientId: string;

  const upload = (
    by: Person,
    file: Uint8Array | string,
    type: string,
    headers: Record<string, string> = {},
  ): Promise<Answer> =>
    by.insists('POST', `/api/v1/documents?patientId=${patientId}&kind=imaging-report`, file, {
      'content-type': type,
      ...headers,
    });

  const bytesAt = async (by: string, id: string): Promise<{ response: Response; bytes: Buffer }> => {
    const response = await fetch(`${fascia.url}/api/v1/documents/${id}/content`, {
      headers: { authorization: `Bearer ${await fascia.token(by)}` },
    });
    return { response, bytes: Buffer.from(await response.arrayBuffer()) };
  };

  const isFiled = (id: string): Promise<unknown> =>
    until(async () => (await physician.get(`/api/v1/documents/${id}`)).body.status === 'filed', {
      deadlineMs: 60_000,
      message: 'the document is not there',
    });

  beforeAll(async () => {
    database = await testDatabase();
    fascia = new Fascia(await besideItsDatabase({ DATABASE_URL: database.connectionString }));
    await fascia.start();
    physician = fascia.as('physician-demo');
    stranger = fascia.as('physician-two-demo');
    patientId = await physician.registers('Marsh');
  }, JOURNEY_MS);

  afterAll(async () => {
    await fascia.dispose();
    await database.drop();
  }, JOURNEY_MS);

  it('are filed once, and come back as they were, to be saved and not run', async () => {
    const key = { 'idempotency-key': 'the-scan' };
    const first = await upload(physician, SCAN, 'application/octet-stream', key);
    const again = await upload(physician, SCAN, 'application/pdf', key);
    expect([first.status, again.body]).toEqual([201, first.body]);
    expect(first.body).toMatchObject({
      state: 'filed',
      mediaType: 'application/pdf',
      bytes: SCAN.length,
      sha256: createHash('sha256').update(SCAN).digest('hex'),
    });
    const id = first.body.id as string;
    await isFiled(id);
    const { response, bytes } = await bytesAt('physician-demo', id);
    expect(bytes.equals(SCAN)).toBe(true);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${id}.pdf"`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
  });

  it('answer a key that stands for other bytes as what it is', async () => {
    const key = { 'idempotency-key': 'one-key' };
    await upload(physician, SCAN, 'application/pdf', key);
    const other = await upload(physician, Buffer.from('%PDF-1.4\n'), 'application/pdf', key);
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it.each([
    ['HTML that calls itself a PDF', '<html>', 'application/pdf', 415, 'DOCUMENT_TYPE_UNSUPPORTED'],
    ['a PDF that calls itself a picture', SCAN, 'image/png', 415, 'DOCUMENT_TYPE_OTHER'],
    ['nothing', '', 'application/pdf', 400, 'BODY_MISSING'],
    ['what is no file', '{}', 'application/json', 400, 'BODY_MISSING'],
    ['a type that nobody takes', 'x', 'text/html', 415, 'MEDIA_TYPE_UNSUPPORTED'],
  ])('are refused that are %s', async (_what, file, type, status, code) => {
    const answer = await upload(physician, file, type);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('of a patient are filed and seen by nobody else, and nothing of a stranger is kept', async () => {
    const refused = await upload(stranger, SCAN, 'application/pdf');
    expect([refused.status, refused.body.code]).toEqual([403, 'FORBIDDEN_ROLE']);
    const { id } = (await upload(physician, SCAN, 'application/pdf')).body as { id: string };
    await isFiled(id);
    expect((await stranger.get(`/api/v1/documents/${id}`)).status).toBe(404);
    expect((await bytesAt('physician-two-demo', id)).response.status).toBe(404);
    expect((await stranger.get(`/api/v1/documents?patientId=${patientId}`)).body.items).toEqual([]);
  });

  it('leave a record of who took their bytes', async () => {
    const { id } = (await upload(physician, SCAN, 'application/pdf')).body as { id: string };
    await isFiled(id);
    await bytesAt('physician-demo', id);
    const auditor = fascia.as('auditor-demo');
    await until(
      async () =>
        (
          (await auditor.get(`/api/v1/audit/access?limit=200&patientId=${patientId}`)).body.items as {
            route: string;
            objectId: string;
          }[]
        ).some((one) => one.route === 'GET /api/v1/documents/:id/content' && one.objectId === id),
      { deadlineMs: 60_000, message: 'nobody wrote down who took the bytes' },
    );
  });

  it('that were withdrawn are given to nobody, and their reason stays', async () => {
    const { id } = (await upload(physician, SCAN, 'application/pdf')).body as { id: string };
    await physician.does(`/api/v1/documents/${id}/withdraw`, { reason: 'Of somebody else.' });
    await until(async () => (await physician.get(`/api/v1/documents/${id}`)).body.status === 'withdrawn', {
      deadlineMs: 60_000,
      message: 'it is not withdrawn',
    });
    const { response, bytes } = await bytesAt('physician-demo', id);
    expect([response.status, (JSON.parse(bytes.toString()) as { code: string }).code]).toEqual([
      409,
      'DOCUMENT_WITHDRAWN',
    ]);
  });

  it('survive a kill as they were acknowledged', async () => {
    const { id } = (await upload(physician, SCAN, 'application/pdf')).body as { id: string };
    await fascia.kill9();
    await fascia.start();
    await isFiled(id);
    expect((await bytesAt('physician-demo', id)).bytes.equals(SCAN)).toBe(true);
  });

  it('tell nothing of themselves in the log', async () => {
    const events = (await everyEventOf(fascia.options.env ?? {})).filter(({ stream }) =>
      stream.startsWith('document-'),
    );
    expect(events.map(({ type }) => type)).toContain('DocumentWithdrawn');
    const stored = Buffer.concat(events.flatMap(({ data, metadata }) => [data, metadata])).toString('utf8');
    expect(stored).toContain('application/pdf');
    expect(stored).not.toContain(createHash('sha256').update(SCAN).digest('hex'));
    expect(stored).not.toContain('somebody else');
  });
});
