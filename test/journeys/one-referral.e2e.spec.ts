/** One referral all the way round, over HTTP, against the real processes, killed with -9 between the steps; in every topology. */
import { isDeepStrictEqual } from 'node:util';
import { describeWithKafka, until } from '@fascia/testkit';
import { today, type Fascia } from './harness.js';
import type { Person } from './person.js';
import { TOPOLOGIES, type Topology } from './topologies.js';

const HOUR_MS = 3_600_000;
const SCREENING = ['F01', 'F02', 'F03', 'F04', 'F05', 'F06', 'F07', 'F08', 'F09'].map((flagId) => ({
  flagId,
  answer: 'no',
}));
const site = { region: 'knee', side: 'left' };

const journey =
  ({ make }: Topology) =>
  (): void => {
    let fascia: Fascia;
    let physician: Person;
    let therapist: Person;
    let coordinator: Person;
    let auditor: Person;
    const ids = {
      patient: '',
      diagnosis: '',
      referral: '',
      listing: '',
      plan: '',
      session: '',
      therapist: '',
    };

    beforeAll(async () => {
      fascia = await make();
      await fascia.start();
      physician = fascia.as('physician-demo');
      therapist = fascia.as('therapist-demo');
      coordinator = fascia.as('coordinator-demo');
      auditor = fascia.as('auditor-demo');
    });

    afterAll(() => fascia.dispose());

    /** Before every step a process dies; what was acknowledged must be there, and what was begun must go on. */
    beforeEach(() => fascia.crash(), 120_000);

    it('begins with a patient and a confirmed diagnosis', async () => {
      const { body } = await physician.get('/api/v1/patients?name=koepp');
      ids.patient = body.items[0].id;
      const recorded = await physician.does('/api/v1/diagnoses', {
        patientId: ids.patient,
        code: 'm76.52',
        site,
        tissues: ['tendon'],
        dysfunction: 'tendinopathy',
        verification: 'confirmed',
        source: 'clinician',
        onset: '2026-02',
      });
      ids.diagnosis = recorded.id;
      expect((await physician.get(`/api/v1/diagnoses/${ids.diagnosis}`)).body).toMatchObject({
        code: 'M76.52',
        verification: 'confirmed',
      });
    });

    it('is checked, drafted and sent by the physician', async () => {
      const check = await physician.get(`/api/v1/referrals/check?patientId=${ids.patient}`);
      expect(check.body.diagnosisIds).toContain(ids.diagnosis);
      const listings = await physician.get('/api/v1/listings?region=knee');
      ids.listing = listings.body.items.find((listing: { title: string }) =>
        listing.title.includes('Riverside'),
      ).id;
      const draft = await physician.does('/api/v1/referrals', {
        patientId: ids.patient,
        content: {
          priority: 'routine',
          service: { code: 'STM', techniquesPreferred: [], techniquesExcluded: [] },
          target: { kind: 'directed', listingId: ids.listing },
          sites: [{ ...site, tissues: ['tendon'] }],
          diagnosisIds: [ids.diagnosis],
          onset: '2026-02',
          clinicalQuestion: 'Stairs without pain.',
          screening: SCREENING,
          precautions: [],
          requested: { frequencyPerWeek: 2, weeks: 4, visits: 8 },
          payer: { profile: 'SELF-PAY' },
        },
      });
      ids.referral = draft.id;
      const sent = await physician.does(`/api/v1/referrals/${ids.referral}/send`);
      expect(sent.state).toBe('Sent');
    });

    it('is found in the inbox and accepted', async () => {
      await coordinator.isAskedFor('TRIAGE', ids.referral);
      const seen = (await coordinator.get(`/api/v1/referrals/${ids.referral}`)).body;
      expect(seen.allowedActions).toEqual(
        expect.arrayContaining(['AcknowledgeReceipt', 'AcceptReferral', 'DeclineReferral']),
      );
      await coordinator.does(`/api/v1/referrals/${ids.referral}/accept`);
      await coordinator.isNoLongerAskedFor('TRIAGE', ids.referral);
      await therapist.isAskedFor('ESTABLISH_PLAN', ids.referral);
      await coordinator.isAskedFor('BOOK_FIRST_VISIT', ids.referral);
    });

    it('is planned: the therapist signs, the physician agrees', async () => {
      const plan = await therapist.does('/api/v1/plans', {
        referralId: ids.referral,
        content: {
          diagnosisIds: [ids.diagnosis],
          startDate: today(),
          durationDays: 42,
          frequency: { timesPerWeek: 2 },
          plannedVisits: 8,
          coInterventions: [{ kind: 'exercise', by: 'patient' }],
          interventions: [
            { technique: 'DTFM', sites: [site], tissues: ['tendon'], minutesPerVisit: 20, cpt: '97140' },
          ],
          goals: [
            {
              goalId: 'g1',
              category: 'pain',
              measure: 'NPRS',
              baseline: 6,
              target: 2,
              dueDate: today(),
              longTerm: true,
              text: 'Stairs at most 2.',
            },
          ],
          precautionsConsidered: [],
        },
      });
      ids.plan = plan.id;
      await therapist.does(`/api/v1/plans/${ids.plan}/establish`);
      await therapist.isNoLongerAskedFor('ESTABLISH_PLAN', ids.referral);
      await physician.does(`/api/v1/plans/${ids.plan}/review`, { agree: true });
    });

    it('is booked, treated and signed', async () => {
      const me = (await therapist.get('/api/v1/practitioners?name=halvorsen')).body.items[0];
      ids.therapist = me.id;
      const start = new Date(Date.now() + 1_000).toISOString();
      const end = new Date(Date.now() + HOUR_MS).toISOString();
      const session = await coordinator.does('/api/v1/sessions', {
        referralId: ids.referral,
        kind: 'treatment',
        therapistId: ids.therapist,
        start,
        end,
      });
      ids.session = session.id;
      const twice = await coordinator.send('POST', '/api/v1/sessions', {
        referralId: ids.referral,
        kind: 'treatment',
        therapistId: ids.therapist,
        start,
        end,
      });
      expect(twice).toMatchObject({ status: 409, body: { code: 'SESSION_OVERLAP' } });
      // A day of visits is read with its names.
      const [booked] = (await coordinator.get(`/api/v1/sessions?referralId=${ids.referral}`)).body.items;
      expect(booked.patient).toEqual({ id: ids.patient, name: expect.stringMatching(/./) });
      expect(booked.therapist).toEqual({ id: ids.therapist, name: me.name });
      await coordinator.does(`/api/v1/sessions/${ids.session}/check-in`);
      await therapist.does(`/api/v1/sessions/${ids.session}/record-pre-screen`, {
        flags: [],
        vitals: { sbpMmHg: 128, dbpMmHg: 80, heartRatePerMin: 68 },
        skinIntact: true,
        consentVerbal: true,
        nprsPre: 6,
      });
      await therapist.does(`/api/v1/sessions/${ids.session}/start`);
      await therapist.does('/api/v1/assessments', {
        referralId: ids.referral,
        sessionId: ids.session,
        point: 'baseline',
        measurement: { instrument: 'NPRS', value: 6, region: 'knee' },
      });
      await therapist.does(`/api/v1/sessions/${ids.session}/record-intervention`, {
        technique: 'DTFM',
        ...site,
        tissue: 'tendon',
        pressureGrade: 3,
        minutes: 0,
        timed: true,
        cpt: '97140',
        nprsDuring: 5,
      });
      // The session began as it was booked; the clock of a test does not wait for twenty minutes of treatment.
      const began = new Date(Date.now() - 1_000).toISOString();
      await therapist.does(`/api/v1/sessions/${ids.session}/complete`, {
        start: began,
        end: new Date().toISOString(),
        totalTreatmentMinutes: 0,
        nprsPost: 4,
        narrative: {
          subjective: 'Stairs hurt.',
          objective: 'Tender tendon.',
          assessment: 'Responds.',
          plan: 'Go on.',
        },
      });
      await therapist.isAskedFor('SIGN_SESSION', ids.referral);
    });

    it('is in treatment, and its note is signed after the next crash', async () => {
      await therapist.does(`/api/v1/sessions/${ids.session}/sign`);
      await therapist.isNoLongerAskedFor('SIGN_SESSION', ids.referral);
      // Nobody is to come: somebody is asked for the next visit, and the operator is told of no order that fell silent.
      await coordinator.isAskedFor('BOOK_VISIT', ids.referral);
      const { body: status } = await fascia.as('operator-demo').get('/api/v1/admin/status');
      expect(status.silent).toEqual({ referrals: 0, ids: [] });
      expect((await physician.get(`/api/v1/referrals/${ids.referral}`)).body.state).toBe('InTreatment');
    });

    it('ends with a measured outcome', async () => {
      const measured = await therapist.does('/api/v1/assessments', {
        referralId: ids.referral,
        point: 'discharge',
        measurement: { instrument: 'NPRS', value: 1, region: 'knee' },
      });
      expect((await therapist.get(`/api/v1/assessments/${measured.id}`)).body.change).toMatchObject({
        label: 'improved',
        gain: 5,
      });
      await therapist.does(`/api/v1/plans/${ids.plan}/complete`);
      await therapist.isAskedFor('REPORT_OUTCOME', ids.referral);
      await coordinator.isNoLongerAskedFor('BOOK_VISIT', ids.referral);
      await therapist.does(`/api/v1/referrals/${ids.referral}/report-outcome`, {
        kind: 'goals-met',
        summary: 'Stairs without pain.',
      });
    });

    it('is acknowledged: the loop is closed', async () => {
      await physician.isAskedFor('ACK_OUTCOME', ids.referral);
      const closed = await physician.does(`/api/v1/referrals/${ids.referral}/acknowledge-outcome`, {});
      expect(closed.state).toBe('Closed');
      const { body } = await physician.get(`/api/v1/referrals/${ids.referral}`);
      expect(Object.keys(body.loop).toSorted()).toEqual([
        'accepted',
        'acknowledged',
        'booked',
        'firstVisit',
        'outcome',
        'sent',
      ]);
      const byPhysician = { role: 'physician', byName: 'Amara Lindqvist' };
      expect(body.loop.acknowledged).toMatchObject(byPhysician);
      expect(body.loop.outcome).toMatchObject({ role: 'therapist', byName: 'Noor Halvorsen' });
      const acknowledged = { ...byPhysician, kind: 'outcome-acknowledged' };
      expect(body.thread.at(-1)).toMatchObject(acknowledged);
      const { body: said } = await therapist.get(`/api/v1/referrals/${ids.referral}/thread`);
      expect(said.items[0]).toMatchObject(acknowledged);
      await physician.isNoLongerAskedFor('ACK_OUTCOME', ids.referral);
      expect(await therapist.tasks(ids.referral)).toEqual([]);
    });

    /** @param then the moment at which it was accepted */
    const isReplayedWhole = async (then: string): Promise<void> => {
      const found = await auditor.send('POST', '/api/v1/audit/cases/search', {
        name: 'koepp',
        from: then,
      });
      expect(found.body.items.map((one: { id: string }) => one.id)).toContain(ids.referral);
      const stages = async (at: string): Promise<Readonly<Record<string, unknown>>> => {
        const { body } = await auditor.get(`/api/v1/audit/cases/${ids.referral}${at}`);
        return Object.fromEntries(
          body.streams.map(({ stream, stage }: { stream: string; stage: string | null }) => [stream, stage]),
        );
      };
      const accepted = await stages(`?at=${then}`);
      expect(accepted[`referral-${ids.referral}`]).toBe('Accepted');
      expect(Object.keys(accepted).filter((one) => /^(session|plan)-/.test(one))).toEqual([]);
      const now = await stages('');
      expect(now[`referral-${ids.referral}`]).toBe('Closed');
      const kinds = new Set(Object.keys(now).map((one) => one.slice(0, one.indexOf('-'))));
      expect([...kinds]).toEqual(
        expect.arrayContaining([
          'referral',
          'deadline',
          'diagnosis',
          'task',
          'plan',
          'session',
          'assessment',
        ]),
      );
      const { body } = await auditor.get(`/api/v1/audit/cases/${ids.referral}`);
      const positions = body.events.map(({ position }: { position: string }) => BigInt(position));
      expect(positions).toEqual(positions.toSorted((a: bigint, b: bigint) => (a < b ? -1 : 1)));
      expect(body.events.find(({ type }: { type: string }) => type === 'ReferralSent')).toMatchObject({
        stream: `referral-${ids.referral}`,
        byName: 'Amara Lindqvist',
      });
      expect((await physician.get(`/api/v1/audit/cases/${ids.referral}`)).body.code).toBe('FORBIDDEN_ROLE');
      expect((await auditor.get(`/api/v1/audit/cases/${ids.patient}`)).body.code).toBe('NOT_FOUND');
    };

    it('is read by the auditor: how it came about, and who saw what', async () => {
      const replay = (await auditor.get(`/api/v1/audit/streams/referral-${ids.referral}`)).body;
      expect(replay.stage).toBe('Closed');
      expect(replay.events.map((event: { type: string }) => event.type)).toEqual([
        'ReferralDrafted',
        'ReferralSent',
        'ReferralAccepted',
        'ReferralVisitBooked',
        'ReferralTreatmentStarted',
        'ReferralOutcomeReported',
        'ReferralOutcomeAcknowledged',
        'ReferralClosed',
      ]);
      const then = replay.events[2].recordedAt as string;
      expect(
        (await auditor.get(`/api/v1/audit/streams/referral-${ids.referral}?at=${then}`)).body.stage,
      ).toBe('Accepted');
      await isReplayedWhole(then);
      for (const person of [physician, therapist, coordinator])
        await person.get(`/api/v1/referrals/${ids.referral}`);
      const readers = async (): Promise<readonly string[]> => {
        const { body } = await auditor.get(`/api/v1/audit/access?patientId=${ids.patient}`);
        return [
          ...new Set((body.items as { who: { sub: string } }[]).map((record) => record.who.sub)),
        ].toSorted();
      };
      const everybody = ['auditor-demo', 'coordinator-demo', 'physician-demo', 'therapist-demo'];
      await until(async () => isDeepStrictEqual(await readers(), everybody), {
        deadlineMs: 60_000,
        message: 'the access records do not name everybody who looked',
      });
    });

    it('left every read model as a rebuild from the log would', async () => {
      const operator = fascia.as('operator-demo');
      const { body } = await operator.get('/api/v1/admin/models');
      for (const { name } of body.items as { name: string }[]) {
        expect((await operator.send('POST', `/api/v1/admin/models/${name}/verify`)).body).toMatchObject({
          name,
          same: true,
        });
      }
    });
  };

for (const topology of TOPOLOGIES) {
  const describes = topology.needsKafka ? describeWithKafka : describe;
  describes(`one referral, ${topology.name}`, journey(topology));
}
