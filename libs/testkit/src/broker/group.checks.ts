/** What groups promise: batches one after another, again after a failure, shared and taken over. */
import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { until } from '../until.js';
import {
  assertInOrder,
  brokerCheck,
  CHECK_PARTITIONS,
  DELIVERY_MS,
  distinct,
  keysOf,
  Member,
  newRecord,
  newRecords,
} from './broker-check.js';
import type { BrokerCheck, BrokerUnderTest } from './broker-check.js';

const rejectedComesAgain = async (under: BrokerUnderTest): Promise<void> => {
  const attempts: (readonly string[])[] = [];
  const member = await new Member(under, 'readers', async (_, records) => {
    attempts.push(keysOf(records));
    if (attempts.length <= 3) throw new Error('not now');
  }).start();
  const published = [newRecord(0), newRecord(0), newRecord(0)];
  await under.broker.publisher().publish(published);
  await member.hasSeen(published);
  const [first, ...again] = attempts.slice(0, 4);
  assert.ok(first !== undefined && first[0] === published[0]?.key);
  for (const batch of again) assert.deepEqual(batch, first, 'the same batch again');
  assertInOrder(published, member.seen);
};

/** One partition fails until the others have gone on for several batches. */
const partitionsRunBesideOneAnother = async (under: BrokerUnderTest): Promise<void> => {
  let mended = false;
  const member = await new Member(under, 'readers', async (partition) => {
    if (partition === 0 && !mended) throw new Error('not this one');
  }).start();
  const publisher = under.broker.publisher();
  const stuck = newRecord(0);
  await publisher.publish([stuck]);
  for (let round = 0; round < 5; round += 1) {
    const others = [newRecord(1), newRecord(2), newRecord(3)];
    await publisher.publish(others);
    await member.hasSeen(others);
  }
  assert.ok(!keysOf(member.seen).includes(stuck.key));
  mended = true;
  await member.hasSeen([stuck]);
};

const neverOverlaps = async (under: BrokerUnderTest): Promise<void> => {
  const running = new Set<number>();
  let overlaps = 0;
  const member = await new Member(under, 'readers', async (partition) => {
    if (running.has(partition)) overlaps += 1;
    running.add(partition);
    for (let turns = 0; turns < 20; turns += 1) await turn();
    running.delete(partition);
  }).start();
  const publisher = under.broker.publisher();
  const published = Array.from({ length: 10 }, () => newRecords(16));
  for (const batch of published) await publisher.publish(batch);
  await member.hasSeen(published.flat());
  assert.equal(overlaps, 0, 'a batch was handed over while the one before was being handled');
  assertInOrder(published.flat(), member.seen);
};

/** While nobody joins or leaves, every record of the meantime is seen by exactly one of both. */
const membersShare = async (under: BrokerUnderTest): Promise<void> => {
  const publisher = under.broker.publisher();
  const before = newRecords(40);
  await publisher.publish(before);
  const first = await new Member(under, 'readers').start();
  await first.hasSeen(before);
  const second = await new Member(under, 'readers').start();
  await until(() => first.assigned.size === 2 && second.assigned.size === 2, {
    deadlineMs: under.deliveryMs ?? DELIVERY_MS,
    message: () => `two partitions each; there were ${first.assigned.size} and ${second.assigned.size}`,
  });
  assert.deepEqual([...first.assigned, ...second.assigned].sort(), [0, 1, 2, 3]);
  const [had, hadSecond] = [first.seen.length, second.seen.length];
  const after = newRecords(40);
  await publisher.publish(after);
  const both = (): readonly string[] => [
    ...keysOf(first.seen.slice(had)),
    ...keysOf(second.seen.slice(hadSecond)),
  ];
  await until(() => after.every(({ key }) => both().includes(key)), {
    deadlineMs: under.deliveryMs ?? DELIVERY_MS,
    message: 'what came after sharing',
  });
  const news = both().filter((key) => after.some((record) => record.key === key));
  assert.equal(news.length, after.length, 'handed to both members');

  await first.consumer.close();
  assert.equal(first.assigned.size, 0, 'a member that closed gave everything back');
  const last = newRecords(40);
  await publisher.publish(last);
  await second.hasSeen(last);
  assert.equal(second.assigned.size, CHECK_PARTITIONS);
};

const groupGoesOn = async (under: BrokerUnderTest): Promise<void> => {
  const publisher = under.broker.publisher();
  const before = newRecords(200);
  await publisher.publish(before);
  const first = await new Member(under, 'readers').start();
  await first.hasSeen(before);
  await first.consumer.close();
  const lag = await under.broker.lag('readers');
  assert.deepEqual(
    lag.map(({ end, committed }) => committed === end),
    [true, true, true, true],
    'what was handled is committed',
  );
  const meanwhile = newRecords(8);
  await publisher.publish(meanwhile);
  const next = await new Member(under, 'readers').start();
  await next.hasSeen(meanwhile);
  assert.deepEqual(
    keysOf(next.seen).filter((key) => before.some((record) => record.key === key)),
    [],
    'what was handled and committed comes again',
  );
};

const groupsAreApart = async (under: BrokerUnderTest): Promise<void> => {
  const published = newRecords(60);
  await under.broker.publisher().publish(published);
  const members = await Promise.all(['readers', 'others'].map((group) => new Member(under, group).start()));
  for (const member of members) {
    await member.hasSeen(published);
    assert.equal(distinct(keysOf(member.seen)).length, published.length);
  }
};

export const groupChecks: readonly BrokerCheck[] = [
  brokerCheck('a batch that was rejected comes again, the same', rejectedComesAgain),
  brokerCheck('a partition that fails does not stop the others', partitionsRunBesideOneAnother),
  brokerCheck('the batches of a partition never overlap', neverOverlaps),
  brokerCheck('members share the partitions, and take over from one that leaves', membersShare),
  brokerCheck('a group goes on where it stood', groupGoesOn),
  brokerCheck('each group gets everything', groupsAreApart),
];
