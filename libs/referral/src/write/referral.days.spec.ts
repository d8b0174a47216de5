/** Days of a referral: of its signer, its validity, its listings, consents and holds (docs/domain/days.md). */
import { daysAfter, endOfDay } from '@fascia/clinical/calendar';
import { diagnosisAggregate, type DiagnosisEvent } from '@fascia/diagnosis';
import type { ListingEvent, OrganizationEvent, PatientEvent, PractitionerEvent } from '@fascia/directory';
import type { Actor } from '@fascia/kernel';
import { decidedOver, gist, NIGHTS, past, toolsOver } from '@fascia/testkit';
import type { ReferralCommand } from '../contract/commands.js';
import { NO_CARE } from '../domain/facts.js';
import {
  CLINIC,
  COMMANDS,
  CONTENT,
  DIAGNOSIS,
  LISTING,
  OTHER_CLINIC,
  OTHER_LISTING,
  PATIENT,
  PHYSICIAN,
  POOL_CONTENT,
  PRACTICE,
  SCENES,
  SCREENING_ITEMS,
  sentWith,
  SYSTEM,
  THERAPIST,
} from '../domain/referral.scenes.spec-data.js';
import type { History } from '../domain/referral.situations.spec-data.js';
import { referralAggregate } from './referral.aggregate.js';

const PERFORMER = '00000000-0000-4000-8000-000000000099';

const referrals = referralAggregate({
  diagnoses: diagnosisAggregate({
    catalogue: () => {
      throw new Error('not asked');
    },
  }),
  sideOf: (code) => (code === 'M75.21' ? 'right' : 'none'),
  careOf: () => ({ run: () => Promise.resolve(NO_CARE) }),
  screeningItems: SCREENING_ITEMS,
});

const inZone = (timeZone: string) =>
  past<OrganizationEvent>({
    type: 'OrganizationRegistered',
    data: { name: 'Quay', kind: 'clinic', identifiers: [], telecom: [], address: [], timeZone },
  });
const offered = (organizationId: string) =>
  past<ListingEvent>({
    type: 'ListingPublished',
    data: {
      organizationId,
      title: 'STM',
      services: ['STM'],
      regions: ['shoulder'],
      ageMin: 18,
      payers: ['SELF-PAY'],
      practitionerIds: [PERFORMER],
      capacity: 'open',
    },
  });
const licensedOn = (day: string) =>
  [
    {
      type: 'PractitionerEnrolled' as const,
      data: {
        name: { family: 'Okafor', given: [], prefix: [] },
        npi: '1234567893',
        taxonomies: ['225700000X'],
        roles: [],
        address: [],
      },
    },
    {
      type: 'LicenceRecorded' as const,
      data: { state: 'CA', number: 'A 1', kind: 'MD', from: day, to: day },
    },
  ].map((event) => past<PractitionerEvent>(event));
const bornOn = (birthDate: string) =>
  past<PatientEvent>({
    type: 'PatientRegistered',
    data: {
      name: { family: 'Okafor', given: ['Ada'], prefix: [] },
      birthDate,
      sexAtBirth: 'female',
      telecom: [],
      address: [],
      interpreter: false,
      identifiers: [],
      homeOrganizationId: PRACTICE,
    },
  });
const diagnosed = past<DiagnosisEvent>({
  type: 'DiagnosisRecorded',
  data: {
    patientId: PATIENT,
    verification: 'confirmed',
    source: 'clinician',
    tissues: ['tendon'],
    dysfunction: 'tendinopathy',
    icd10: { code: 'M75.21', text: 'Bicipital tendinitis', release: '2026' },
  },
});

interface World {
  readonly practice?: string;
  readonly clinic?: string;
  readonly otherClinic?: string;
  readonly signer: string;
  readonly performer: string;
  readonly birthDate?: string;
}

/** The days on which consents were asked for. */
const asked: unknown[] = [];

