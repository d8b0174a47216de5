import { Kafka, type CloudEvent } from 'cloudevents';
import { KEY, World } from './delivery.spec-data.js';
import { eventOf } from './records.js';

const recorded = async () => {
  const world = new World();
  await world.write(3);
  const records = await world.records();
  const stored = await world.store.readAll(0n, 10);
  return records.map((record, index) => ({ record, stored: stored[index] }));
};

describe('a record', () => {
  it("is a CloudEvent in Kafka's binary mode, as the CloudEvents SDK reads it", async () => {
    for (const { record, stored } of await recorded()) {
      const event = Kafka.toEvent({
        headers: record.headers,
        body: Buffer.from(record.value).toString('utf8'),
        key: record.key,
        value: record.value,
      } as never) as CloudEvent;
      expect(event.validate()).toBe(true);
      expect(event).toMatchObject({
        specversion: '1.0',
        id: stored?.id,
        type: 'ReferralSent',
        subject: stored?.stream,
        time: stored?.recordedAt,
        position: stored?.position.toString(),
        streamversion: String(stored?.version),
        digest: stored?.digest,
      });
    }
  });

  it('gives the stored event back, byte for byte', async () => {
    for (const { record, stored } of await recorded())
      expect(eventOf(record, KEY)).toMatchObject({ event: stored, intact: true });
  });

  it('has a key that names nobody: an id, or a stream', async () => {
    for (const { record } of await recorded()) expect(record.key).toMatch(/^patient-\d$/);
  });
});
