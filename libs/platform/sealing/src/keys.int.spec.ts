/** Keys of persons, and the master keys they are wrapped under, in a real table and a real folder. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rows } from '@fascia/kernel';
import { testRows, until } from '@fascia/testkit';
import { assertKeysFit, keyStatus, turnOver } from './key-care.js';
import { masterKeys, type MasterKeys } from './master-keys.js';
import { SealBroken } from './sealer.js';
import {
  memorySubjectKeys,
  NETWORK,
  postgresSubjectKeys,
  SUBJECT_KEY_SQL,
  SubjectErased,
  type ErasableKeys,
} from './subject-keys.js';

let folder: string;
let database: Awaited<ReturnType<typeof testRows>>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fascia-keys-'));
  database = await testRows(SUBJECT_KEY_SQL);
});
beforeEach(async () => {
  await database.rows.query('truncate sealing.subject_key');
  rmSync(join(folder, 'keys'), { force: true });
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const inFolder = (mayMake = true): MasterKeys => masterKeys({ dataDir: folder, mayMake });

/** Keys of a process that remembers nothing, as one that was just started. */
const inTable = (masters = inFolder(), rememberMs?: number): ErasableKeys =>
  postgresSubjectKeys(database.rows, masters, rememberMs);

describe.each([
  ['in memory', () => memorySubjectKeys()],
  ['in a table', () => inTable()],
])('keys of persons %s', (_where, open) => {
  it('are made at first use, each person their own, and are the same again', async () => {
    const keys = open();
    expect(await keys.find('ann')).toBeUndefined();
    const [ann, ben] = await Promise.all([keys.keyFor('ann'), keys.keyFor('ben')]);
    expect(ann).not.toEqual(ben);
    expect(await Promise.all([keys.find('ann'), keys.keyFor('ben')])).toEqual([ann, ben]);
  });

  it('of one who was erased are never made again', async () => {
    const keys = open();
    await keys.keyFor('ann');
    await keys.erase('ann');
    await keys.erase('nobody');
    expect(await Promise.all([keys.find('ann'), keys.find('nobody')])).toEqual(['erased', 'erased']);
    await expect(keys.keyFor('ann')).rejects.toThrow(SubjectErased);
    await expect(keys.keyFor('nobody')).rejects.toThrow(SubjectErased);
  });
});

describe('keys of persons in a table', () => {
  it('are found by every process', async () => {
    const [ann, ben] = await Promise.all(['ann', 'ben'].map((subject) => inTable().keyFor(subject)));
    const later = inTable();
    expect(await Promise.all([later.find('ben'), later.find('ann')])).toEqual([ben, ann]);
  });

  it('are asked for in one question by all who ask at once', async () => {
    await inTable().keyFor('ann');
    let questions = 0;
    const counted: Rows = {
      query: (text, values) => {
        questions += 1;
        return database.rows.query(text, values);
      },
    };
    const later = postgresSubjectKeys(counted, inFolder());
    await Promise.all(['ann', 'ben', 'ann'].map((subject) => later.find(subject)));
    await Promise.all([later.find('ann'), later.find('ann')]);
    expect(questions).toBe(1);
  });

  it('give everybody who makes the same one at once the same', async () => {
    const [one, other] = await Promise.all([inTable().keyFor('ann'), inTable().keyFor('ann')]);
    expect(other).toEqual(one);
  });

  it('that were lost and are put back open what is under them, beside the one made since', async () => {
    const lost = await inTable().keyFor('ann');
    const [row] = await database.rows.query<Record<string, unknown>>(
      'delete from sealing.subject_key returning *',
    );
    const since = await inTable().keyFor('ann');
    expect(await inTable().find('ann', lost.id)).toBeUndefined();
    await database.rows.query(
      'insert into sealing.subject_key (subject, key_id, master_key_id, wrapped, is_current) values ($1, $2, $3, $4, false)',
      [row?.['subject'], row?.['key_id'], row?.['master_key_id'], row?.['wrapped']],
    );
    expect(await inTable().find('ann', lost.id)).toEqual(lost);
    expect(await Promise.all([inTable().find('ann'), inTable().keyFor('ann')])).toEqual([since, since]);
    await inTable().erase('ann');
    expect(await inTable().find('ann', lost.id)).toBe('erased');
  });

  it('are used by other processes no longer than they remember', async () => {
    const quick = inTable(inFolder(), 1);
    const slow = inTable();
    await Promise.all([quick.keyFor('ann'), slow.keyFor('ann')]);
    const key = await slow.find('ann');
    await inTable().erase('ann');
    expect(await slow.find('ann')).toEqual(key);
    await until(async () => (await quick.find('ann')) === 'erased', { message: 'the key to be let go' });
  });
});

describe('a key file', () => {
  it('is made for nobody but its owner, once', () => {
    const made = inFolder();
    expect(statSync(join(folder, 'keys')).mode & 0o777).toBe(0o600);
    expect(inFolder(false).current.id).toBe(made.current.id);
  });

  it('is one for two that begin on it at once', () => {
    const [one, other] = [inFolder(), inFolder()];
    expect(other.ids).toEqual(one.ids);
    expect(readdirSync(folder)).toEqual(['keys']);
  });

  it('is not made where something was sealed already', () => {
    expect(() => inFolder(false)).toThrow(/Put the file back/);
  });

  it('keeps the key before when it is turned over', () => {
    const masters = inFolder();
    const before = masters.current.id;
    masters.turnOver?.();
    expect(masters.ids).toEqual([masters.current.id, before]);
    expect(masters.current.id).not.toBe(before);
    expect(inFolder(false).ids).toEqual(masters.ids);
  });

  it('that another process turned over is read again', async () => {
    const here = inFolder();
    await turnOver(database.rows, inFolder());
    const key = await inTable().keyFor('ann');
    expect(await inTable(here).find('ann')).toEqual(key);
    expect(() => here.byId('nobody')).toThrow(/"nobody" is not in/);
  });
});

