import { setTimeout } from 'node:timers/promises';
import { readFile } from './file.js';
import { readInThread } from './in-thread.js';

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const bundleOf = (entries: readonly unknown[]) => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: entries,
});
const patient = (id: number) => ({
  fullUrl: `https://a.example/fhir/Patient/${String(id)}`,
  resource: {
    resourceType: 'Patient',
    id: String(id),
    name: [{ family: 'Muster' }],
    birthDate: '1980-02-29',
  },
});
const broken = (id: number) => ({
  ...patient(id),
  resource: { resourceType: 'Patient', id: String(id), birthDate: 'x' },
});

describe('a file read in a thread of its own', () => {
  it('says what it says anyway, in the same order', async () => {
    const file = bytes(
      bundleOf([...Array.from({ length: 1200 }, (_, id) => patient(id)), broken(9999), { resource: null }]),
    );
    expect(await readInThread(file)).toEqual(readFile(file));
  });

  it('leaves the time to others', async () => {
    const file = bytes(bundleOf(Array.from({ length: 30_000 }, (_, id) => broken(id))));
    let isRead = false;
    const reading = readInThread(file).then((read) => {
      isRead = true;
      return read;
    });
    let turns = 0;
    for (; !isRead; turns += 1) await setTimeout(1);
    const { faults, broken: named, tallies } = await reading;
    expect(tallies).toEqual([
      { resourceType: 'Patient', read: 30_000, taken: 0, ignored: 0, broken: 30_000 },
    ]);
    expect(faults).toBe(60_000);
    expect(named).toHaveLength(500);
    // Read on this thread it would be a handful.
    expect(turns).toBeGreaterThan(20);
  });

  it('is given up while it is read, and so is one that waits; the next is read', async () => {
    const long = bytes(bundleOf(Array.from({ length: 30_000 }, (_, id) => broken(id))));
    const control = new AbortController();
    const [first, second] = [readInThread(long, control), readInThread(long, control)];
    const given = Promise.allSettled([first, second]);
    control.abort(new Error('nobody waits any more'));
    expect(await given).toMatchObject([
      { status: 'rejected', reason: { message: 'nobody waits any more' } },
      { status: 'rejected', reason: { message: 'nobody waits any more' } },
    ]);
    expect((await readInThread(bytes(patient(1).resource))).items).toHaveLength(1);
  });
});
