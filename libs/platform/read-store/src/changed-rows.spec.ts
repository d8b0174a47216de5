/** What is said of rows that changed: enough to find out whom it concerns, in parts that a channel takes. */
import { notesOf, readNote, REPLACED, type Telling } from './changed-rows.js';

const TO = { position: 2n ** 53n + 1n, digest: 'ab' };
const TELLING: Telling = { partition: 3, to: TO };

const row = (id: string, more: object = {}) => ({ id, ...more });

const change = (part: object) => ({ model: 'visit', was: [], kept: [], gone: [], ...part });

const said = (telling: Telling, ...changes: ReturnType<typeof change>[]) =>
  notesOf(telling, changes).map(readNote);

describe('what is said of a batch', () => {
  it('are the rows that changed, and the organisations that they name or named', () => {
    const changes = change({
      was: [
        row('left', { referrer_organization_id: 'before', pool_organization_ids: ['pool'] }),
        row('as it was', { organization_id: 'uninvolved' }),
      ],
      kept: [
        row('left', { referrer_organization_id: 'after', pool_organization_ids: null }),
        row('new', { organization_id: 'owner', organization_name: 'Not an id' }),
      ],
    });
    expect(said(TELLING, changes)).toEqual([
      {
        partition: 3,
        to: { partition: 3, ...TO },
        rows: {
          model: 'visit',
          ids: ['left', 'new'],
          organizations: ['before', 'pool', 'after', 'owner'],
          patients: [],
        },
      },
    ]);
  });

  it('is whose they were, of rows that are gone', () => {
    const was = [row('gone', { patient_id: 'p1' }), row('kept', { patient_id: 'p2' }), row('nobodys')];
    const kept = [row('kept', { patient_id: 'p2' })];
    const [note] = said(TELLING, change({ was, kept, gone: ['gone', 'nobodys'] }));
    expect(note?.rows).toMatchObject({ ids: ['kept', 'gone', 'nobodys'], patients: ['p1'] });
  });

  it('is nothing where no row changed', () => {
    expect(notesOf(TELLING, [change({ was: [row('as it was')] })])).toEqual([]);
  });

  it('comes in parts that a channel takes, of which the last says where the batch ends', () => {
    const ids = Array.from({ length: 900 }, (_, n) => `${String(n)}-${'ü'.repeat(10)}`);
    const changes = [
      change({ kept: ids.map((id) => row(id)) }),
      change({ model: 'task', kept: [row('one')] }),
    ];
    const notes = notesOf(TELLING, changes);
    expect(notes.length).toBeGreaterThan(3);
    expect(Math.max(...notes.map((note) => Buffer.byteLength(note)))).toBeLessThan(8_000);
    const read = notes.map(readNote);
    expect(read.flatMap(({ rows }) => (rows?.model === 'visit' ? rows.ids : []))).toEqual(ids);
    expect(read.map(({ to }) => to !== undefined)).toEqual(
      notes.map((_, index) => index === notes.length - 1),
    );
  });

  it('says of no place where the slice stood still', () => {
    const [note] = said({ partition: 3, to: undefined }, change({ kept: [row('again')] }));
    expect(note).toMatchObject({ partition: 3, to: undefined });
  });

  it('is, of a table that was replaced, no row', () => {
    expect(readNote(REPLACED).rows).toBeUndefined();
  });
});
