/** What other contexts would have stored. */
import type { PractitionerEvent } from '@fascia/directory';
import type { Fact } from '@fascia/kernel';
import type { PlanEvent } from '@fascia/plan';
import type { ReferralEvent } from '@fascia/referral';
import { past } from '@fascia/testkit';
import {
  CLINIC,
  PATIENT,
  PRACTICE,
  REFERRAL,
  THERAPIST_ID,
  uuid,
} from '../domain/session.scenes.spec-data.js';

export const acceptedReferral = (): readonly Fact<ReferralEvent>[] => {
  const target = { kind: 'directed' as const, listingId: uuid(50) };
  const sent: ReferralEvent = {
    type: 'ReferralSent',
    data: {
      patientId: PATIENT,
      referrerOrganizationId: PRACTICE,
      legNo: 1,
      placement: { target, organizationIds: [CLINIC] },
      content: { payer: { profile: 'US-MEDICARE-B' }, target },
      diagnosisCodes: ['M75.21'],
      validUntil: '2026-06-30T23:59:59.999Z',
      basis: { kind: 'TREATMENT' },
      signature: { practitionerId: uuid(91), at: '2026-03-20T09:00:00.000Z' },
    },
  };
  const events: readonly ReferralEvent[] = [
    sent,
    { type: 'ReferralReceived', data: {} },
    { type: 'ReferralAccepted', data: {} },
  ];
  return events.map((event) => past(event));
};

export const licensed = (to = '2026-04-30'): readonly Fact<PractitionerEvent>[] => {
  const events: readonly PractitionerEvent[] = [
    {
      type: 'PractitionerEnrolled',
      data: {
        name: { family: 'Okafor', given: ['Ada'], prefix: [] },
        taxonomies: ['225100000X'],
        roles: [],
        address: [],
      },
    },
    { type: 'LicenceRecorded', data: { state: 'CA', number: 'PT 1', kind: 'PT', from: '2025-01-01', to } },
  ];
  return events.map((event) => past(event));
};

/** Drafted, then established. */
export const establishedPlan = (organizationId = CLINIC): readonly Fact<PlanEvent>[] => {
  const content = {
    diagnosisIds: [uuid(30)],
    startDate: '2026-03-30',
    durationDays: 42,
    frequency: { timesPerWeek: 2 },
    plannedVisits: 12,
    coInterventions: [],
    interventions: [
      {
        technique: 'DTFM',
        sites: [{ region: 'shoulder' as const, side: 'right' as const }],
        tissues: [],
        minutesPerVisit: 15,
        cpt: '97140',
      },
    ],
    goals: [],
    precautionsConsidered: [],
  };
  const events: readonly PlanEvent[] = [
    {
      type: 'PlanDrafted',
      data: {
        referralId: REFERRAL,
        patientId: PATIENT,
        organizationId,
        referrerOrganizationId: PRACTICE,
        payerProfile: 'US-MEDICARE-B',
        content,
      },
    },
    {
      type: 'PlanEstablished',
      data: {
        planVersion: 1,
        content,
        payerProfile: 'US-MEDICARE-B',
        profileVersion: '2026.1',
        needsCertification: true,
        signature: { practitionerId: THERAPIST_ID, at: '2026-03-30T09:00:00.000Z' },
      },
    },
  ];
  return events.map((event) => past(event));
};

export const certifiedPlan = (): readonly Fact<PlanEvent>[] => [
  ...establishedPlan(),
  past<PlanEvent>({
    type: 'PlanCertified',
    data: {
      mode: 'SIGNATURE',
      planVersion: 1,
      certifiedBy: uuid(91),
      from: '2026-03-30',
      until: '2026-05-11',
      profileVersion: '2026.1',
    },
  }),
];
