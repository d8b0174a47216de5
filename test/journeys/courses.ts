/** Every kind of course that a referral, a plan, a visit and the records around them can take, played on the running product. */
import { until } from '@fascia/testkit';
import { despitePrecaution } from './courses.despite.js';
import { SCREENED, visitsOfOtherEnds } from './courses.visits.js';
import { today, type Fascia } from './harness.js';
import type { Person } from './person.js';

const SCREENING = ['F01', 'F02', 'F03', 'F04', 'F05', 'F06', 'F07', 'F08', 'F09'].map((flagId) => ({
  flagId,
  answer: 'no',
}));
const MINUTE_MS = 60_000;

type Who = 'physician' | 'delegate' | 'therapist' | 'coordinator' | 'massage' | 'willow' | 'operator';
export type People = Readonly<Record<Who, Person>>;

interface Place {
  readonly code: string;
  readonly region: string;
  readonly side: string;
}

/** Places of their own, so that no open referral stands in another's way. */
const PLACES: readonly Place[] = [
  { code: 'M77.11', region: 'elbow', side: 'right' },
  { code: 'M77.12', region: 'elbow', side: 'left' },
  { code: 'M76.61', region: 'ankle-foot', side: 'right' },
  { code: 'M76.62', region: 'ankle-foot', side: 'left' },
  { code: 'M76.51', region: 'knee', side: 'right' },
  { code: 'M76.52', region: 'knee', side: 'left' },
  { code: 'M76.01', region: 'hip', side: 'right' },
  { code: 'M76.02', region: 'hip', side: 'left' },
  { code: 'M75.21', region: 'shoulder', side: 'right' },
  { code: 'M75.22', region: 'shoulder', side: 'left' },
  { code: 'M77.01', region: 'forearm', side: 'right' },
  { code: 'M77.02', region: 'forearm', side: 'left' },
];

export const inMinutes = (minutes: number): string =>
  new Date(Date.now() + minutes * MINUTE_MS).toISOString();

interface Order {
  readonly id: string;
  readonly diagnosisId: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly site: { readonly region: string; readonly side: string };
}

export class Courses {
  #places = 0;
  #minutes = 600;
  readonly listing: Record<string, string> = {};
  readonly person: Record<string, string> = {};
  /** One with vital signs out of limits cannot be referred again: courses that end so have patients of their own. */
  #patients: readonly string[] = [];
  patientId = '';

  private constructor(readonly who: People) {}

  static async on(fascia: Pick<Fascia, 'as'>): Promise<Courses> {
    const accounts: Readonly<Record<Who, string>> = {
      physician: 'physician-demo',
      delegate: 'delegate-demo',
      therapist: 'therapist-demo',
      coordinator: 'coordinator-demo',
      massage: 'massage-demo',
      willow: 'coordinator-two-demo',
      operator: 'operator-demo',
    };
    const courses = new Courses(
      Object.fromEntries(
        Object.entries(accounts).map(([who, account]) => [who, fascia.as(account)]),
      ) as People,
    );
    await courses.#lookAround();
    return courses;
  }

