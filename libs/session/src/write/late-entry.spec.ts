/** What a visit that is entered late is held against is what was then, at the clinic that enters it. */
import { loadServiceCodes } from '@fascia/clinical/billing-files';
import { fold, type Fact } from '@fascia/kernel';
import type { PlanEvent } from '@fascia/plan';
import type { ReferralEvent } from '@fascia/referral';
import { past, toolsOver } from '@fascia/testkit';
import type { SessionCommand } from '../contract/commands.js';
import {
  CLINIC,
  COMMANDS,
  decider,
  END,
  PLAN,
  REFERRAL,
  SESSION,
  START,
  THERAPIST,
  THERAPIST_ID,
  uuid,
  type History,
} from '../domain/session.scenes.spec-data.js';
import { acceptedReferral, establishedPlan, licensed } from './session.aggregate.spec-data.js';
import { sessionAggregate } from './session.aggregate.js';

const sessions = sessionAggregate({ serviceCodes: loadServiceCodes });
const [BEFORE_IT, AFTER_IT] = ['2026-04-01T10:00:00.000Z', '2026-04-02T10:00:00.000Z'];
const OTHER_CLINIC = uuid(3);
const TABLES = { plan: [{ id: PLAN }], flag: [], session: [{ first: null }], precaution: [], diagnosis: [] };

const cancelled = (at: string): Fact<ReferralEvent> =>
  past({ type: 'ReferralCancelled', data: {} }, THERAPIST, at);
const discontinued = (at: string): Fact<PlanEvent> =>
  past({ type: 'PlanDiscontinued', data: { reason: 'Over.' } }, THERAPIST, at);

const late: SessionCommand = { ...COMMANDS.ScheduleSession, lateReason: 'The system was away.' };
const { type: _type, lateReason: _late, ...said } = { ...COMMANDS.ScheduleSession, lateReason: '' };
const ENTERED: History = [
  past({
    type: 'SessionEnteredLate',
    data: {
      ...said,
      patientId: uuid(10),
      organizationId: CLINIC,
      referrerOrganizationId: uuid(1),
      payerProfile: 'US-MEDICARE-B',
      reason: 'The system was away.',
      start: START,
      end: END,
    },
  }),
];

const factsFor = (
  command: SessionCommand,
  history: History,
  {
    order = [],
    plan = [],
    by = THERAPIST,
  }: {
    order?: readonly Fact<ReferralEvent>[];
    plan?: readonly Fact<PlanEvent>[];
    by?: typeof THERAPIST;
  } = {},
) =>
  sessions.facts(
    { command, state: fold(decider, history), id: SESSION, by, at: '2026-04-03T15:00:00.000Z' },
    toolsOver(
      {
        [`referral-${REFERRAL}`]: [...acceptedReferral(), ...order],
        [`practitioner-${THERAPIST_ID}`]: licensed(),
        [`plan-${PLAN}`]: [...establishedPlan(), ...plan],
      },
      TABLES,
    ),
  );

describe('a visit that is entered late', () => {
  it('knows when the clinic had the patient under care, of an order that is over', async () => {
    const { referral } = await factsFor(late, [], { order: [cancelled(AFTER_IT)] });
    expect(referral).toMatchObject({
      organizationId: CLINIC,
      active: false,
      accepted: [{ from: '2026-04-01T09:00:00.000Z', to: AFTER_IT }],
    });
  });

  it('is no matter of a clinic that never had the order', async () => {
    const { referral } = await factsFor(late, [], { by: { ...THERAPIST, organizationId: OTHER_CLINIC } });
    expect(referral).toMatchObject({ organizationId: CLINIC });
    expect(referral).not.toHaveProperty('accepted');
  });

  it('holds nobody’s time', () => {
    expect(sessions.holds?.(fold(decider, ENTERED), SESSION)).toEqual([]);
  });
});

describe('the plan of a visit that was entered late', () => {
  it('is the one that was in force, though it is over', async () => {
    const { plan } = await factsFor(COMMANDS.RecordIntervention, ENTERED, { plan: [discontinued(AFTER_IT)] });
    expect(plan).toMatchObject({ planId: PLAN, planVersion: 1, techniques: ['DTFM'] });
  });

  it('is none that ended before, or that was signed after', async () => {
    const ended = await factsFor(COMMANDS.RecordIntervention, ENTERED, { plan: [discontinued(BEFORE_IT)] });
    expect(ended.plan).toBeUndefined();
    const [, established] = establishedPlan();
    if (established === undefined) throw new Error('the plan is established');
    const again: Fact<PlanEvent> = { ...established, at: AFTER_IT };
    const later = await factsFor(COMMANDS.RecordIntervention, ENTERED, {
      plan: [discontinued(BEFORE_IT), again],
    });
    expect(later.plan).toBeUndefined();
  });
});
