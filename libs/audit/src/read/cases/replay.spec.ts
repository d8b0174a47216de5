import { randomUUID } from 'node:crypto';
import type { EventStore, StreamName } from '@fascia/kernel';
import { memorySubjectKeys } from '@fascia/sealing';
import { appendPlain, decodePlain, memoryStore } from '@fascia/testkit';
import { makeCodec } from '@fascia/write-door';
import type { Replayable } from '../replay.js';
import { replayCase } from './replay.js';

const counting: Replayable = {
  initial: 0,
  evolve: (count: never) => Number(count) + 1,
  stage: (count: never) => `after ${String(count)}`,
};

const codec = { ...makeCodec([], memorySubjectKeys()), decode: decodePlain, knows: () => true };

const many: readonly StreamName[] = Array.from({ length: 20 }, (): StreamName => `task-${randomUUID()}`);
const order: StreamName = `referral-${randomUUID()}`;
const plan: StreamName = `plan-${randomUUID()}`;

let store: EventStore;

const record = (stream: StreamName, type: string): Promise<unknown> =>
  appendPlain(store, stream, [{ type, data: { type } }]);

const replayed = async (streams: readonly StreamName[], at?: string) =>
  replayCase({ store, codec, deciders: new Map([['referral', counting]]) }, streams, at);

describe('a case that is replayed', () => {
  beforeEach(() => {
    store = memoryStore(randomUUID());
  });

  it('tells what its streams recorded in the order in which they did', async () => {
    await record(plan, 'Drafted');
    for (const one of many) await record(one, 'Offered');
    await record(order, 'Sent');
    const { events, streams } = await replayed([order, ...many, plan]);
    expect(events.map(({ stream }) => stream)).toEqual([plan, ...many, order]);
    expect(streams.map(({ stream }) => stream)).toEqual([order, ...many, plan]);
    expect(streams[0]).toEqual({ stream: order, version: 1, state: 1, stage: 'after 1' });
    expect(events.every(({ digest }) => digest !== '')).toBe(true);
  });

  it('has nothing of what was not there then', async () => {
    await record(order, 'Sent');
    const then = (await replayed([order])).events[0]?.event.recordedAt ?? '';
    const before = new Date(Date.parse(then) - 60_000).toISOString();
    expect((await replayed([order, plan], then)).streams.map(({ stream }) => stream)).toEqual([order]);
    expect(await replayed([order], before)).toEqual({ streams: [], events: [] });
  });
});
