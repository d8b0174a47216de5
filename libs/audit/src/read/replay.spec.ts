import { randomUUID } from 'node:crypto';
import type { EventStore, StreamName } from '@fascia/kernel';
import { appendPlain, decodePlain, memoryStore } from '@fascia/testkit';
import { makeCodec, type Codec } from '@fascia/write-door';
import { memorySubjectKeys, SealBroken } from '@fascia/sealing';
import { replayStream, type Replayable } from './replay.js';

const counting: Replayable = {
  initial: 0,
  evolve: (count: never) => Number(count) + 1,
  stage: (count: never) => `after ${String(count)}`,
};

/** Opens plain events; what is `Sealed` it cannot open, what is `Later` it does not know. */
const codec: Codec = {
  ...makeCodec([], memorySubjectKeys()),
  decode: (stored) =>
    stored.type === 'Sealed' ? Promise.reject(new SealBroken('as planned')) : decodePlain(stored),
  knows: ({ type }) => type !== 'Later',
};

let store: EventStore;
const stream: StreamName = `flag-${randomUUID()}`;

const told = async (...types: readonly string[]) => {
  store = memoryStore(randomUUID());
  await appendPlain(
    store,
    stream,
    types.map((type) => ({ type, data: { type } })),
  );
  const replay = await replayStream({ store, codec, deciders: new Map([['flag', counting]]) }, stream);
  return replay && { ...replay, events: replay.steps.map(({ event: { type, data } }) => [type, data]) };
};

describe('a stream that is replayed', () => {
  it('comes to its state', async () => {
    expect(await told('Raised', 'Cleared')).toMatchObject({
      state: 2,
      stage: 'after 2',
      steps: [{ stage: 'after 1' }, { stage: 'after 2' }],
    });
  });

  it.each([
    ['cannot be opened', 'Sealed', { $unreadable: true }],
    ['is of a newer release', 'Later', { type: 'Later' }],
  ])('shows what %s, and says of no state that it were the one', async (_what, type, data) => {
    expect(await told('Raised', type)).toMatchObject({
      events: [
        ['Raised', { type: 'Raised' }],
        [type, data],
      ],
      state: null,
      stage: null,
    });
  });

  it('passes over bookkeeping, and is not there where it holds nothing else', async () => {
    expect(await told('ClaimLapsed', 'Raised', 'CommandAnswered')).toMatchObject({ state: 1 });
    expect(await told('ClaimLapsed')).toBeUndefined();
  });
});
