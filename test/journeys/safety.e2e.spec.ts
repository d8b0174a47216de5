/** Safety on the running product: a yes that is settled, a decline that raises, a concern that few are told of, a visit that is stopped. */
import { until } from '@fascia/testkit';
import { Fascia } from './harness.js';
import { besideItsDatabase } from './log.js';
import type { Person } from './person.js';

const JOURNEY_MS = 180_000;
const SCREENING = ['F01', 'F02', 'F03', 'F04', 'F05', 'F06', 'F07', 'F08', 'F09'].map((flagId) => ({
  flagId,
  answer: flagId === 'F07' ? 'yes' : 'no',
}));
const SHOULDER = { region: 'shoulder', side: 'right' };

interface FlagShown {
  readonly id: string;
  readonly catalogueId: string;
  readonly source: string;
}

describe('the first referral of a patient', () => {
  let fascia: Fascia;
  let [physician, therapist, coordinator, delegate]: Person[] = [];
  let patientId = '';
  let referral = '';

  const person = (one: Person | undefined): Person => {
    if (one === undefined) throw new Error('nobody has signed in');
    return one;
  };
  const flagsFor = async (one: Person | undefined): Promise<readonly FlagShown[]> =>
    ((await person(one).get(`/api/v1/flags?patientId=${patientId}`)).body.items ?? []) as FlagShown[];

  beforeAll(async () => {
    fascia = new Fascia(await besideItsDatabase());
    await fascia.start();
    [physician, therapist, coordinator, delegate] = [
      'physician-demo',
      'therapist-demo',
      'coordinator-demo',
      'delegate-demo',
    ].map((name) => fascia.as(name));
    const by = person(physician);
    patientId = await by.registers('Quill');
    const listings = (await by.get('/api/v1/listings')).body.items as { id: string; title: string }[];
    const diagnosis = await by.does('/api/v1/diagnoses', {
      patientId,
      code: 'M75.21',
      site: { region: 'shoulder' },
      tissues: ['tendon'],
      dysfunction: 'tendinopathy',
      verification: 'confirmed',
    });
    const content = {
      priority: 'routine',
      service: { code: 'STM', techniquesPreferred: [], techniquesExcluded: [] },
      target: { kind: 'directed', listingId: listings.find(({ title }) => title.includes('Riverside'))?.id },
      sites: [{ region: 'shoulder', side: 'left', tissues: ['tendon'] }],
      diagnosisIds: [diagnosis.id],
      onset: 'unknown',
      clinicalQuestion: 'Less pain.',
      screening: SCREENING,
      precautions: [],
      requested: { frequencyPerWeek: 2, weeks: 4, visits: 8 },
      payer: { profile: 'SELF-PAY' },
    };
    referral = (await by.does('/api/v1/referrals', { patientId, content })).id as string;
    expect(await by.send('POST', `/api/v1/referrals/${referral}/send`, {})).toMatchObject({
      status: 409,
      body: {
        code: 'REFERRAL_SITE_DIFFERS',
        about: { ordered: ['left shoulder'], diagnosed: ['right shoulder'] },
      },
    });
    await by.does(`/api/v1/referrals/${referral}/edit-draft`, {
      content: { ...content, sites: [{ ...SHOULDER, tissues: ['tendon'] }] },
    });
  }, JOURNEY_MS);

  afterAll(() => fascia.dispose(), JOURNEY_MS);

  it('is sent over a yes that its physician settles in one step', async () => {
    const by = person(physician);
    expect(await by.send('POST', `/api/v1/referrals/${referral}/send`, {})).toMatchObject({
      status: 409,
      body: { code: 'REFERRAL_SCREENING_POSITIVE', about: { items: ['F07'] } },
    });
    const settling = {
      patientId,
      referralId: referral,
      catalogueId: 'F07',
      source: 'referral-screening',
      settled: { rationale: 'The weight loss is wanted.' },
    };
    expect((await person(delegate).send('POST', '/api/v1/flags', settling)).status).toBe(403);
    const { id } = await by.does('/api/v1/flags', settling);
    expect((await by.get(`/api/v1/flags/${String(id)}`)).body).toMatchObject({
      catalogueId: 'F07',
      status: 'cleared',
      answer: 'The weight loss is wanted.',
    });
    await by.does(`/api/v1/referrals/${referral}/send`);
  });

  it('is declined for what the clinic saw: that is raised, and says what to do', async () => {
    await person(coordinator).does(`/api/v1/referrals/${referral}/decline`, {
      reason: 'red-flag',
      flags: ['F03'],
    });
    await person(physician).isAskedFor('RED_FLAG_REVIEW', referral);
    const raised = (await flagsFor(physician)).find(({ catalogueId }) => catalogueId === 'F03');
    expect(raised).toMatchObject({
      source: 'decline',
      urgency: 'emergency',
      emergency: { script: 'call', callOutstanding: true },
    });
  });

  it('tells a safeguarding concern to those who treat alone', async () => {
    await person(coordinator).does(`/api/v1/referrals/${referral}/reverse-decline`, {
      reason: 'Seen again.',
    });
    const concern = await person(therapist).does('/api/v1/flags', {
      patientId,
      referralId: referral,
      catalogueId: 'F12',
      source: 'by-hand',
    });
    const told = async (one: Person | undefined): Promise<boolean> =>
      (await flagsFor(one)).some(({ id }) => id === concern.id);
    await until(() => told(therapist), { deadlineMs: 60_000, message: 'the concern to be told' });
    expect([await told(physician), await told(coordinator), await told(delegate)]).toEqual([
      true,
      false,
      false,
    ]);
    for (const one of [coordinator, delegate])
      expect((await person(one).get(`/api/v1/flags/${String(concern.id)}`)).status).toBe(404);
  });
});
