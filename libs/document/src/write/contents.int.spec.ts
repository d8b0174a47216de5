import { randomUUID } from 'node:crypto';
import {
  masterKeys,
  memorySubjectKeys,
  postgresSubjectKeys,
  SUBJECT_KEY_SQL,
  SubjectErased,
  type ErasableKeys,
} from '@fascia/sealing';
import { testRows } from '@fascia/testkit';
import { ContentMissing, DOCUMENT_SQL, postgresContents, sha256Of, type Filed } from './contents.js';

const BYTES = Buffer.from('%PDF-1.7 Marsh, Robin: tear of the left supraspinatus');

describe('the bytes of a document', () => {
  let database: Awaited<ReturnType<typeof testRows>>;
  let keys: ErasableKeys;

  const contents = () => postgresContents(database.rows, keys);
  const filed = (over: Partial<Filed> = {}): Filed => ({
    id: randomUUID(),
    patientId: randomUUID(),
    sha256: sha256Of(BYTES),
    ...over,
  });

  beforeAll(async () => {
    database = await testRows(SUBJECT_KEY_SQL, DOCUMENT_SQL);
    keys = postgresSubjectKeys(
      database.rows,
      masterKeys({ keys: `one:${Buffer.alloc(32, 7).toString('base64url')}`, dataDir: '.' }),
    );
  });
  afterAll(() => database.close());

  it('come back as they were, and are nowhere in clear', async () => {
    const one = filed();
    await contents().put(one, BYTES);
    await contents().put(one, BYTES);
    expect((await contents().get(one)).equals(BYTES)).toBe(true);
    const [row] = await database.rows.query<{ sealed: Buffer }>(
      'select sealed from document.content where id = $1',
      [one.id],
    );
    expect(row?.sealed.includes('Marsh')).toBe(false);
  });

  it.each<[string, (one: Filed) => Filed]>([
    ['of a document that is not there', (one) => ({ ...one, id: randomUUID() })],
    ['of somebody else', (one) => ({ ...one, patientId: randomUUID() })],
    ['of another digest', (one) => ({ ...one, sha256: sha256Of(Buffer.from('other')) })],
  ])('%s are not given', async (_what, other) => {
    const one = filed();
    await contents().put(one, BYTES);
    await expect(contents().get(other(one))).rejects.toBeInstanceOf(ContentMissing);
  });

  it('that were damaged, or moved to another document, are not given', async () => {
    const [one, other] = [filed(), filed()];
    await contents().put(one, BYTES);
    await contents().put(other, BYTES);
    await database.rows.query(
      `update document.content set sealed = (select sealed from document.content where id = $1),
         subject = $3, key_id = (select key_id from document.content where id = $1) where id = $2`,
      [one.id, other.id, `patient-${other.patientId}`],
    );
    await expect(contents().get(other)).rejects.toBeInstanceOf(ContentMissing);
    await database.rows.query(
      'update document.content set sealed = set_byte(sealed, 60, 255 - get_byte(sealed, 60)) where id = $1',
      [one.id],
    );
    await expect(contents().get(one)).rejects.toBeInstanceOf(ContentMissing);
  });

  it('go with the key of whom they are about, and none come after it', async () => {
    const one = filed();
    await contents().put(one, BYTES);
    await keys.erase(`patient-${one.patientId}`);
    expect(await database.rows.query('select from document.content where id = $1', [one.id])).toEqual([]);
    await expect(contents().get(one)).rejects.toBeInstanceOf(SubjectErased);
    await expect(contents().put({ ...one, id: randomUUID() }, BYTES)).rejects.toBeInstanceOf(SubjectErased);
  });

  it('that cannot be kept are no document: where the key went meanwhile, nothing is written', async () => {
    const one = filed();
    const others = memorySubjectKeys();
    await expect(postgresContents(database.rows, others).put(one, BYTES)).rejects.toBeInstanceOf(
      SubjectErased,
    );
  });
});
