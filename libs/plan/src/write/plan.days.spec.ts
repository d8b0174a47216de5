/** Days of a plan: of its first day, its certification, and the licences of those who sign (docs/domain/days.md). */
import { loadServiceCodes } from '@fascia/clinical/billing-files';
import { daysAfter } from '@fascia/clinical/calendar';
import { diagnosisAggregate } from '@fascia/diagnosis';
import type { OrganizationEvent, PractitionerEvent } from '@fascia/directory';
import { decidedOver, gist, NIGHTS, past, toolsOver } from '@fascia/testkit';
import {
  CLINIC,
  COMMANDS,
  CONTENT,
  DIAGNOSIS,
  drafted,
  FAMILY_PHYSICIAN,
  PHYSICAL_THERAPIST,
  PHYSICIAN,
  PLAN,
  PRACTICE,
  REFERRAL,
  SCENES,
  THERAPIST,
  uuid,
} from '../domain/plan.scenes.spec-data.js';
import { acceptedReferral, diagnosed } from './plan.aggregate.spec-data.js';
import { planAggregate } from './plan.aggregate.js';

const inZone = (timeZone: string) =>
  past<OrganizationEvent>({
    type: 'OrganizationRegistered',
    data: { name: 'Quay', kind: 'clinic', identifiers: [], telecom: [], address: [], timeZone },
  });

const licensedOn = (day: string, taxonomy: string) =>
  [
    {
      type: 'PractitionerEnrolled' as const,
      data: {
        name: { family: 'Okafor', given: [], prefix: [] },
        taxonomies: [taxonomy],
        roles: [],
        address: [],
      },
    },
    {
      type: 'LicenceRecorded' as const,
      data: { state: 'CA', number: 'PT 1', kind: 'PT', from: day, to: day },
    },
  ].map((event) => past<PractitionerEvent>(event));

/** @param treated when the first session began */
const plansTreatedAt = (treated: string | undefined) =>
  planAggregate({
    diagnoses: diagnosisAggregate({
      catalogue: () => {
        throw new Error('not asked');
      },
    }),
    firstTreatmentOf: () => ({ run: () => Promise.resolve(treated) }),
    serviceCodes: loadServiceCodes,
  });

const streams = (zones: { clinic: string; practice: string }, licence: string) => ({
  [`referral-${REFERRAL}`]: acceptedReferral(),
  [`diagnosis-${DIAGNOSIS}`]: diagnosed(),
  [`practitioner-${uuid(92)}`]: licensedOn(licence, PHYSICAL_THERAPIST),
  [`practitioner-${uuid(91)}`]: licensedOn(licence, FAMILY_PHYSICIAN),
  [`organization-${CLINIC}`]: [inZone(zones.clinic)],
  [`organization-${PRACTICE}`]: [inZone(zones.practice)],
});

describe('the days of a plan', () => {
  it.each(NIGHTS)('begin in %s, treated first at %s, on %s at the latest', async (zone, at, day) => {
    const establish = async (startDate: string) =>
      gist(
        await decidedOver(
          plansTreatedAt(at),
          [drafted({ ...CONTENT, startDate })],
          { command: COMMANDS.EstablishPlan, id: PLAN, by: THERAPIST, at },
          toolsOver(streams({ clinic: zone, practice: 'UTC' }, day), { plan: [] }),
        ),
      );
    expect(await establish(day)).toContain('PlanEstablished');
    expect(await establish(daysAfter(day, 1))).toBe('PLAN_NOT_BEFORE_TREATMENT');
  });

  it.each(NIGHTS)('are certified in %s at %s by the licence of %s', async (zone, at, day) => {
    const certify = async (licence: string) =>
      gist(
        await decidedOver(
          plansTreatedAt(undefined),
          SCENES.Submitted,
          {
            command: { ...COMMANDS.CertifyPlan, delayed: true, reason: 'On leave.' },
            id: PLAN,
            by: PHYSICIAN,
            at,
          },
          // The physician signs where the physician is, whatever day it is at the clinic.
          toolsOver(streams({ clinic: 'UTC', practice: zone }, licence), { plan: [] }),
        ),
      );
    expect(await certify(day)).toEqual(['PlanCertified']);
    expect(await certify(daysAfter(day, 1))).toBe('SIGNER_NOT_LICENSED');
    expect(await certify(daysAfter(day, -1))).toBe('SIGNER_NOT_LICENSED');
  });

  it.each(NIGHTS)('in %s at %s are over for a certification that was due by %s', async (zone, at, day) => {
    // Treated 30 days before, at an hour that is of one day in all of these places.
    const certify = async (dueOn: string) => {
      const licence = streams({ clinic: zone, practice: zone }, day);
      const history = [drafted(), ...SCENES.Submitted.slice(1)];
      const treated = `${daysAfter(dueOn, -30)}T06:00:00.000Z`;
      return gist(
        await decidedOver(
          plansTreatedAt(treated),
          history,
          { command: COMMANDS.CertifyPlan, id: PLAN, by: PHYSICIAN, at },
          toolsOver(licence, { plan: [] }),
        ),
      );
    };
    expect(await certify(day)).toEqual(['PlanCertified']);
    expect(await certify(daysAfter(day, -1))).toBe('CERT_WINDOW_EXCEEDED');
  });
});
