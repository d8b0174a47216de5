/**
 * Certification by a physician or non-physician practitioner (42 CFR 424.24, 410.61;
 * docs/domain/plan.md#certification): who may, until when, for how long. Only where the payer asks for it.
 */
import { hasTaxonomy, payerProfile, type PayerProfile } from '@fascia/clinical';
import { daysAfter } from '@fascia/clinical/calendar';
import { happened, type CalendarDate } from '@fascia/kernel';
import type { PlanCommandOf } from '../contract/commands.js';
import { refuse } from '../contract/refusals.js';
import type { Answer, Context } from './deciding.js';
import type { PlanFacts } from './facts.js';
import type { PlanUnderWay } from './plan.js';

export interface CertificationWindow {
  /** The first treatment day, evaluations included; before there is one, the plan's own first day. */
  readonly from: CalendarDate;
  /** The last day on which certification is on time. */
  readonly due: CalendarDate;
  /** The longest that it may last, and what is proposed. */
  readonly latestUntil: CalendarDate;
}

export const certificationWindow = (
  { startDate, durationDays }: { readonly startDate: CalendarDate; readonly durationDays: number },
  { firstTreatment, followsAnother }: Pick<PlanFacts, 'firstTreatment' | 'followsAnother'>,
  { initialDueDays, periodMaxDays }: NonNullable<PayerProfile['certification']>,
): CertificationWindow => {
  const from = followsAnother ? startDate : (firstTreatment ?? startDate);
  return {
    from,
    due: daysAfter(from, initialDueDays),
    latestUntil: daysAfter(from, Math.min(durationDays, periodMaxDays)),
  };
};

export const certify = (
  command: PlanCommandOf<'CertifyPlan'>,
  state: PlanUnderWay,
  { facts }: Context,
): Answer => {
  const { signer, today } = facts;
  const profile = payerProfile(state.payerProfile);
  if (profile.certification === undefined) {
    return refuse(
      'CERT_NOT_REQUIRED',
      'This payer asks for no certification: agree with the plan, or ask for changes (ReviewPlan).',
    );
  }
  if (signer === undefined || !hasTaxonomy(signer.taxonomies, profile.certification.certifiers)) {
    return refuse(
      'CERT_NOT_AUTHORISED_SIGNER',
      'A plan is certified by a physician, nurse practitioner, clinical nurse specialist or physician assistant.',
    );
  }
  if (!signer.maySign)
    return refuse(
      'SIGNER_NOT_LICENSED',
      'The signature needs a licence that is valid today and not suspended.',
    );
  const { from, due, latestUntil } = certificationWindow(state.inForce.content, facts, profile.certification);
  if (today > due && (command.delayed !== true || command.reason === undefined)) {
    return refuse(
      'CERT_WINDOW_EXCEEDED',
      `Certification was due on ${due}: certify it as delayed, with the reason (delayed, reason).`,
      {
        pointer: '/reason',
        about: { due },
      },
    );
  }
  const { until = latestUntil } = command;
  if (until > latestUntil) {
    return refuse('CERT_PERIOD_TOO_LONG', `This plan can be certified until ${latestUntil} at most.`, {
      pointer: '/until',
      about: { latestUntil },
    });
  }
  if (until < from)
    return refuse(
      'CERT_PERIOD_REVERSED',
      `The certification begins on ${from}: it ends on that day or later.`,
      { pointer: '/until', about: { from } },
    );
  return happened({
    type: 'PlanCertified',
    data: {
      mode: 'SIGNATURE',
      planVersion: state.inForce.planVersion,
      certifiedBy: signer.practitionerId,
      from,
      until,
      profileVersion: profile.version,
      ...(command.visitRequiredBy === undefined ? {} : { visitRequiredBy: command.visitRequiredBy }),
      // Only what is late is stored as late, whatever was ticked.
      ...(today > due ? { delayed: true } : {}),
      ...(command.reason === undefined ? {} : { reason: command.reason }),
    },
  });
};