  async #lookAround(): Promise<void> {
    const { physician } = this.who;
    for (const { id, title } of (await physician.get('/api/v1/listings')).body.items as {
      id: string;
      title: string;
    }[]) {
      this.listing[title.includes('Willow') ? 'willow' : 'riverside'] = id;
    }
    for (const { id, name } of (await physician.get('/api/v1/practitioners?limit=200')).body.items as {
      id: string;
      name: string;
    }[])
      this.person[name] = id;
    this.#patients = (
      (await physician.get('/api/v1/patients?limit=200')).body.items as { id: string; birthDate: string }[]
    )
      .filter(({ birthDate }) => birthDate < '2005')
      .map(({ id }) => id);
    this.#nextPatient();
  }

  #nextPatient(): void {
    const [first = '', ...others] = this.#patients;
    this.patientId = first;
    this.#patients = others;
  }

  async #order(
    target: 'riverside' | 'willow' | 'pool' = 'riverside',
    payer = 'SELF-PAY',
    send = true,
  ): Promise<Order> {
    const place = PLACES[this.#places++ % PLACES.length] ?? PLACES[0];
    if (place === undefined) throw new Error('there is no place');
    const { code, ...site } = place;
    const { physician } = this.who;
    const diagnosis = await physician.does('/api/v1/diagnoses', {
      patientId: this.patientId,
      code,
      site,
      tissues: ['tendon'],
      dysfunction: 'tendinopathy',
      verification: 'confirmed',
      source: 'clinician',
      onset: '2026-02-03',
      note: 'Since winter.',
    });
    const where =
      target === 'pool'
        ? { kind: 'pool', listingIds: Object.values(this.listing) }
        : { kind: 'directed', listingId: this.listing[target] };
    const content = {
      priority: 'routine',
      service: { code: 'STM', techniquesPreferred: ['MFR'], techniquesExcluded: ['CUP'] },
      target: where,
      sites: [{ ...site, tissues: ['tendon'] }],
      diagnosisIds: [diagnosis.id],
      onset: '2026-02',
      mechanism: 'A fall.',
      severityNprs: 6,
      clinicalQuestion: 'Less pain.',
      goals: [{ category: 'pain', text: 'Sleep.' }],
      screening: SCREENING,
      precautions: [],
      requested: { frequencyPerWeek: 2, weeks: 4, visits: 8 },
      payer: { profile: payer },
      attachments: [await physician.files(this.patientId)],
      duplicateOverrideReason: 'Courses beside one another.',
    };
    const { id } = (await physician.does('/api/v1/referrals', { patientId: this.patientId, content })) as {
      id: string;
    };
    if (send) await this.#refer(physician, id, 'send');
    return { id, diagnosisId: diagnosis.id as string, content, site };
  }

  /** An order for somebody else, sent. */
  async sentFor(patientId: string): Promise<void> {
    const before = this.patientId;
    this.patientId = patientId;
    await this.#order('willow');
    this.patientId = before;
  }

  #refer(by: Person, id: string, command: string, body: object = {}): Promise<unknown> {
    return by.does(`/api/v1/referrals/${id}/${command}`, body);
  }

  async #becomes(id: string, state: string): Promise<void> {
    await until(async () => (await this.who.physician.get(`/api/v1/referrals/${id}`)).body.state === state, {
      deadlineMs: 60_000,
      message: `the referral never became ${state}`,
    });
  }

  async #plan(by: Person, order: Order): Promise<string> {
    const content = {
      diagnosisIds: [order.diagnosisId],
      startDate: today(),
      durationDays: 30,
      frequency: { timesPerWeek: 2, weeks: 4 },
      plannedVisits: 8,
      coInterventions: [{ kind: 'exercise', by: 'patient', note: 'Daily.' }],
      interventions: [
        { technique: 'DTFM', sites: [order.site], tissues: ['tendon'], minutesPerVisit: 20, cpt: '97140' },
      ],
      goals: [
        {
          goalId: 'g',
          category: 'pain',
          measure: 'NPRS',
          site: order.site,
          baseline: 6,
          target: 2,
          dueDate: today(),
          longTerm: true,
          text: 'At most 2.',
        },
      ],
      precautionsConsidered: [],
      homeProgram: 'Stretch.',
    };
    const { id } = (await by.does('/api/v1/plans', { referralId: order.id, content })) as { id: string };
    await by.does(`/api/v1/plans/${id}/edit`, { content: { ...content, plannedVisits: 9 } });
    await by.does(`/api/v1/plans/${id}/establish`);
    return id;
  }

  async #visit(
    by: Person,
    referralId: string,
    therapist: string,
    kind = 'treatment',
    soon = true,
  ): Promise<string> {
    const start = soon ? new Date(Date.now() + 1_500).toISOString() : inMinutes((this.#minutes += 60));
    const end = new Date(Date.parse(start) + 30 * MINUTE_MS).toISOString();
    const therapistId = this.person[therapist];
    const visit = await by.does('/api/v1/sessions', { referralId, kind, therapistId, start, end });
    return visit.id as string;
  }

  /** Drafts: left alone, edited, thrown away, voided; an order withdrawn, superseded. */
  async beforeAcceptance(): Promise<void> {
    const { physician, delegate, coordinator } = this.who;
    await this.#order('riverside', 'SELF-PAY', false);
    const discarded = await this.#order('riverside', 'SELF-PAY', false);
    await this.#refer(delegate, discarded.id, 'edit-draft', {
      content: { ...discarded.content, priority: 'urgent' },
    });
    await this.#refer(physician, discarded.id, 'discard-draft');
    await this.#refer(physician, (await this.#order()).id, 'void', { reason: 'Wrong patient.' });
    const withdrawn = await this.#order();
    await this.#refer(coordinator, withdrawn.id, 'acknowledge-receipt');
    await this.#refer(physician, withdrawn.id, 'withdraw', { reason: 'Recovered.' });
    const superseded = await this.#order();
    const successor = await this.#order();
    await this.#refer(physician, superseded.id, 'supersede', {
      replacementId: successor.id,
      reason: 'Other side.',
    });
    await this.#refer(coordinator, successor.id, 'acknowledge-receipt');
    await this.#refer(coordinator, successor.id, 'request-information', {
      questions: [{ questionId: 'q1', text: 'Injections?', mandatory: true }],
    });
    const document = await physician.files(this.patientId);
    await this.#refer(delegate, successor.id, 'supply-information', {
      answers: [{ questionId: 'q1', text: 'As scanned.', documentId: document.documentId }],
    });
    await this.#refer(coordinator, successor.id, 'decline', { reason: 'capacity', note: 'Full.' });
    await this.#refer(coordinator, successor.id, 'reverse-decline', { reason: 'A place came free.' });
    const seen = (await physician.does('/api/v1/flags', {
      patientId: this.patientId,
      referralId: successor.id,
      catalogueId: 'F07',
      source: 'referral-screening',
      settled: { rationale: 'Known, and looked at.' },
    })) as { id: string };
    await this.#refer(coordinator, successor.id, 'decline', {
      reason: 'red-flag',
      flagIds: [seen.id],
      urgency: 'urgent',
    });
    await this.#refer(physician, successor.id, 'redirect', {
      target: { kind: 'directed', listingId: this.listing['willow'] },
    });
  }

  /** A pool: claimed, given back, claimed by the other; what is proposed and what becomes of it. */
  async inAPool(): Promise<void> {
    const { physician, coordinator, willow } = this.who;
    const { id } = await this.#order('pool');
    await coordinator.isAskedFor('TRIAGE', id);
    await this.#refer(coordinator, id, 'claim');
    await this.#refer(coordinator, id, 'release', { reason: 'Full next week.' });
    await this.#refer(willow, id, 'claim', { listingId: this.listing['willow'] });
    await this.#refer(willow, id, 'propose-redirect', {
      listingId: this.listing['riverside'],
      reason: 'They treat this.',
    });
    await this.#refer(physician, id, 'reject-proposal', { reason: 'Carry on.' });
    await this.#refer(willow, id, 'propose-stop', { reason: 'No soft-tissue cause.' });
    await this.#refer(physician, id, 'reject-proposal', { reason: 'Carry on.' });
    await this.#refer(willow, id, 'accept', { note: 'Gladly.' });
    await this.#refer(physician, id, 'hold', { reason: 'Away.', reviewBy: today() });
    await this.#refer(physician, id, 'resume');
    await this.#refer(physician, id, 'request-cancellation', { reason: 'Moved away.' });
    await willow.isAskedFor('CONFIRM_CANCELLATION', id);
    await this.#refer(willow, id, 'confirm-cancellation');
  }

  /** The long way: visits of every kind, a plan that is changed, measures, an outcome that is asked about. */
  async underCare(): Promise<void> {
    const { physician, therapist, coordinator } = this.who;
    const order = await this.#order('riverside', 'US-MEDICARE-B');
    const { id } = order;
    await this.#refer(coordinator, id, 'accept');
    await this.#refer(physician, id, 'revise', {
      content: { ...order.content, requested: { frequencyPerWeek: 3, weeks: 4, visits: 12 } },
      reason: 'More often.',
    });
    await this.#refer(coordinator, id, 'acknowledge-revision');
    await this.#refer(coordinator, id, 'post-message', { text: 'See you soon.' });
    const planId = await this.#plan(therapist, order);
    const plan = `/api/v1/plans/${planId}`;
    await until(async () => (await physician.get(plan)).body.state === 'Submitted', {
      deadlineMs: 60_000,
      message: 'the plan was never submitted',
    });
    await physician.does(`${plan}/review`, { agree: false, text: 'Fewer visits.' });
    await therapist.does(`${plan}/establish`);
    await until(async () => (await physician.get(plan)).body.state === 'Submitted', {
      deadlineMs: 60_000,
      message: 'the plan was never submitted again',
    });
    await physician.does(`${plan}/review`, { agree: true });
    await physician.does(`${plan}/certify`, { visitRequiredBy: today() });
    await this.#visits(order);
    const measured = (point: string, measurement: object): Promise<{ id: string }> =>
      therapist.does('/api/v1/assessments', { referralId: id, point, measurement }) as Promise<{
        id: string;
      }>;
    const flexion = {
      instrument: 'ROM',
      joint: 'knee',
      motion: 'flexion',
      side: 'left',
      mode: 'active',
      position: 'supine',
      device: 'goniometer',
    };
    await measured('baseline', { instrument: 'NPRS', value: 6, region: 'knee' });
    await measured('discharge', { instrument: 'NPRS', value: 1, region: 'knee' });
    await measured('baseline', { ...flexion, value: 90 });
    const { id: wrong } = await measured('progress', { ...flexion, value: 130 });
    await therapist.does(`/api/v1/assessments/${wrong}/correct`, {
      measurement: { ...flexion, value: 120 },
      reason: 'Misread.',
    });
    await measured('baseline', { instrument: 'PSFS', items: [3, 4, 5] });
    await this.#refer(therapist, id, 'send-interim-note', {
      documentId: (await therapist.files(this.patientId)).documentId,
    });
    await therapist.does(`${plan}/complete`);
    await this.#refer(physician, id, 'request-cancellation', { reason: 'Enough?' });
    await this.#refer(therapist, id, 'refuse-cancellation', { reason: 'One report left.' });
    await therapist.isAskedFor('REPORT_OUTCOME', id);
    const told = { kind: 'goals-met', summary: 'Full reach.', goalsMetReason: 'Asked at the knee alone.' };
    await this.#refer(therapist, id, 'report-outcome', told);
    await this.#refer(physician, id, 'query-outcome', { question: 'At rest too?' });
    await this.#refer(therapist, id, 'amend-outcome', { addendum: 'Also at rest.', reason: 'Asked.' });
    await physician.isAskedFor('ACK_OUTCOME', id);
    await this.#refer(physician, id, 'acknowledge-outcome', { note: 'Thank you.' });
    await this.#becomes(id, 'Closed');
  }

  async #visits({ id, site }: Order): Promise<void> {
    const { therapist, coordinator } = this.who;
    const cancelled = await this.#visit(coordinator, id, 'Noor Halvorsen', 'evaluation', false);
    await this.#becomes(id, 'Booked');
    await coordinator.does(`/api/v1/sessions/${cancelled}/reschedule`, {
      start: inMinutes(2_000),
      end: inMinutes(2_030),
    });
    await coordinator.does(`/api/v1/sessions/${cancelled}/cancel`, { by: 'patient', reason: 'Ill.' });
    await this.#becomes(id, 'Accepted');
    const missed = await this.#visit(coordinator, id, 'Noor Halvorsen');
    await this.#becomes(id, 'Booked');
    await until(
      async () =>
        (await coordinator.insists('POST', `/api/v1/sessions/${missed}/mark-no-show`, {})).status === 200,
      {
        deadlineMs: 60_000,
        message: 'nobody could be marked as missing',
      },
    );
    await this.#becomes(id, 'Accepted');
    const session = await this.#visit(coordinator, id, 'Noor Halvorsen', 'treatment', true).catch(() =>
      this.#visit(therapist, id, 'Noor Halvorsen'),
    );
    const at = `/api/v1/sessions/${session}`;
    await coordinator.does(`${at}/check-in`);
    await therapist.does(`${at}/record-pre-screen`, SCREENED);
    await therapist.does(`${at}/start`);
    await this.#becomes(id, 'InTreatment');
    const done = {
      ...site,
      tissue: 'tendon',
      position: 'prone',
      tool: 'thumb',
      pressureGrade: 3,
      minutes: 0,
      timed: true,
      cpt: '97140',
      nprsDuring: 5,
      response: 'Well.',
    };
    await therapist.does(`${at}/record-intervention`, { technique: 'DTFM', ...done });
    await therapist.does(`${at}/record-intervention`, {
      technique: 'MFR',
      ...done,
      timed: false,
      cpt: '97010',
      deviationReason: 'Tight fascia.',
    });
    await despitePrecaution(therapist, this.patientId, at, { technique: 'DTFM', ...done });
    await therapist.does(`${at}/complete`, {
      start: new Date(Date.now() - 1_000).toISOString(),
      end: new Date().toISOString(),
      totalTreatmentMinutes: 0,
      nprsPost: 4,
      narrative: {
        subjective: 'Stairs hurt.',
        objective: 'Tender tendon.',
        assessment: 'Responds.',
        plan: 'Go on.',
      },
      unitChoice: ['97140'],
    });
    await therapist.isAskedFor('SIGN_SESSION', id);
    await therapist.does(`${at}/sign`);
    await therapist.does(`${at}/amend`, { text: 'Left knee.', reason: 'Forgotten.' });
    await visitsOfOtherEnds({
      therapist,
      coordinator,
      book: () => this.#visit(therapist, id, 'Noor Halvorsen', 'reevaluation'),
      visit: { referralId: id, therapistId: this.person['Noor Halvorsen'] ?? '' },
    });
    const stopped = await this.#visit(therapist, id, 'Noor Halvorsen', 'reevaluation', false);
    await coordinator.does(`/api/v1/sessions/${stopped}/check-in`);
    await therapist.does(`/api/v1/sessions/${stopped}/record-pre-screen`, {
      ...SCREENED,
      vitals: { sbpMmHg: 190 },
    });
    await therapist.does(`/api/v1/sessions/${stopped}/stop`, { reason: 'Dizzy.' });
  }

  /** A red flag at pre-screen holds the order until a physician decides; then the plan ends with the leg. */
  async byARedFlag(): Promise<void> {
    const { physician, massage, willow, therapist } = this.who;
    this.#nextPatient();
    const order = await this.#order('willow');
    const { id } = order;
    await this.#refer(massage, id, 'accept');
    await this.#plan(massage, order);
    const session = await this.#visit(willow, id, 'Kofi Brandt');
    await massage.does(`/api/v1/sessions/${session}/check-in`);
    await massage.does(`/api/v1/sessions/${session}/record-pre-screen`, {
      flags: ['F03'],
      vitals: {},
      skinIntact: true,
      consentVerbal: true,
      nprsPre: 5,
    });
    await physician.isAskedFor('RED_FLAG_REVIEW', id);
    await this.#becomes(id, 'OnHold');
    const flag = (await physician.get(`/api/v1/flags?referralId=${id}`)).body.items[0].id as string;
    await physician.does(`/api/v1/flags/${flag}/confirm`, { disposition: 'Ultrasound today.' });
    await physician.does(`/api/v1/flags/${flag}/clear`, {
      rationale: 'No thrombosis.',
      evidenceRef: session,
    });
    await massage.does(`/api/v1/flags/${flag}/record-call`, {
      to: 'The physician on duty',
      channel: 'phone',
      reached: true,
    });
    await this.#refer(physician, id, 'resume');
    await this.#refer(massage, id, 'propose-redirect', {
      listingId: this.listing['riverside'],
      reason: 'Out of our depth.',
    });
    await this.#refer(physician, id, 'redirect', {
      target: { kind: 'directed', listingId: this.listing['riverside'] },
      overrideReason: 'As proposed.',
    });
    await therapist.isAskedFor('TRIAGE', id);
    await massage
      .does('/api/v1/flags', {
        patientId: this.patientId,
        referralId: id,
        catalogueId: 'F11',
        answers: ['self-harm'],
        source: 'by-hand',
        note: 'Low.',
      })
      .catch(() =>
        therapist.does('/api/v1/flags', {
          patientId: this.patientId,
          referralId: id,
          catalogueId: 'F11',
          answers: ['self-harm'],
          source: 'by-hand',
          note: 'Low.',
        }),
      );
  }
}
