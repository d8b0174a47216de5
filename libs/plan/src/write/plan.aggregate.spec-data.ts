/** What other contexts would have stored. */
import type { DiagnosisEvent } from '@fascia/diagnosis';
import type { PractitionerEvent } from '@fascia/directory';
import type { Fact } from '@fascia/kernel';
import type { ReferralEvent } from '@fascia/referral';
import { past } from '@fascia/testkit';
import { CLINIC, PATIENT, PRACTICE, THERAPIST, uuid } from '../domain/plan.scenes.spec-data.js';

const LISTING = uuid(50);

export const acceptedReferral = (more: readonly ReferralEvent[] = []): readonly Fact<ReferralEvent>[] => {
  const content = {
    sites: [
      { region: 'shoulder', side: 'right', tissues: [] },
      { region: 'tail', tissues: [] },
    ],
    service: { code: 'STM' as const, techniquesPreferred: [], techniquesExcluded: ['CUP'] },
    payer: { profile: 'US-MEDICARE-B' as const },
    target: { kind: 'directed' as const, listingId: LISTING },
  };
  const sent: ReferralEvent = {
    type: 'ReferralSent',
    data: {
      patientId: PATIENT,
      referrerOrganizationId: PRACTICE,
      legNo: 1,
      placement: { target: content.target, organizationIds: [CLINIC] },
      content,
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
    ...more,
  ];
  return events.map((event) => past(event));
};

export const licensed = (taxonomies: string[], to = '2026-12-31'): readonly Fact<PractitionerEvent>[] => {
  const events: readonly PractitionerEvent[] = [
    {
      type: 'PractitionerEnrolled',
      data: { name: { family: 'Okafor', given: ['Ada'], prefix: [] }, taxonomies, roles: [], address: [] },
    },
    { type: 'LicenceRecorded', data: { state: 'CA', number: 'PT 1', kind: 'PT', from: '2025-01-01', to } },
  ];
  return events.map((event) => past(event, THERAPIST));
};

export const diagnosed = (more: readonly DiagnosisEvent[] = []): readonly Fact<DiagnosisEvent>[] => {
  const recorded: DiagnosisEvent = {
    type: 'DiagnosisRecorded',
    data: {
      patientId: PATIENT,
      verification: 'confirmed',
      source: 'clinician',
      tissues: ['tendon'],
      dysfunction: 'tendinopathy',
    },
  };
  return [recorded, ...more].map((event) => past(event));
};
