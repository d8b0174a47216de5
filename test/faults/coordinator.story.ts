/** What the coordinator's stories are told of. */
import { streamOf, type Fact } from '@fascia/kernel';
import type { ReferralEvent } from '@fascia/referral';
import { CONTENT as PLAN_CONTENT } from '../../libs/plan/src/domain/plan.scenes.spec-data.js';
import {
  actor,
  CLINIC,
  FLAG,
  OTHER_CLINIC,
  PATIENT,
  PHYSICIAN,
  SCENES,
  SESSION,
  THERAPIST,
} from '../../libs/referral/src/domain/referral.scenes.spec-data.js';
import type { World } from './coordinator.world.js';

export const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const REFERRAL = id(600);
export const PLAN = id(700);
export const MISSED = id(701);
export const NEXT_PLAN = id(702);
export const OTHER_THERAPIST = actor('therapist', OTHER_CLINIC, 95);

export const referral = streamOf('referral', REFERRAL);
export const plan = streamOf('plan', PLAN);

export const told = { by: THERAPIST, patientId: PATIENT };
export const history = (facts: readonly Fact<ReferralEvent>[]) =>
  facts.map(({ type, data }) => ({ type, data }));
const scheduled = {
  type: 'SessionScheduled',
  data: {
    referralId: REFERRAL,
    patientId: PATIENT,
    organizationId: CLINIC,
    kind: 'treatment',
    therapistId: THERAPIST.practitionerId,
    start: '2026-04-08T09:00:00.000Z',
    end: '2026-04-08T09:45:00.000Z',
    referrerOrganizationId: id(1),
    payerProfile: 'US-MEDICARE-B',
  },
};

const missed = { type: 'SessionNoShow', data: {} };

/** An accepted referral, a visit, a plan, a flag; and a second no-show of the same visit, which the referral will not have. */
export const telling = async (one: Pick<World, 'tell'>): Promise<void> => {
  await one.tell(referral, { ...told, by: PHYSICIAN }, ...history(SCENES.Accepted));
  await one.tell(streamOf('session', SESSION), told, scheduled);
  await one.tell(
    plan,
    told,
    {
      type: 'PlanDrafted',
      data: {
        referralId: REFERRAL,
        patientId: PATIENT,
        organizationId: CLINIC,
        referrerOrganizationId: id(1),
        payerProfile: 'US-MEDICARE-B',
        content: PLAN_CONTENT,
      },
    },
    {
      type: 'PlanEstablished',
      data: {
        planVersion: 1,
        content: PLAN_CONTENT,
        payerProfile: 'US-MEDICARE-B',
        profileVersion: '1',
        needsCertification: true,
        signature: { practitionerId: id(92), at: '2026-04-01T10:00:00.000Z' },
      },
    },
  );
  await one.tell(streamOf('flag', FLAG), told, {
    type: 'RedFlagRaised',
    data: {
      patientId: PATIENT,
      referralId: REFERRAL,
      catalogueId: 'F01',
      catalogueVersion: '1',
      urgency: 'urgent',
      source: 'by-hand',
    },
  });
  await one.tell(streamOf('session', MISSED), told, scheduled, missed, missed);
};
