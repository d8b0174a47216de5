/**
 * A made-up next release, with what docs/adding.md says of changing what is stored: one event gets another field, and one is new.
 * It reads and goes on with everything that today's release stored; today's release decides over nothing that it wrote.
 */
import { contracts } from '@fascia/composition';
import { DIAGNOSIS_CONTRACT } from '@fascia/diagnosis';
import { event, factOf, streamOf, uuidFrom, type Contract, type StoredEvent } from '@fascia/kernel';
import { makeCodec, openOne, readWhole, UpgradeNeeded } from '@fascia/write-door';
import { memoryStore } from '@fascia/testkit';
import { z } from 'zod';
import { frozenLog } from './frozen-log.js';
import { goldenCodec, goldenKeys, goldensOf, storedGolden } from './goldens.js';
import { foldOf } from './stored-events.js';
import { changedShapes, keptShapes, missingShapes, shapesOf } from './shapes.js';

const recorded = DIAGNOSIS_CONTRACT.DiagnosisRecorded;
const NOBODY_ASKED = 'not-asked';

/** What was stored before it was asked for has the default; nothing else of it changes. */
const nextContract: Contract = {
  ...DIAGNOSIS_CONTRACT,
  DiagnosisRecorded: event(
    recorded.schema.extend({ chronicity: z.enum(['acute', 'chronic', NOBODY_ASKED]) }),
    recorded.version + 1,
    (data, version) =>
      version <= recorded.version ? { ...(data as object), chronicity: NOBODY_ASKED } : data,
  ),
  DiagnosisQuestioned: event(z.strictObject({ by: z.string() })),
};

const nextContracts = contracts.map((contract): Contract =>
  Object.hasOwn(contract, 'DiagnosisRecorded') ? nextContract : contract,
);
const nextCodec = makeCodec(nextContracts, goldenKeys);

const golden = goldensOf('diagnosis').find(({ type }) => type === 'DiagnosisRecorded');
if (golden === undefined) throw new Error('there is no example of a recorded diagnosis');
const stream = streamOf('diagnosis', uuidFrom('release', 'after'));

const stored = async (type: string, data: object, version: number): Promise<StoredEvent> => {
  const { metadata } = storedGolden(golden);
  const { schemaVersion: _ours, ...rest } = JSON.parse(Buffer.from(metadata).toString('utf8')) as {
    schemaVersion: number;
    occurredAt: string;
  };
  const encoded = await nextCodec.encode({
    stream,
    version,
    id: uuidFrom('release', 'after', type),
    event: { type, data },
    metadata: rest as never,
  });
  return { ...storedGolden(golden), ...encoded, stream, version, type };
};

describe('the next release', () => {
  it('reads every event that was ever stored: what has another shape with its default, the rest as it is', async () => {
    const before = await goldenCodec.decode(storedGolden(golden));
    const after = await nextCodec.decode(storedGolden(golden));
    expect(after.data).toEqual({ ...before.data, chronicity: NOBODY_ASKED });
    for (const category of ['diagnosis', 'referral', 'plan'] as const)
      for (const one of goldensOf(category).filter(({ type }) => type !== 'DiagnosisRecorded'))
        expect(await nextCodec.decode(storedGolden(one))).toEqual(
          await goldenCodec.decode(storedGolden(one)),
        );
  });

  it('writes the new shapes under their own versions, and reads them back', async () => {
    const data = { ...(await nextCodec.decode(storedGolden(golden))).data, chronicity: 'acute' };
    const one = await stored('DiagnosisRecorded', data, 1);
    const other = await stored('DiagnosisQuestioned', { by: 'somebody' }, 2);
    expect(await nextCodec.decode(one)).toMatchObject({ data, schemaVersion: recorded.version + 1 });
    expect(await nextCodec.decode(other)).toMatchObject({ data: { by: 'somebody' }, schemaVersion: 1 });
  });

  it('may not leave the field out, nor take an event that nobody declared', async () => {
    const { data } = await goldenCodec.decode(storedGolden(golden));
    await expect(stored('DiagnosisRecorded', data, 1)).rejects.toThrow();
    await expect(stored('DiagnosisLost', {}, 1)).rejects.toThrow();
  });

  it('folds what today folds of a log of today: nothing that was decided is decided otherwise', async () => {
    const facts = (await frozenLog())
      .filter((one) => one.stream.startsWith('diagnosis-'))
      .map((one) => ({ stream: one.stream, fact: factOf(one) }));
    const streams = Map.groupBy(facts, (one) => one.stream);
    expect(streams.size).toBeGreaterThan(3);
    for (const told of streams.values()) {
      const today = told.map(({ fact }) => fact);
      const next = today.map((fact) =>
        fact.type === 'DiagnosisRecorded'
          ? { ...fact, data: { ...fact.data, chronicity: NOBODY_ASKED } }
          : fact,
      );
      expect(foldOf('diagnosis', next)?.stage).toBe(foldOf('diagnosis', today)?.stage);
    }
  });
});

describe('today’s release beside it', () => {
  it.each([
    ['an event of a version that it does not know', 'DiagnosisRecorded'],
    ['an event of a type that it does not know', 'DiagnosisQuestioned'],
  ])('decides over no stream that holds %s', async (_what, type) => {
    const data =
      type === 'DiagnosisRecorded'
        ? { ...(await nextCodec.decode(storedGolden(golden))).data, chronicity: 'chronic' }
        : { by: 'somebody' };
    const { id, keyHash, data: bytes, metadata } = await stored(type, data, 1);
    const store = memoryStore();
    const commandId = uuidFrom('release', 'command', type);
    await store.append({
      stream,
      expectedVersion: 0,
      commandId,
      requestDigest: commandId,
      events: [{ id, type, data: bytes, metadata, keyHash }],
    });
    const [event] = await readWhole(store, stream);
    if (event === undefined) throw new Error('nothing was stored');
    await expect(openOne(goldenCodec, event)).rejects.toBeInstanceOf(UpgradeNeeded);
    expect((await openOne(nextCodec, event)).data).toEqual(data);
  });
});

describe('the shapes that are kept', () => {
  it('ask the next release for the two that are new, and for nothing else', () => {
    const next = shapesOf(nextContracts);
    expect(changedShapes(keptShapes(), next)).toEqual([]);
    expect(missingShapes(keptShapes(), next)).toEqual([
      `DiagnosisRecorded@${String(recorded.version + 1)}`,
      'DiagnosisQuestioned@1',
    ]);
  });

  it('find a field that was added without another version', () => {
    const quietly: Contract = {
      ...DIAGNOSIS_CONTRACT,
      DiagnosisRecorded: event(
        recorded.schema.extend({ chronicity: z.string().optional() }),
        recorded.version,
      ),
    };
    expect(changedShapes(keptShapes(), shapesOf([quietly]))).toEqual([
      `DiagnosisRecorded@${String(recorded.version)}`,
    ]);
  });
});
