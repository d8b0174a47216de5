import { factOf } from '@fascia/kernel';
import { addMissing, ADDING, goldenCodec, goldenFiles, goldensOf, storedGolden } from './goldens.js';
import { contractByCategory, foldOf, STORED_TYPES } from './stored-events.js';

const categories = [...contractByCategory.keys()].map((category) => ({
  category,
  types: STORED_TYPES.filter((stored) => stored.category === category),
}));

beforeAll(async () => {
  if (ADDING) for (const { category, types } of categories) await addMissing(category, types);
});

describe('the golden files', () => {
  it('are of categories that the product stores', () => {
    expect([...contractByCategory.keys()]).toEqual(expect.arrayContaining([...goldenFiles()]));
  });
});

describe.each(categories)('stored $category events of every release', ({ category, types }) => {
  it('include every type at its present version (add missing ones with FASCIA_ADD_GOLDENS=1)', () => {
    const kept = goldensOf(category).map(({ type, schemaVersion }) => `${type}@${schemaVersion}`);
    expect(kept).toEqual(
      expect.arrayContaining(types.map(({ type, declared }) => `${type}@${declared.version}`)),
    );
    expect(new Set(kept).size).toBe(kept.length);
  });

  it('are read: opened, brought to the present shape, fitting the present contract', async () => {
    for (const golden of goldensOf(category)) {
      const read = await goldenCodec.decode(storedGolden(golden));
      const declared = types.find(({ type }) => type === golden.type)?.declared;
      expect({ type: golden.type, problems: declared?.schema.safeParse(read.data).error?.issues }).toEqual({
        type: golden.type,
        problems: undefined,
      });
      if (golden.schemaVersion === declared?.version) expect(read.data).toEqual(golden.reads);
    }
  });

  it('are folded', async () => {
    const facts = await Promise.all(
      goldensOf(category).map(async (golden) => factOf(await goldenCodec.decode(storedGolden(golden)))),
    );
    for (const fact of facts) foldOf(category, [fact]);
    foldOf(category, facts);
  });
});
