/** A draft that nobody sends: the product dies, comes back a month later, and does once what is overdue. */
import { until } from '@fascia/testkit';
import { Fascia } from './harness.js';
import { besideItsDatabase } from './log.js';
import type { Person } from './person.js';

const JOURNEY_MS = 180_000;

describe('drafts of a network that was down for a month', () => {
  let fascia: Fascia;
  let physician: Person;
  let drafts: readonly string[];

  const draft = async (patientId: string): Promise<string> =>
    (await physician.does('/api/v1/referrals', { patientId, content: { priority: 'routine' } })).id as string;

  const stateOf = async (id: string): Promise<string> =>
    (await physician.get(`/api/v1/referrals/${id}`)).body.state as string;

  /** What the process of a draft stored, oldest first. */
  const stepsOf = async (id: string): Promise<readonly string[]> => {
    const auditor = fascia.as('auditor-demo');
    const { body } = await auditor.get(`/api/v1/audit/streams/referral-${id}`);
    return (body.events as { type: string }[]).map(({ type }) => type);
  };

  beforeAll(async () => {
    fascia = new Fascia(await besideItsDatabase());
    await fascia.start();
    physician = fascia.as('physician-demo');
    const patients = (await physician.get('/api/v1/patients')).body.items as { id: string }[];
    const [one = '', other = ''] = patients.map(({ id }) => id);
    drafts = [await draft(one), await draft(other), await draft(one)];
    await physician.does(`/api/v1/referrals/${drafts[2] ?? ''}/discard-draft`, {});
    await fascia.crashesUntil(29);
  }, JOURNEY_MS);

  afterAll(() => fascia.dispose(), JOURNEY_MS);

  it('are there while they are not old', async () => {
    expect(await stateOf(drafts[0] ?? '')).toBe('Draft');
    await physician.does(`/api/v1/referrals/${drafts[0] ?? ''}/edit-draft`, {
      content: { priority: 'urgent' },
    });
  });

  it(
    'are discarded once they are, by the product itself, and each once',
    async () => {
      await fascia.crashesUntil(31);
      for (const id of drafts.slice(0, 2))
        await until(async () => (await stateOf(id)) === 'Discarded', {
          deadlineMs: 60_000,
          message: 'a draft to be discarded',
        });
      expect(await stepsOf(drafts[0] ?? '')).toEqual([
        'ReferralDrafted',
        'ReferralDraftEdited',
        'ReferralDraftDiscarded',
      ]);
      expect(await stepsOf(drafts[2] ?? '')).toEqual(['ReferralDrafted', 'ReferralDraftDiscarded']);
    },
    JOURNEY_MS,
  );

  it(
    'are discarded no second time after another crash',
    async () => {
      await fascia.crash();
      expect(await stepsOf(drafts[1] ?? '')).toEqual(['ReferralDrafted', 'ReferralDraftDiscarded']);
      const { body } = await fascia.as('operator-demo').get('/api/v1/admin/status');
      expect(body.parked).toEqual([]);
    },
    JOURNEY_MS,
  );
});
