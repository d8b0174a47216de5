/** Plans of care as both sides see them: what is in force, what is asked for, until when it is certified. */
import type { PayerProfileName } from '@fascia/clinical';
import { idOf, type Envelope } from '@fascia/kernel';
import { readModel } from '@fascia/read-store';
import type { PlanCommandType } from '../../contract/commands.js';
import type { CompleteContent, PlanContent } from '../../contract/content.js';
import type { PlanEvent } from '../../contract/events.js';
import { PLAN_CURRENT, planLifecycle, type PlanStage } from '../../contract/lifecycle.js';

export interface PlanReview {
  readonly agree: boolean;
  readonly text: string | null;
  readonly at: string;
  /** The reviewer's practitioner id. */
  readonly by: string | null;
}

export interface PlanRow {
  readonly id: string;
  readonly patient_id: string;
  readonly referral_id: string;
  readonly organization_id: string;
  readonly referrer_organization_id: string;
  readonly stage: PlanStage;
  /** Neither completed nor discontinued; one per referral. */
  readonly current: boolean;
  readonly entered_stage_at: string;
  /** 0 before it is established. */
  readonly plan_version: number;
  /** As last edited. */
  readonly content: PlanContent;
  /** As last signed. */
  readonly in_force: CompleteContent | null;
  /** As signed before that: what whoever answers to the version in force knows already. */
  readonly signed_before: CompleteContent | null;
  readonly payer_profile: PayerProfileName;
  readonly needs_certification: boolean;
  /** The referrer's last answer to the version in force. */
  readonly review: PlanReview | null;
  readonly established_at: string | null;
  readonly established_by: string | null;
  readonly submitted_at: string | null;
  readonly certified_at: string | null;
  readonly certified_by: string | null;
  readonly certified_from: string | null;
  readonly certified_until: string | null;
  readonly certification_delayed: boolean;
  readonly visit_required_by: string | null;
  readonly ended_reason: string | null;
  readonly version: number;
}

/** What the table allows from here; who may do it is the policy's to say. */
export const legalMoves = ({
  stage,
  needs_certification: needed,
}: Pick<PlanRow, 'stage' | 'needs_certification'>): readonly PlanCommandType[] =>
  planLifecycle.moves(stage, (when) => when !== 'certification needed' || needed);

type Event = Envelope<PlanEvent>;

const UNCERTIFIED = {
  certified_at: null,
  certified_by: null,
  certified_from: null,
  certified_until: null,
  certification_delayed: false,
  visit_required_by: null,
} as const;

const drafted = (
  id: string,
  { data, occurredAt, version }: Extract<Event, { type: 'PlanDrafted' }>,
): PlanRow => ({
  id,
  patient_id: data.patientId,
  referral_id: data.referralId,
  organization_id: data.organizationId,
  referrer_organization_id: data.referrerOrganizationId,
  stage: 'Draft',
  current: true,
  entered_stage_at: occurredAt,
  plan_version: 0,
  content: data.content,
  in_force: null,
  signed_before: null,
  payer_profile: data.payerProfile,
  needs_certification: false,
  review: null,
  established_at: null,
  established_by: null,
  submitted_at: null,
  ...UNCERTIFIED,
  ended_reason: null,
  version,
});

/** What an event changes beside the stage. */
const changed = (row: PlanRow, event: Event): PlanRow => {
  const { occurredAt } = event;
  switch (event.type) {
    case 'PlanEdited':
      return { ...row, content: event.data.content };
    case 'PlanEstablished': {
      const { planVersion, content, payerProfile, needsCertification, signature } = event.data;
      return {
        ...row,
        ...UNCERTIFIED,
        plan_version: planVersion,
        content,
        in_force: content,
        signed_before: row.in_force,
        payer_profile: payerProfile,
        needs_certification: needsCertification,
        established_at: signature.at,
        established_by: signature.practitionerId,
        submitted_at: null,
        review: null,
      };
    }
    case 'PlanSubmitted':
      return { ...row, submitted_at: occurredAt };
    case 'PlanReviewed':
      return {
        ...row,
        review: {
          agree: event.data.agree,
          text: event.data.text ?? null,
          at: occurredAt,
          by: event.actor.practitionerId ?? null,
        },
      };
    case 'PlanCertified': {
      const { certifiedBy, from, until, delayed = false, visitRequiredBy } = event.data;
      return {
        ...row,
        certified_at: occurredAt,
        certified_by: certifiedBy,
        certified_from: from,
        certified_until: until,
        certification_delayed: delayed,
        visit_required_by: visitRequiredBy ?? null,
      };
    }
    case 'PlanDiscontinued':
      return { ...row, ended_reason: event.data.reason };
    default:
      return row;
  }
};

const fold = (before: PlanRow | undefined, event: Event, id: string): PlanRow | undefined => {
  if (event.type === 'PlanDrafted') return drafted(id, event);
  if (before === undefined) return before;
  const stage = planLifecycle.after(before.stage, event.type);
  return {
    ...changed(before, event),
    stage,
    current: PLAN_CURRENT.includes(stage),
    entered_stage_at: stage === before.stage ? before.entered_stage_at : event.occurredAt,
    version: event.version,
  };
};

export const planModel = readModel<PlanRow, PlanEvent>({
  name: 'plan',
  version: 2,
  columns: {
    id: 'text',
    patient_id: 'text',
    referral_id: 'text',
    organization_id: 'text',
    referrer_organization_id: 'text',
    stage: 'text',
    current: 'boolean',
    entered_stage_at: 'text',
    plan_version: 'integer',
    content: 'jsonb',
    in_force: 'jsonb',
    signed_before: 'jsonb',
    payer_profile: 'text',
    needs_certification: 'boolean',
    review: 'jsonb',
    established_at: 'text',
    established_by: 'text',
    submitted_at: 'text',
    certified_at: 'text',
    certified_by: 'text',
    certified_from: 'text',
    certified_until: 'text',
    certification_delayed: 'boolean',
    visit_required_by: 'text',
    ended_reason: 'text',
    version: 'integer',
  },
  indexes: [
    '(referral_id)',
    '(patient_id)',
    '(organization_id, entered_stage_at desc, id)',
    '(referrer_organization_id, entered_stage_at desc, id)',
  ],
  takes: planLifecycle.events,
  rowsOf: (event) => [idOf(event.stream)],
  fold,
});
