/** The plan that a visit is held against: the one in force, or of a visit that is entered late the one that was. */
import { payerProfile } from '@fascia/clinical';
import { dayOf, daysAfter, type Zone } from '@fascia/clinical/calendar';
import type { CalendarDate } from '@fascia/kernel';
import {
  certificationWindow,
  currentPlanOf,
  planInForce,
  plansSigned,
  signedPlansOf,
  type PlanInForce,
} from '@fascia/plan';
import type { FactTools } from '@fascia/write-door';
import type { PlanFact } from '../domain/facts.js';
import type { Booking } from '../domain/session.js';
import { firstTreatmentOf } from '../read/lookups.js';

const planFact = (
  planId: string,
  { planVersion, content, payerProfile: payer, certifiedUntil }: PlanInForce,
  firstTreatment: CalendarDate | undefined,
): PlanFact => {
  const { certification } = payerProfile(payer);
  // A first plan begins by the first treatment day, so one that begins later follows another.
  const followsAnother = firstTreatment !== undefined && content.startDate > firstTreatment;
  const window =
    certification && certificationWindow(content, { firstTreatment, followsAnother }, certification);
  return {
    planId,
    planVersion,
    techniques: content.interventions.map(({ technique }) => technique),
    sites: content.interventions.flatMap(({ sites }) =>
      sites.map(({ region, side }) => (side === undefined ? { region } : { region, side })),
    ),
    precautionsConsidered: content.precautionsConsidered,
    periodEnd: daysAfter(content.startDate, content.durationDays),
    certification: window && { due: window.due, until: certifiedUntil },
  };
};

interface Found {
  readonly planId: string;
  readonly plan: PlanInForce;
}

/** The lookup names the plan; its own stream says what is in force. */
export const inForceNow = async (referralId: string, tools: FactTools): Promise<Found | undefined> => {
  const row = await tools.lookup(currentPlanOf(referralId));
  if (row === undefined) return undefined;
  const plan = await tools.view(planInForce, row.id);
  return plan && { planId: row.id, plan };
};

/** Signed before the visit was over, and not ended before it began; of several the last. */
const inForceThen = async (
  referralId: string,
  { start, end }: Pick<Booking, 'start' | 'end'>,
  tools: FactTools,
): Promise<Found | undefined> => {
  const rows = await tools.lookup(signedPlansOf(referralId));
  const plans = await Promise.all(
    rows.map(async ({ id }) => ({ planId: id, versions: await tools.view(plansSigned, id) })),
  );
  return plans
    .flatMap(({ planId, versions }) => versions.map((plan) => ({ planId, plan })))
    .filter(({ plan: { from, to } }) => from <= end && (to === undefined || to >= start))
    .toSorted((a, b) => (a.plan.from < b.plan.from ? -1 : 1))
    .at(-1);
};

/** @param visit one that is entered late; otherwise what is in force now */
export const planFactOf = async (
  {
    referralId,
    organizationId,
    zone,
  }: { readonly referralId: string; readonly organizationId: string; readonly zone: Zone },
  visit: Pick<Booking, 'start' | 'end'> | undefined,
  tools: FactTools,
): Promise<PlanFact | undefined> => {
  const found = await (visit === undefined
    ? inForceNow(referralId, tools)
    : inForceThen(referralId, visit, tools));
  if (found === undefined || found.plan.organizationId !== organizationId) return undefined;
  const treated = await tools.lookup(firstTreatmentOf(referralId));
  return planFact(found.planId, found.plan, treated === undefined ? undefined : dayOf(treated, zone));
};
