/** Old code beside new code: what the next release may store is not decided over by this one, in any context. */
import { randomUUID } from 'node:crypto';
import { accessPolicy, aggregateByCategory, contracts } from '@fascia/composition';
import { streamOf, uuidFrom, type Category, type NewEvent } from '@fascia/kernel';
import { memoryStore, SetClock } from '@fascia/testkit';
import { Door, UpgradeNeeded } from '@fascia/write-door';
import { goldenCodec, goldensOf, storedGolden, type Golden } from './goldens.js';

const policy = accessPolicy();
const noRows = (): Promise<never> => Promise.reject(new Error('no lookup is expected'));

/** A stream of one category that holds nothing but this event; golden files say of which stream their examples are. */
const loaded = async (
  category: Category,
  { id, type, data, metadata, keyHash }: NewEvent,
): Promise<unknown> => {
  const store = memoryStore();
  const commandId = randomUUID();
  const stream = streamOf(category, uuidFrom('golden', category));
  await store.append({
    stream,
    expectedVersion: 0,
    commandId,
    requestDigest: commandId,
    events: [{ id, type, data, metadata, keyHash }],
  });
  const door = new Door({ store, codec: goldenCodec, policy, clock: new SetClock(), rowsAt: noRows });
  const aggregate = aggregateByCategory.get(category);
  if (aggregate === undefined) throw new TypeError(`no aggregate ${category}`);
  return door.load(aggregate, uuidFrom('golden', category));
};

const raised = (golden: Golden): NewEvent => {
  const metadata = JSON.parse(golden.metadata) as { readonly schemaVersion: number };
  // Of an example of an older version the next one is known by now.
  const known = contracts.flatMap((contract) => contract[golden.type]?.version ?? []);
  const next = { ...metadata, schemaVersion: Math.max(...known) + 1 };
  return { ...storedGolden(golden), metadata: Buffer.from(JSON.stringify(next), 'utf8') };
};

describe.each([...aggregateByCategory.keys()])('a stream of the category %s', (category) => {
  const goldens = goldensOf(category);

  it('is decided over when this release knows what it holds', async () => {
    for (const golden of goldens)
      expect(await loaded(category, storedGolden(golden))).toMatchObject({ version: 1 });
    expect(goldens.length).toBeGreaterThan(0);
  });

  it('is not when an event is of a version that is not known yet', async () => {
    for (const golden of goldens)
      await expect(loaded(category, raised(golden))).rejects.toBeInstanceOf(UpgradeNeeded);
  });

  it('is not when an event is of a type that is not known yet', async () => {
    const [golden] = goldens;
    if (golden === undefined) throw new TypeError(`no example of ${category}`);
    const strange = { ...storedGolden(golden), type: 'FromTheNextRelease', data: Buffer.from('{}', 'utf8') };
    await expect(loaded(category, strange)).rejects.toBeInstanceOf(UpgradeNeeded);
  });
});
