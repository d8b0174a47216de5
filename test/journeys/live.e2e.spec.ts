/** Who watches their lists is told of what others do, by one process or several; and of nothing that is not theirs. */
import { EventReader, describeWithKafka, until } from '@fascia/testkit';
import type { Fascia } from './harness.js';
import type { Person } from './person.js';
import { TOPOLOGIES, type Topology } from './topologies.js';
import { refer } from './treatment.js';

const PATIENCE = { deadlineMs: 120_000 };
const STOPS_WITHIN_MS = 20_000;

const journey =
  ({ make }: Topology) =>
  (): void => {
    let fascia: Fascia;
    let physician: Person;
    const readers: EventReader[] = [];
    let people = 0;

    beforeAll(async () => {
      fascia = await make();
      await fascia.start();
      physician = fascia.as('physician-demo');
    });
    afterAll(async () => {
      for (const reader of readers) reader.leave();
      await fascia.dispose();
    });

    const watches = async (person: string, lastId?: string): Promise<EventReader> => {
      const reader = await until(
        async () => {
          const opened = await EventReader.open(`${fascia.url}/api/v1/live`, {
            authorization: `Bearer ${await fascia.token(person)}`,
            ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
          });
          readers.push(opened);
          return opened.status === 503 ? undefined : opened;
        },
        { ...PATIENCE, message: 'a stream' },
      );
      if (reader === undefined) throw new Error('no stream');
      await until(() => reader.lastId !== '', { ...PATIENCE, message: `a place for ${person}` });
      return reader;
    };

    const listsOf = ({ heard }: EventReader): readonly string[] =>
      heard.flatMap(({ data }) => (data as { readonly lists?: readonly string[] }).lists ?? []);

    const toldOf = (reader: EventReader, ...lists: readonly string[]): Promise<boolean> =>
      until(() => lists.every((list) => listsOf(reader).includes(list)), {
        ...PATIENCE,
        message: () => `told of ${lists.join()}: ${JSON.stringify(reader.heard)}`,
      });

    const sent = async (): Promise<string> => {
      people += 1;
      const patient = await physician.registers(`Live${String(people)}`);
      return (await refer(physician, patient, 'SELF-PAY')).referral;
    };

    it('a referral appears at the practice and at the clinic, and nobody else hears of it', async () => {
      const [practice, clinic, stranger] = [
        await watches('physician-demo'),
        await watches('coordinator-demo'),
        await watches('massage-demo'),
      ];
      const before = listsOf(stranger).length;
      await sent();
      await toldOf(practice, 'diagnoses', 'referrals');
      await toldOf(clinic, 'referrals', 'tasks');
      expect(listsOf(stranger).slice(before)).toEqual([]);
      expect([practice, clinic, stranger].map(({ ended }) => ended)).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    });

    it('who was away is told what happened meanwhile, or reads everything again', async () => {
      const reader = await watches('coordinator-demo');
      reader.leave();
      const referral = await sent();
      await fascia.as('coordinator-demo').isAskedFor('TRIAGE', referral);
      const back = await watches('coordinator-demo', reader.lastId);
      await until(() => back.heard.length > 0, { ...PATIENCE, message: 'the first event' });
      const isAll = back.heard.some(({ event }) => event === 'resync');
      if (!isAll) await toldOf(back, 'referrals', 'tasks');
    });

    it('nothing is missing after a process died', async () => {
      const reader = await watches('coordinator-demo');
      const { lastId } = reader;
      await fascia.crash();
      await sent();
      // What is not its own process may have died without its being cut.
      if (reader.ended === undefined) await toldOf(reader, 'referrals', 'tasks');
      const back = await watches('coordinator-demo', lastId);
      if (!back.heard.some(({ event }) => event === 'resync')) await toldOf(back, 'referrals', 'tasks');
    });

    it('an account that is suspended hears no more', async () => {
      const operator = fascia.as('operator-demo');
      const { items } = (await operator.get('/api/v1/practitioners?name=varga')).body as {
        items: [{ id: string }];
      };
      const [delegate, other] = [await watches('delegate-demo'), await watches('physician-demo')];
      await operator.does(`/api/v1/practitioners/${items[0].id}/suspend`, { reason: 'For a spec.' });
      await until(() => delegate.ended, { ...PATIENCE, message: 'the stream to end' });
      await toldOf(other, 'practitioners');
      expect(other.ended).toBeUndefined();
    });

    it('streams that are open keep nobody from stopping', async () => {
      const reader = await watches('coordinator-demo');
      const before = performance.now();
      await fascia.stop();
      expect(performance.now() - before).toBeLessThan(STOPS_WITHIN_MS);
      await until(() => reader.ended, { message: 'the stream to end' });
    });
  };

for (const topology of TOPOLOGIES.filter(({ name }) => !name.includes('EventStoreDB'))) {
  const describeIt = topology.needsKafka ? describeWithKafka : describe;
  describeIt(`lists that are watched: ${topology.name}`, journey(topology));
}
