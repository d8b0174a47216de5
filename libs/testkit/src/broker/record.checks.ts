/** What is published arrives: whole, in order, byte for byte. */
import assert from 'node:assert/strict';
import type { LogRecord } from '@fascia/broker';
import {
  assertInOrder,
  brokerCheck,
  CHECK_PARTITIONS,
  keysOf,
  Member,
  newRecord,
  newRecords,
} from './broker-check.js';
import type { BrokerCheck, BrokerUnderTest } from './broker-check.js';

const MIB = 1_048_576;

const arrivesInOrder = async (under: BrokerUnderTest): Promise<void> => {
  const publisher = under.broker.publisher();
  assert.equal(await publisher.partitions(), CHECK_PARTITIONS);
  const member = await new Member(under, 'readers').start();
  const published: LogRecord[] = [];
  for (const count of [1, 7, 100, 3, 500]) {
    const batch = newRecords(count);
    await publisher.publish(batch);
    published.push(...batch);
  }
  await member.hasSeen(published);
  assertInOrder(published, member.seen);
  for (let partition = 0; partition < CHECK_PARTITIONS; partition += 1) {
    const offsets = member.seen
      .filter((record) => record.partition === partition)
      .map(({ offset }) => offset);
    assert.ok(
      offsets.every((offset, index) => index === 0 || offset > (offsets[index - 1] ?? offset)),
      'offsets rise',
    );
  }
};

const bytesAreExact = async (under: BrokerUnderTest): Promise<void> => {
  const published = [
    newRecord(0, { value: new Uint8Array() }),
    newRecord(0, { value: Uint8Array.from({ length: 256 }, (_, byte) => byte) }),
    newRecord(0, { value: Uint8Array.from([0xff, 0xfe, 0x00, 0xc3, 0x28, 0xff]) }),
    newRecord(0, {
      key: 'Überweisung-äöü-€-𝄞',
      headers: { 'Ce-Type': 'Ünïcode €', 'ce-type': 'lower', empty: '', schlüssel: ' 1 ' },
    }),
    newRecord(0, { headers: {} }),
    newRecord(0, { value: Buffer.from('part of something larger').subarray(5, 7) }),
  ];
  const expected = published.map(({ key, value, headers }) => ({
    key,
    value: Buffer.from(value).toString('hex'),
    headers: { ...headers },
  }));
  await under.broker.publisher().publish(published);
  const member = await new Member(under, 'readers').start();
  await member.hasSeen(published);
  const got = member.seen.map(({ key, value, headers }) => ({
    key,
    value: Buffer.from(value).toString('hex'),
    headers: { ...headers },
  }));
  assert.deepEqual(got, expected);
};

const takesManyMegabytes = async (under: BrokerUnderTest): Promise<void> => {
  const published = Array.from({ length: 600 }, (_, index) =>
    newRecord(index % 2, { value: Buffer.alloc(20_000, index) }),
  );
  published.push(newRecord(0, { value: Buffer.alloc(MIB, 0xff) }), newRecord(1));
  await under.broker.publisher().publish(published);
  const member = await new Member(under, 'readers').start();
  await member.hasSeen(published);
  // So much takes a while: a member that lost its place meanwhile gets some of it again.
  assertInOrder(published, member.seen, 'some');
  assert.equal(member.seen.find(({ key }) => key === published.at(-2)?.key)?.value.byteLength, MIB);
};

const acknowledgedIsStored = async (under: BrokerUnderTest): Promise<void> => {
  const publisher = under.broker.publisher();
  const published = newRecords(12);
  await publisher.publish(published);
  const stored = await under.broker.lag('nobody');
  assert.deepEqual(
    stored.map(({ partition, end, committed }) => ({ partition, end, committed })),
    [0, 1, 2, 3].map((partition) => ({ partition, end: 3n, committed: undefined })),
  );
  await publisher.close();
  const member = await new Member(under, 'readers').start();
  await member.hasSeen(published);
};

const oneAtATime = async (under: BrokerUnderTest): Promise<void> => {
  const publisher = under.broker.publisher();
  const [first, second] = [newRecords(200), newRecords(1)];
  const outstanding = publisher.publish(first);
  await assert.rejects(publisher.publish(second), TypeError);
  await outstanding;
  const third = newRecords(1);
  await publisher.publish(third);
  const member = await new Member(under, 'readers').start();
  await member.hasSeen([...first, ...third]);
  assert.ok(!keysOf(member.seen).includes(second[0]?.key ?? ''), 'what was refused was not stored');
};

export const recordChecks: readonly BrokerCheck[] = [
  brokerCheck('every record arrives once, in order within its partition', arrivesInOrder),
  brokerCheck('value, key and headers arrive as they were given', bytesAreExact),
  brokerCheck('many megabytes go in one batch, and a record of 1 MiB', takesManyMegabytes),
  brokerCheck('what is acknowledged is stored', acknowledgedIsStored),
  brokerCheck('a second publish while one is outstanding is refused', oneAtATime),
];
