/** Days of a session: of the visit, of the licence that covers it, and of what is due by then (docs/domain/days.md). */
import { loadServiceCodes } from '@fascia/clinical/billing-files';
import { daysAfter, instantAfterMs } from '@fascia/clinical/calendar';
import type { OrganizationEvent } from '@fascia/directory';
import type { Fact } from '@fascia/kernel';
import type { PlanEvent } from '@fascia/plan';
import type { ReferralEvent } from '@fascia/referral';
import { decidedOver, gist, NIGHTS, past, toolsOver } from '@fascia/testkit';
import {
  CLINIC,
  COMMANDS,
  PLAN,
  REFERRAL,
  SESSION,
  THERAPIST,
  THERAPIST_ID,
  underWay,
} from '../domain/session.scenes.spec-data.js';
import { acceptedReferral, certifiedPlan, licensed } from './session.aggregate.spec-data.js';
import { sessionAggregate } from './session.aggregate.js';

const sessions = sessionAggregate({ serviceCodes: loadServiceCodes });

const EARLIER = '2026-01-01T09:00:00.000Z';

const inZone = (timeZone: string) =>
  past<OrganizationEvent>({
    type: 'OrganizationRegistered',
    data: { name: 'Quay', kind: 'clinic', identifiers: [], telecom: [], address: [], timeZone },
  });

/** Sent in good time; valid until a day. */
const orderedUntil = (validUntil: string): readonly Fact<ReferralEvent>[] =>
  acceptedReferral().map((fact) =>
    fact.type === 'ReferralSent'
      ? { ...fact, at: EARLIER, data: { ...fact.data, content: { ...fact.data.content, validUntil } } }
      : { ...fact, at: EARLIER },
  );

const planned = (from: string, until: string): readonly Fact<PlanEvent>[] =>
  certifiedPlan().map((fact) => {
    if (fact.type === 'PlanCertified') return { ...fact, data: { ...fact.data, until } };
    return fact.type === 'PlanEstablished'
      ? { ...fact, data: { ...fact.data, content: { ...fact.data.content, startDate: from } } }
      : fact;
  });

const world = (
  zone: string,
  { licence = '2026-12-31', validOn = '2026-12-31', certified = '2026-12-31', from = '2026-03-30' } = {},
) =>
  toolsOver(
    {
      [`organization-${CLINIC}`]: [inZone(zone)],
      [`referral-${REFERRAL}`]: orderedUntil(validOn),
      [`practitioner-${THERAPIST_ID}`]: licensed(licence),
      [`plan-${PLAN}`]: planned(from, certified),
    },
    { plan: [{ id: PLAN }], flag: [], session: [{ first: null }], precaution: [], diagnosis: [] },
  );

describe('the day of a visit', () => {
  const book = async (
    at: string,
    tools: ReturnType<typeof world>,
    said: { readonly beyondOrder?: string } = { beyondOrder: 'Another season.' },
  ) =>
    gist(
      await decidedOver(
        sessions,
        [],
        {
          command: { ...COMMANDS.ScheduleSession, ...said, start: at, end: instantAfterMs(at, 1_800_000) },
          id: SESSION,
          by: THERAPIST,
          at: instantAfterMs(at, -86_400_000),
        },
        tools,
      ),
    );

  it.each(NIGHTS)('booked in %s for %s is %s: the licence covers it', async (zone, at, day) => {
    expect(await book(at, world(zone, { licence: day }))).toEqual(['SessionScheduled']);
    expect(await book(at, world(zone, { licence: daysAfter(day, -1) }))).toBe('SESSION_LICENCE_INVALID');
  });

  it.each(NIGHTS)('booked in %s for %s is %s: the order is valid', async (zone, at, day) => {
    expect(await book(at, world(zone, { validOn: day }))).toEqual(['SessionScheduled']);
    expect(await book(at, world(zone, { validOn: daysAfter(day, -1) }))).toBe('REFERRAL_VALIDITY_OVER');
  });

  it.each(NIGHTS)('booked in %s for %s is %s: the plan has begun', async (zone, at, day) => {
    expect(await book(at, world(zone, { from: day }), {})).toEqual(['SessionScheduled']);
    expect(await book(at, world(zone, { from: daysAfter(day, 1) }), {})).toBe('SESSION_BEYOND_ORDER');
  });

  it.each(NIGHTS)('documented in %s, begun at %s, is %s: certified until then', async (zone, at, day) => {
    const flagsWith = async (certified: string) => {
      const decision = await decidedOver(
        sessions,
        underWay(),
        {
          command: {
            ...COMMANDS.CompleteSession,
            start: at,
            end: instantAfterMs(at, 2_700_000),
          },
          id: SESSION,
          by: THERAPIST,
          at: instantAfterMs(at, 3_600_000),
        },
        world(zone, { certified }),
      );
      const [event] = decision.ok ? decision.events : [];
      return event?.type === 'SessionPerformed' ? event.data.complianceFlags : gist(decision);
    };
    expect(await flagsWith(day)).not.toContain('CERTIFICATION_LAPSED');
    expect(await flagsWith(daysAfter(day, -1))).toContain('CERTIFICATION_LAPSED');
  });

  it.each(NIGHTS)('signed in %s at %s is %s: the licence covers it', async (zone, at, day) => {
    const signedWith = async (licence: string) =>
      gist(
        await decidedOver(
          sessions,
          [
            ...underWay(),
            past({
              type: 'SessionPerformed' as const,
              data: {
                start: EARLIER,
                end: EARLIER,
                totalTimedMinutes: 0,
                totalTreatmentMinutes: 0,
                nprsPost: 3,
                complianceFlags: [],
                narrative: { subjective: '', objective: '', assessment: '', plan: '' },
              },
            }),
          ],
          { command: COMMANDS.SignSession, id: SESSION, by: THERAPIST, at },
          world(zone, { licence }),
        ),
      );
    expect(await signedWith(day)).toEqual(['SessionSigned']);
    expect(await signedWith(daysAfter(day, -1))).toBe('SESSION_LICENCE_INVALID');
  });
});
