/** Several processes have more places where somebody's data could lie: the topic, every process's log, every process's metrics. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describeWithKafka, freshName, requireKafka } from '@fascia/testkit';
import { Topic, type TopicRecord } from '../faults/topic.js';
import { bundles, found, SAMPLES } from './secrets.js';
import { SplitFascia } from './topologies.js';

const MAIN = join(import.meta.dirname, '..', '..', 'apps', 'cli', 'dist', 'main.js');
const SETTLED_MS = 90_000;
const PROCESSES = ['write-api', 'read-api', 'audit-api', 'relay', 'projector', 'coordinator', 'gateway'];

/** The log's own counting: position 160 is not the organisation whose identifier is "160". */
const COUNTS = ['ce_position', 'ce_previous', 'ce_partitions', 'ce_streamversion'];

/** Key, headers and value, as text: what lies on the broker's disk. */
const textOf = ({ key, value, headers }: TopicRecord): string => {
  const written = Object.entries(headers)
    .filter(([name, one]) => !(COUNTS.includes(name) && /^\d+$/.test(String(one))))
    .map(([name, one]) => `${name}=${String(one)}`);
  return [key?.toString('utf8'), ...written, value?.toString('utf8')].join(' ');
};

describeWithKafka('several processes with every sample patient', () => {
  let fascia: SplitFascia;
  let topic: Topic;
  let ids: readonly string[] = [];

  beforeAll(async () => {
    const { brokers } = await requireKafka();
    const name = freshName('care');
    topic = new Topic(brokers, name);
    fascia = await SplitFascia.make({ env: { KAFKA_TOPIC: name }, args: [] });
    await fascia.start();
    await promisify(execFile)(process.execPath, [MAIN, 'import', SAMPLES, '--url', fascia.url]);
    await fascia.settled(SETTLED_MS);
  }, 180_000);

  afterAll(async () => {
    await topic.close();
    await fascia.dispose();
  });

  it('show their names to who may see them: so they are there, and the search finds them', async () => {
    const { body } = await fascia.as('physician-demo').get('/api/v1/patients?limit=200');
    expect(body.items).toHaveLength(bundles.length);
    expect(found(JSON.stringify(body)).length).toBeGreaterThan(5);
    ids = (body.items as { id: string }[]).map(({ id }) => id);
  });

  it('leave none of it in keys, headers or values of the topic', async () => {
    const records = (await topic.read()).map(textOf);
    const dump = records.join('\n');
    // Every patient passed through it.
    expect(ids.filter((id) => !dump.includes(id))).toEqual([]);
    expect(dump).toContain('ce_type=PatientRegistered');
    expect(found(dump)).toEqual([]);
    // A search that could not find would find nothing either.
    expect(found([...records, 'ce_subject=Koepp ce_type=PatientRegistered'].join('\n'))).not.toEqual([]);
  });

  it('leave none of it in any log, also when it stands in an address', async () => {
    await fascia.as('physician-demo').get('/api/v1/patients?name=Koepp');
    const log = fascia.readLog();
    const spoke = new Set(
      log
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => (JSON.parse(line) as { process?: string }).process),
    );
    expect(PROCESSES.filter((name) => !spoke.has(name))).toEqual([]);
    expect(found(log)).toEqual([]);
    expect(found(fascia.output)).toEqual([]);
  });

  it('leave none of it in the metrics of any process', async () => {
    const addresses = [...fascia.readLog().matchAll(/"listens":"([^"]+)"/g)].flatMap(
      ([, address]) => address ?? [],
    );
    expect(addresses).toHaveLength(PROCESSES.length);
    for (const address of addresses) {
      const metrics = await (await fetch(`${address}/metrics`)).text();
      expect(metrics).toContain('# TYPE fascia_');
      expect(found(metrics)).toEqual([]);
    }
  });
});