const toolsOf = ({ practice = 'UTC', clinic = 'UTC', otherClinic = 'UTC', ...world }: World) =>
  toolsOver(
    {
      [`organization-${PRACTICE}`]: [inZone(practice)],
      [`organization-${CLINIC}`]: [inZone(clinic)],
      [`organization-${OTHER_CLINIC}`]: [inZone(otherClinic)],
      [`listing-${LISTING}`]: [offered(CLINIC)],
      [`listing-${OTHER_LISTING}`]: [offered(OTHER_CLINIC)],
      [`practitioner-${PHYSICIAN.practitionerId ?? ''}`]: licensedOn(world.signer),
      [`practitioner-${PERFORMER}`]: licensedOn(world.performer),
      [`patient-${PATIENT}`]: [bornOn(world.birthDate ?? '1980')],
      [`diagnosis-${DIAGNOSIS}`]: [diagnosed],
    },
    {
      consent: (values) => {
        asked.push(values);
        return [];
      },
    },
  );

const decided = (
  command: ReferralCommand,
  history: History,
  at: string,
  world: World,
  by: Actor = PHYSICIAN,
) => decidedOver(referrals, history, { command, by, at }, toolsOf(world));
const answer = async (...story: Parameters<typeof decided>) => gist(await decided(...story));

const draftOf = (content: typeof CONTENT): History => [
  past({ type: 'ReferralDrafted', data: { patientId: PATIENT, referrerOrganizationId: PRACTICE, content } }),
];
const validUntilOf = async (...story: Parameters<typeof decided>) => {
  const decision = await decided(...story);
  const [event] = decision.ok ? decision.events : [];
  return event?.type === 'ReferralSent' ? event.data.validUntil : gist(decision);
};

describe('the day on which a referral is sent', () => {
  it.each(NIGHTS)('from %s at %s is %s: for the licence and for consents', async (practice, at, day) => {
    const world = { practice, performer: at.slice(0, 10) };
    expect(await answer(COMMANDS.SendReferral, SCENES.Draft, at, { ...world, signer: day })).toEqual([
      'ReferralSent',
    ]);
    expect(asked.at(-1)).toContain(day);
    for (const signer of [daysAfter(day, -1), daysAfter(day, 1)])
      expect(await answer(COMMANDS.SendReferral, SCENES.Draft, at, { ...world, signer })).toBe(
        'SIGNER_NOT_LICENSED',
      );
  });

  it.each(NIGHTS)('to %s at %s is %s: for licences and ages there', async (clinic, at, day) => {
    const world = { clinic, signer: at.slice(0, 10), performer: day };
    const ofAge = `${String(Number(day.slice(0, 4)) - 18)}${day.slice(4)}`;
    const send = (more: Partial<World>) =>
      answer(COMMANDS.SendReferral, SCENES.Draft, at, { ...world, birthDate: ofAge, ...more });
    expect(await send({})).toEqual(['ReferralSent']);
    expect(await send({ performer: daysAfter(day, -1) })).toBe('REFERRAL_RECIPIENT_UNFIT');
    expect(await send({ birthDate: daysAfter(ofAge, 1) })).toBe('REFERRAL_RECIPIENT_UNFIT');
  });
});