describe('turning master keys over', () => {
  const people = Array.from({ length: 250 }, (_, n) => `patient-${String(n)}`);

  it('rewraps every key; people, and what is erased, stay as they are', async () => {
    const masters = inFolder();
    const before = await Promise.all(people.map((one) => inTable(masters).keyFor(one)));
    await inTable(masters).erase('patient-7');
    const old = masters.current.id;
    expect(await turnOver(database.rows, masters)).toEqual({
      made: true,
      current: masters.current.id,
      rewrapped: 249,
      damaged: 0,
    });
    expect(masters.current.id).not.toBe(old);
    expect(await keyStatus(database.rows, masters)).toEqual({
      current: masters.current.id,
      known: [masters.current.id, old],
      wrapped: [{ masterKey: masters.current.id, keys: 249 }],
      erased: 1,
    });
    const [current = ''] = readFileSync(join(folder, 'keys'), 'utf8').split('\n');
    writeFileSync(join(folder, 'keys'), current);
    const after = await Promise.all(people.map((one) => inTable().find(one)));
    expect(after).toEqual(before.map((key, n) => (n === 7 ? 'erased' : key)));
  });

  it('goes on where it was broken off', async () => {
    const masters = inFolder();
    await Promise.all(people.map((one) => inTable(masters).keyFor(one)));
    let left = 130;
    const breaking: Rows = {
      query: (text, values) => {
        if (text.startsWith('update') && (left -= 1) < 0) throw new Error('killed');
        return database.rows.query(text, values);
      },
    };
    await expect(turnOver(breaking, masters)).rejects.toThrow('killed');
    expect((await keyStatus(database.rows, masters)).wrapped.map(({ keys }) => keys).toSorted()).toEqual([
      120, 130,
    ]);
    expect(await turnOver(database.rows, inFolder())).toEqual({
      made: false,
      current: masters.current.id,
      rewrapped: 120,
      damaged: 0,
    });
  });

  it('goes on in another process, under the key that the first one made', async () => {
    const here = inFolder();
    await Promise.all(people.slice(0, 5).map((one) => inTable(here).keyFor(one)));
    const { current } = await turnOver(database.rows, inFolder());
    await turnOver(database.rows, here);
    expect(here.ids).toContain(current);
    expect((await keyStatus(database.rows, here)).wrapped).toEqual([{ masterKey: here.current.id, keys: 5 }]);
  });

  it('passes over a row that is damaged, and says so', async () => {
    const masters = inFolder();
    await Promise.all(people.slice(0, 5).map((one) => inTable(masters).keyFor(one)));
    await database.rows.query("update sealing.subject_key set wrapped = '\\x00' where subject = 'patient-2'");
    expect(await turnOver(database.rows, masters)).toMatchObject({ rewrapped: 4, damaged: 1 });
    await expect(inTable(masters).find('patient-2')).rejects.toThrow(SealBroken);
  });

  it('leaves what is turned over or erased by another at the same time', async () => {
    const masters = inFolder();
    await Promise.all(people.map((one) => inTable(masters).keyFor(one)));
    masters.turnOver?.();
    await Promise.all([
      turnOver(database.rows, masters),
      turnOver(database.rows, masters),
      inTable(masters).erase('patient-200'),
    ]);
    expect((await keyStatus(database.rows, masters)).wrapped).toEqual([
      { masterKey: masters.current.id, keys: 249 },
    ]);
    expect(await inTable(masters).find('patient-200')).toBe('erased');
  });
});

describe('master keys that somebody else keeps', () => {
  const line = (id: string, byte: number): string => `${id}:${Buffer.alloc(32, byte).toString('base64url')}`;

  it('are rewrapped under the first of them, and none is made', async () => {
    await inTable(masterKeys({ dataDir: folder, keys: line('one', 1) })).keyFor('ann');
    const masters = masterKeys({ dataDir: folder, keys: [line('two', 2), line('one', 1)].join() });
    expect(await turnOver(database.rows, masters)).toEqual({
      made: false,
      current: 'two',
      rewrapped: 1,
      damaged: 0,
    });
    expect(await turnOver(database.rows, masters)).toEqual({
      made: false,
      current: 'two',
      rewrapped: 0,
      damaged: 0,
    });
  });
});

describe('a start', () => {
  const fits = (masters: MasterKeys, hasEvents: boolean): Promise<void> =>
    assertKeysFit(database.rows, { masters, keys: inTable(masters), hasEvents });
  const given = (id: string, byte: number): MasterKeys =>
    masterKeys({ dataDir: folder, keys: `${id}:${Buffer.alloc(32, byte).toString('base64url')}` });

  it("on nothing makes the network's key, and is fine again", async () => {
    await fits(inFolder(), false);
    expect(await inTable().find(NETWORK)).toMatchObject({});
    await fits(inFolder(), true);
  });

  it('is refused where the master key of what was sealed is not there', async () => {
    await fits(given('one', 1), false);
    await expect(fits(given('two', 2), true)).rejects.toThrow(
      /master key "one", which is not in FASCIA_KEYS/,
    );
  });

  it('is refused where it is another key of that name', async () => {
    await fits(given('one', 1), false);
    await expect(fits(given('one', 2), true)).rejects.toThrow(/"one" in FASCIA_KEYS is not the one/);
  });

  it('is refused where a log has events and the database no keys', async () => {
    await expect(fits(given('one', 1), true)).rejects.toThrow(/none of the keys/);
  });
});
