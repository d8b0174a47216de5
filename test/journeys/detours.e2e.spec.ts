/** The roads beside the straight one: a pool, a question, a decline and a redirect, a red flag, a plan to certify, a cancellation. */
import { testDatabase, until, type TestDatabase } from '@fascia/testkit';
import { Fascia, today } from './harness.js';
import type { Person } from './person.js';
import { besideItsDatabase, everyEventOf } from './log.js';
import { rowsOfSeveralKeys } from './row-keys.js';

const SCREENING = ['F01', 'F02', 'F03', 'F04', 'F05', 'F06', 'F07', 'F08', 'F09'].map((flagId) => ({
  flagId,
  answer: 'no',
}));
const HOUR_MS = 3_600_000;

interface Order {
  readonly code: string;
  readonly site: { readonly region: string; readonly side: string };
  readonly payer?: string;
  readonly listings: readonly string[];
}

describe('a referral on a detour', () => {
  let database: TestDatabase;
  let fascia: Fascia;
  let physician: Person;
  let delegate: Person;
  let therapist: Person;
  let coordinator: Person;
  let massage: Person;
  let willow: Person;
  let patientId = '';
  const listing: Record<string, string> = {};
  const person: Record<string, string> = {};

  beforeAll(async () => {
    database = await testDatabase();
    fascia = new Fascia(await besideItsDatabase({ DATABASE_URL: database.connectionString }));
    await fascia.start();
    [physician, delegate, therapist, coordinator, massage, willow] = [
      'physician-demo',
      'delegate-demo',
      'therapist-demo',
      'coordinator-demo',
      'massage-demo',
      'coordinator-two-demo',
    ].map((name) => fascia.as(name)) as [Person, Person, Person, Person, Person, Person];
    for (const { id, title } of (await physician.get('/api/v1/listings')).body.items as {
      id: string;
      title: string;
    }[]) {
      listing[title.includes('Willow') ? 'willow' : 'riverside'] = id;
    }
    for (const { id, name } of (await physician.get('/api/v1/practitioners?limit=200')).body.items as {
      id: string;
      name: string;
    }[])
      person[name] = id;
    patientId = (await physician.get('/api/v1/patients?limit=200')).body.items.at(-1).id;
  });

  afterAll(async () => {
    await fascia.dispose();
    await database.drop();
  });

  const order = async ({
    code,
    site,
    payer = 'SELF-PAY',
    listings,
  }: Order): Promise<{ id: string; diagnosisId: string }> => {
    const diagnosis = await physician.does('/api/v1/diagnoses', {
      patientId,
      code,
      site,
      tissues: ['tendon'],
      dysfunction: 'tendinopathy',
      verification: 'confirmed',
      source: 'clinician',
    });
    const ids = listings.map((name) => listing[name]);
    const target =
      ids.length === 1 ? { kind: 'directed', listingId: ids[0] } : { kind: 'pool', listingIds: ids };
    const draft = await physician.does('/api/v1/referrals', {
      patientId,
      content: {
        priority: 'routine',
        service: { code: 'STM', techniquesPreferred: [], techniquesExcluded: [] },
        target,
        sites: [{ ...site, tissues: ['tendon'] }],
        diagnosisIds: [diagnosis.id],
        onset: 'unknown',
        clinicalQuestion: 'Less pain.',
        screening: SCREENING,
        precautions: [],
        requested: { frequencyPerWeek: 2, weeks: 4, visits: 8 },
        payer: { profile: payer },
      },
    });
    await physician.does(`/api/v1/referrals/${String(draft.id)}/send`);
    return { id: draft.id as string, diagnosisId: diagnosis.id as string };
  };

  const revises = async (id: string): Promise<void> => {
    const { content } = (await physician.get(`/api/v1/referrals/${id}`)).body as { content: object };
    await physician.does(`/api/v1/referrals/${id}/revise`, {
      content: { ...content, requested: { frequencyPerWeek: 1, weeks: 4, visits: 4 } },
      reason: 'Less often.',
    });
  };

  const plan = async (
    by: Person,
    referralId: string,
    diagnosisId: string,
    site: Order['site'],
  ): Promise<string> => {
    const drafted = await by.does('/api/v1/plans', {
      referralId,
      content: {
        diagnosisIds: [diagnosisId],
        startDate: today(),
        durationDays: 30,
        frequency: { timesPerWeek: 2 },
        plannedVisits: 8,
        coInterventions: [],
        interventions: [
          { technique: 'DTFM', sites: [site], tissues: ['tendon'], minutesPerVisit: 20, cpt: '97140' },
        ],
        goals: [
          {
            goalId: 'g',
            category: 'pain',
            measure: 'NPRS',
            baseline: 6,
            target: 2,
            dueDate: today(),
            longTerm: true,
            text: 'At most 2.',
          },
        ],
        precautionsConsidered: [],
      },
    });
    await by.does(`/api/v1/plans/${String(drafted.id)}/establish`);
    return drafted.id as string;
  };

  const stateOf = async (by: Person, id: string): Promise<string> =>
    (await by.get(`/api/v1/referrals/${id}`)).body.state as string;
  const becomes = async (by: Person, id: string, state: string): Promise<void> => {
    await until(async () => (await stateOf(by, id)) === state, {
      deadlineMs: 60_000,
      message: `the referral never became ${state}`,
    });
  };

  it('in a pool: the first claim wins, and what was claimed can be given back', async () => {
    const { id } = await order({
      code: 'M77.11',
      site: { region: 'elbow', side: 'right' },
      listings: ['riverside', 'willow'],
    });
    await coordinator.isAskedFor('TRIAGE', id);
    await willow.isAskedFor('TRIAGE', id);
    const claims = await Promise.all(
      [coordinator, willow].map((one) => one.send('POST', `/api/v1/referrals/${id}/claim`, {})),
    );
    expect(claims.map((answer) => answer.status).toSorted()).toEqual([200, 404].toSorted());
    const winner = claims[0]?.status === 200 ? coordinator : willow;
    const loser = winner === coordinator ? willow : coordinator;
    await becomes(winner, id, 'InTriage');
    expect((await loser.get(`/api/v1/referrals/${id}`)).status).toBe(404);
    await winner.does(`/api/v1/referrals/${id}/release`, { reason: 'Full next week.' });
    await becomes(loser, id, 'Sent');
    await loser.does(`/api/v1/referrals/${id}/claim`, {});
    await loser.does(`/api/v1/referrals/${id}/accept`);
    // Who claimed it is asked now, and sees what has changed.
    await revises(id);
    await loser.isAskedFor('ACKNOWLEDGE_REVISION', id);
    expect((await loser.get(`/api/v1/referrals/${id}`)).body).toMatchObject({
      revisionToAcknowledge: true,
      content: { requested: { visits: 4 } },
      earlier: [{ content: { requested: { visits: 8 } } }],
    });
    await loser.does(`/api/v1/referrals/${id}/acknowledge-revision`);
  });

  it('by a question: the delegate answers, triage goes on', async () => {
    const { id } = await order({
      code: 'M77.02',
      site: { region: 'elbow', side: 'left' },
      listings: ['riverside'],
    });
    await coordinator.does(`/api/v1/referrals/${id}/acknowledge-receipt`);
    await coordinator.does(`/api/v1/referrals/${id}/request-information`, {
      questions: [{ questionId: 'q1', text: 'Injections?', mandatory: true }],
    });
    await delegate.isAskedFor('ANSWER_INFO', id);
    await delegate.does(`/api/v1/referrals/${id}/supply-information`, {
      answers: [{ questionId: 'q1', text: 'None.' }],
    });
    await delegate.isNoLongerAskedFor('ANSWER_INFO', id);
    const { thread } = (await coordinator.get(`/api/v1/referrals/${id}`)).body as {
      thread: { kind: string }[];
    };
    expect(thread.map((entry) => entry.kind)).toEqual(['questions', 'answers']);
  });

  it('by a decline: the physician decides, and the old recipient sees it no more', async () => {
    const { id } = await order({
      code: 'M76.62',
      site: { region: 'ankle-foot', side: 'left' },
      listings: ['riverside'],
    });
    await coordinator.does(`/api/v1/referrals/${id}/decline`, { reason: 'capacity' });
    await physician.isAskedFor('HANDLE_DECLINE', id);
    await physician.does(`/api/v1/referrals/${id}/redirect`, {
      target: { kind: 'directed', listingId: listing['willow'] },
    });
    await physician.isNoLongerAskedFor('HANDLE_DECLINE', id);
    await willow.isAskedFor('TRIAGE', id);
    expect((await coordinator.get(`/api/v1/referrals/${id}`)).status).toBe(404);
    expect((await physician.get(`/api/v1/referrals/${id}`)).body.legs).toMatchObject([
      { ended: 'declined' },
      { ended: null },
    ]);
    await revises(id);
    await willow.isAskedFor('ACKNOWLEDGE_REVISION', id);
  });

  it('of the same place: a second open referral needs a reason', async () => {
    const { diagnosisId } = await order({
      code: 'M76.51',
      site: { region: 'knee', side: 'right' },
      listings: ['riverside'],
    });
    const draft = await physician.does('/api/v1/referrals', {
      patientId,
      content: {
        priority: 'routine',
        service: { code: 'STM', techniquesPreferred: [], techniquesExcluded: [] },
        target: { kind: 'directed', listingId: listing['willow'] },
        sites: [{ region: 'knee', side: 'right', tissues: ['tendon'] }],
        diagnosisIds: [diagnosisId],
        onset: 'unknown',
        clinicalQuestion: 'Again.',
        screening: SCREENING,
        precautions: [],
        requested: { frequencyPerWeek: 2, weeks: 4, visits: 8 },
        payer: { profile: 'SELF-PAY' },
      },
    });
    const at = `/api/v1/referrals/${String(draft.id)}`;
    const refused = await physician.send('POST', `${at}/send`, {});
    expect(refused).toMatchObject({ status: 409, body: { code: 'REFERRAL_DUPLICATE' } });
    const { precautions: _none, ...less } = (await physician.get(at)).body.content as Record<string, unknown>;
    await physician.does(`${at}/edit-draft`, { content: { ...less, screening: [] } });
    const { body } = await physician.send('POST', `${at}/send`, {});
    expect((body.refusals as { code: string }[]).map(({ code }) => code)).toEqual([
      'REFERRAL_INCOMPLETE',
      'REFERRAL_SCREENING_UNANSWERED',
      'REFERRAL_DUPLICATE',
    ]);
  });

  it('under Medicare: the plan is certified by the physician; a massage therapist may not even be asked', async () => {
    const site = { region: 'hip', side: 'right' };
    const { id, diagnosisId } = await order({
      code: 'M76.01',
      site,
      payer: 'US-MEDICARE-B',
      listings: ['riverside'],
    });
    await therapist.does(`/api/v1/referrals/${id}/accept`);
    const planId = await plan(therapist, id, diagnosisId, site);
    await physician.isAskedFor('CERTIFY_PLAN', id);
    await physician.does(`/api/v1/plans/${planId}/certify`, {});
    await physician.isNoLongerAskedFor('CERTIFY_PLAN', id);
    expect((await therapist.get(`/api/v1/plans/${planId}`)).body).toMatchObject({
      state: 'Certified',
      needsCertification: true,
    });
    const unfit = await physician.send('POST', `/api/v1/referrals/${id}/redirect`, {
      target: { kind: 'directed', listingId: listing['willow'] },
    });
    expect(unfit).toMatchObject({ status: 409, body: { code: 'REFERRAL_ILLEGAL_TRANSITION' } });
  });

  it('by a red flag at pre-screen: nothing starts until the physician says why it may', async () => {
    const site = { region: 'hip', side: 'left' };
    const { id, diagnosisId } = await order({ code: 'M76.12', site, listings: ['willow'] });
    await massage.does(`/api/v1/referrals/${id}/accept`);
    await plan(massage, id, diagnosisId, site);
    const start = new Date(Date.now() + 1_000).toISOString();
    const session = await willow.does('/api/v1/sessions', {
      referralId: id,
      kind: 'treatment',
      therapistId: person['Kofi Brandt'],
      start,
      end: new Date(Date.now() + HOUR_MS).toISOString(),
    });
    const at = `/api/v1/sessions/${String(session.id)}`;
    await massage.does(`${at}/check-in`);
    await massage.does(`${at}/record-pre-screen`, {
      flags: ['F03'],
      vitals: {},
      skinIntact: true,
      consentVerbal: true,
      nprsPre: 5,
    });
    expect(await massage.send('POST', `${at}/start`, {})).toMatchObject({
      status: 409,
      body: { code: 'SESSION_RED_FLAG_BLOCK' },
    });
    await physician.isAskedFor('RED_FLAG_REVIEW', id);
    await becomes(physician, id, 'OnHold');
    expect(await massage.send('POST', `/api/v1/referrals/${id}/resume`, {})).toMatchObject({
      status: 409,
      body: { code: 'RED_FLAG_OPEN' },
    });
    const flag = (await physician.get(`/api/v1/flags?referralId=${id}`)).body.items[0];
    expect(flag).toMatchObject({ catalogueId: 'F03', urgency: 'emergency', status: 'open' });
    // A flag about care of somebody else would stop that care.
    const { referralId, patientId } = flag as { referralId: string; patientId: string };
    expect(
      await massage.send('POST', '/api/v1/flags', {
        patientId,
        referralId: referralId.replace(/^./, (first) => (first === '0' ? '1' : '0')),
        catalogueId: 'F03',
        source: 'by-hand',
      }),
    ).toMatchObject({
      status: 422,
      body: { code: 'REFERENCE_UNKNOWN', errors: [{ pointer: '/referralId' }] },
    });
    // A task about somebody whom they do not treat would show them the name.
    const { recipient } = (await massage.get(`/api/v1/referrals/${id}`)).body;
    expect(
      await massage.send('POST', '/api/v1/tasks', {
        taskType: 'GENERAL',
        patientId: patientId.replace(/^./, (first) => (first === '0' ? '1' : '0')),
        subject: { category: 'patient', id: patientId },
        assignment: { organizationIds: [recipient.organizationId], roles: ['therapist'] },
        priority: 'routine',
      }),
    ).toMatchObject({ status: 403 });
    expect(
      (await massage.send('POST', `/api/v1/flags/${String(flag.id)}/clear`, { rationale: 'Looks fine.' }))
        .status,
    ).toBe(403);
    await physician.does(`/api/v1/flags/${String(flag.id)}/clear`, {
      rationale: 'Ultrasound today shows no thrombosis.',
    });
    // A message is no call: the review stays until somebody was spoken to.
    await massage.does(`/api/v1/referrals/${id}/post-message`, { text: 'Sent to hospital.' });
    expect((await massage.get(`/api/v1/flags/${String(flag.id)}`)).body).toMatchObject({
      status: 'cleared',
      emergency: { script: 'call', callOutstanding: true },
    });
    await physician.isAskedFor('RED_FLAG_REVIEW', id);
    await massage.does(`/api/v1/flags/${String(flag.id)}/record-call`, {
      to: 'The physician on duty',
      channel: 'phone',
      reached: true,
    });
    await physician.isNoLongerAskedFor('RED_FLAG_REVIEW', id);
    await physician.does(`/api/v1/referrals/${id}/resume`);
    await becomes(massage, id, 'Accepted');
  });

  it('stands in a worklist that begins with what cannot wait, and goes on by what is due', async () => {
    const { body: found } = await coordinator.get('/api/v1/practitioners?name=sandoval');
    const organizationId = found.items[0].roles[0].organizationId as string;
    const asked = async (priority: string, dueInHours?: number): Promise<string> => {
      const dueAt =
        dueInHours === undefined ? {} : { dueAt: new Date(Date.now() + dueInHours * HOUR_MS).toISOString() };
      const { id } = await coordinator.does('/api/v1/tasks', {
        taskType: 'GENERAL',
        subject: { category: 'organization', id: organizationId },
        assignment: { organizationIds: [organizationId], roles: ['coordinator'] },
        priority,
        ...dueAt,
      });
      return id as string;
    };
    const [waits, urgent, later, soon, stat] = [
      await asked('routine'),
      await asked('urgent'),
      await asked('routine', 5),
      await asked('routine', 1),
      await asked('stat'),
    ];
    const { body } = await coordinator.get('/api/v1/tasks?view=inbox&limit=200');
    const mine = [stat, soon, later, urgent, waits];
    const shown = (body.items as readonly { readonly id: string }[]).map(({ id }) => id);
    expect(shown.filter((id) => mine.includes(id))).toEqual(mine);
    for (const id of mine) await coordinator.does(`/api/v1/tasks/${id}/cancel`, { reason: 'Looked at.' });
  });

  it('by a cancellation: both sides agree, in two steps', async () => {
    const { id } = await order({
      code: 'M77.01',
      site: { region: 'forearm', side: 'right' },
      listings: ['riverside'],
    });
    await coordinator.does(`/api/v1/referrals/${id}/accept`);
    await physician.does(`/api/v1/referrals/${id}/request-cancellation`, { reason: 'Moved away.' });
    await coordinator.isAskedFor('CONFIRM_CANCELLATION', id);
    await coordinator.does(`/api/v1/referrals/${id}/confirm-cancellation`);
    await coordinator.isNoLongerAskedFor('CONFIRM_CANCELLATION', id);
    expect(await coordinator.tasks(id)).toEqual([]);
    expect(await stateOf(physician, id)).toBe('Cancelled');
  });

  it('leaves a timeline of the patient, for those who care for them', async () => {
    const { body } = await physician.get(`/api/v1/patients/${patientId}/timeline?limit=200`);
    const types = new Set((body.items as { type: string }[]).map((entry) => entry.type));
    for (const type of [
      'DiagnosisRecorded',
      'ReferralSent',
      'ReferralDeclined',
      'PlanCertified',
      'RedFlagRaised',
      'RedFlagCleared',
    ])
      expect(types).toContain(type);
    expect((await fascia.as('physician-two-demo').get(`/api/v1/patients/${patientId}/timeline`)).status).toBe(
      404,
    );
  });

  it('leaves rows that each stand on events of one key: slices of the log make them side by side', async () => {
    const events = await everyEventOf(fascia.options.env ?? {});
    expect(events.length).toBeGreaterThan(200);
    expect(rowsOfSeveralKeys(events)).toEqual([]);
    // Were an event of a patient's stream told without its patient, its rows would stand on two.
    const index = events.findIndex(({ type }) => type === 'ReferralAccepted');
    const astray = events.map((event, at) =>
      at === index ? { ...event, metadata: Buffer.from('{}') } : event,
    );
    expect(rowsOfSeveralKeys(astray).length).toBeGreaterThan(0);
  });
});