describe('the last day of an order', () => {
  it.each(NIGHTS)('ends where it goes: %s at %s is still %s', async (clinic, at, day) => {
    const world = { clinic, signer: at.slice(0, 10), performer: day };
    const until = (validUntil: string) =>
      validUntilOf(COMMANDS.SendReferral, draftOf({ ...CONTENT, validUntil }), at, world);
    expect(await until(day)).toBe(endOfDay(day, clinic));
    expect(await until(daysAfter(day, -1))).toBe('REFERRAL_VALIDITY_OVER');
  });

  it.each(NIGHTS)('is by default so many days after today there: %s at %s, %s', async (clinic, at, day) => {
    const world = { clinic, signer: at.slice(0, 10), performer: day };
    expect(await validUntilOf(COMMANDS.SendReferral, SCENES.Draft, at, world)).toBe(
      endOfDay(daysAfter(day, 90), clinic),
    );
  });

  it('ends for a pool where it ends last', async () => {
    const world = {
      clinic: 'Pacific/Auckland',
      otherClinic: 'America/New_York',
      signer: '2026-04-01',
      performer: '2026-04-01',
    };
    const history = draftOf({ ...POOL_CONTENT, validUntil: '2026-04-20' });
    expect(await validUntilOf(COMMANDS.SendReferral, history, '2026-04-01T10:00:00.000Z', world)).toBe(
      '2026-04-21T03:59:59.999Z',
    );
  });

  // What an earlier release sent ends at midnight UTC in its event; so does one that went to another place first.
  it.each(NIGHTS)('ends where it is now: a visit in %s at %s on %s', async (clinic, at, day) => {
    const world = { clinic, signer: day, performer: day };
    const book = (validUntil: string) => {
      const history: History = [...sentWith({ validUntil }), ...SCENES.Accepted.slice(-2)];
      return answer({ ...COMMANDS.BookVisit, start: at }, history, '2026-02-01T09:00:00.000Z', world, SYSTEM);
    };
    expect(await book(day)).toEqual(['ReferralVisitBooked']);
    expect(await book(daysAfter(day, -1))).toBe('REFERRAL_VALIDITY_OVER');
  });

  it.each(NIGHTS)('is not over in %s at %s, on %s', async (clinic, at, day) => {
    const world = { clinic, signer: day, performer: day };
    const expire = (validUntil: string) =>
      answer(
        COMMANDS.ExpireReferral,
        [...sentWith({ validUntil }), ...SCENES.InTriage.slice(-1)],
        at,
        world,
        SYSTEM,
      );
    expect(await expire(day)).toBe('REFERRAL_STILL_VALID');
    expect(await expire(daysAfter(day, -1))).toEqual(['ReferralExpired']);
  });
});

describe('the day of review of a hold', () => {
  const hold = (reviewBy: string): ReferralCommand => ({ type: 'HoldReferral', reason: 'Away.', reviewBy });

  it.each(NIGHTS)('counts where it is held: %s at %s is %s', async (clinic, at, day) => {
    const world = { clinic, signer: day, performer: day };
    expect(await answer(hold(day), SCENES.Accepted, at, world, THERAPIST)).toEqual(['ReferralPutOnHold']);
    expect(await answer(hold(daysAfter(day, 30)), SCENES.Accepted, at, world, THERAPIST)).toEqual([
      'ReferralPutOnHold',
    ]);
    for (const reviewBy of [daysAfter(day, -1), daysAfter(day, 31)])
      expect(await answer(hold(reviewBy), SCENES.Accepted, at, world, THERAPIST)).toBe('HOLD_REVIEW_DATE');
  });

  it.each(NIGHTS)('of safety is a week after today at the clinic: %s at %s, %s', async (clinic, at, day) => {
    const command: ReferralCommand = { type: 'HoldReferral', reason: 'A red flag.', flagId: DIAGNOSIS };
    const world = { clinic, signer: day, performer: day };
    const decision = await decided(command, SCENES.Accepted, at, world, SYSTEM);
    const [event] = decision.ok ? decision.events : [];
    expect(event?.data).toMatchObject({ holder: 'safety', reviewBy: daysAfter(day, 7) });
  });
});

describe('business days to take a decline back', () => {
  it.each([
    // Declined on a Friday evening in New York, which is Saturday in UTC: five working days end the Friday after.
    ['America/New_York', '2026-07-11T01:00:00.000Z', '2026-07-18T01:00:00.000Z'],
    // On a Saturday morning in Auckland, which is Friday in UTC.
    ['Pacific/Auckland', '2026-07-10T21:00:00.000Z', '2026-07-16T21:00:00.000Z'],
  ])('are those of %s: from %s to %s', async (clinic, declined, until) => {
    const history = SCENES.Declined.map((fact) =>
      fact.type === 'ReferralDeclined' ? { ...fact, at: declined } : fact,
    );
    const world = { clinic, signer: '2026-07-10', performer: '2026-07-10' };
    const reverse = (at: string) => answer(COMMANDS.ReverseDecline, history, at, world, THERAPIST);
    expect(await reverse(until)).toEqual(['ReferralDeclineReversed']);
    expect(await reverse(until.replace('.000Z', '.001Z'))).toBe('DECLINE_TOO_OLD');
  });
});
